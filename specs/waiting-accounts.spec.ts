import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { listAccounts } from '#cli/accounts/list-accounts.ts';
import { consult } from '#tests/doctor/consult.ts';
import { operatorAccess, settingsFile } from '#tests/operator.ts';
import { alice, anAccount, aReleasedAccount, bob, tell, type Story } from '#tests/worlds.ts';

/** An operator asks which accounts are not released. */
async function listIn(story: Story, json = false) {
  const asked = listAccounts({ settings: await settingsFile(), json }, operatorAccess(story));
  let isTold = false;
  void asked.finally(() => (isTold = true));
  do await story.cloud.clock.runUntilIdle();
  while (!isTold);
  return asked;
}

const bobIsReleased = aReleasedAccount({ id: bob, name: 'Bob', email: 'bob@example.com' });

describe('when the preparation of an account has failed three times', () => {
  it('is in the list with its reason and its next step, until a person has taken that step', async () => {
    let isBroken = true;
    const story = await tell([anAccount(), bobIsReleased], {
      builds: async () => (isBroken ? 'FAILED' : undefined),
    });
    await story.tag(alice, 'vanilla');
    await story.pass(60);

    expect(await listIn(story)).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: [
        `✗ ${alice}  assigned  its preparation has failed 3 times: its build ended as FAILED → mend the cause, then tag it account-state=assigned to begin again, or account-state=released to give it back as it is`,
        '1 of 2 managed accounts are released.\n',
      ].join('\n'),
    });

    expect((await consult(story))['waiting-accounts']).toEqual({
      status: 'finding',
      found: `1 account waiting for a person: ${alice}`,
      remedy: 'run npx spa accounts list, which tells why, and what to do',
    });

    isBroken = false;
    await story.tag(alice, 'assigned');
    await story.settle();

    expect(story.account(alice).state).toBe('released');
    expect(await listIn(story)).toEqual({
      exitStatus: 0,
      stdout: '',
      stderr: '2 of 2 managed accounts are released.\n',
    });
    expect((await consult(story))['waiting-accounts']?.status).toBe('ok');
  });
});

describe('when an account is on its way', () => {
  it('is in the list too, and needs nobody', async () => {
    const story = await tell([anAccount(), bobIsReleased]);
    await story.tag(alice, 'vanilla');
    await story.pass(0.5);

    const { exitStatus, stdout } = await listIn(story, true);

    expect(exitStatus).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      accounts: 2,
      waiting: [
        {
          account: alice,
          state: 'assigned',
          turn: 'system',
          reason: expect.stringMatching(/^its preparation is at work: arn:aws:codebuild:/),
          next: expect.stringMatching(/^the build is looked at soon after /),
        },
      ],
    });
  });
});

describe('when accounts cannot be listed', () => {
  it('says why, and what would help', async () => {
    const story = await tell([]);
    const FunctionName = 'SpaTestCheckAccounts';
    story.cloud.lambda.behave(
      { account: '123456789012', region: 'eu-west-1', name: FunctionName },
      async () => ({ accounts: 3 }),
    );

    expect(await listIn(story)).toMatchObject({
      exitStatus: 1,
      stderr: `Accounts are not listed: function ${FunctionName} cannot tell how accounts are: it is older than this command: run npx spa deploy\n`,
    });

    await story.clients().lambda.send(new DeleteFunctionCommand({ FunctionName }));

    expect((await listIn(story)).stderr).toMatch(/^Accounts are not listed: ResourceNotFoundException: /);
  });
});
