import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { redrive, type RedriveOptions } from '#cli/accounts/redrive.ts';
import { noFaults, type FunctionFault } from '#local/faults/fault-plan.ts';
import { operatorAccess, settingsFile } from '#tests/operator.ts';
import { alice, anAccount, aReleasedAccount, automation, tell, type Story } from '#tests/worlds.ts';

/** An operator who redrives dead letters, and waits until nothing moves any more. */
async function redriveIn(story: Story, given: Partial<RedriveOptions> = {}) {
  const settings = await settingsFile();
  const options = { settings, function: undefined, dryRun: false, json: true, ...given };
  const { exitStatus, stdout, stderr } = await redrive(options, operatorAccess(story));
  await story.settle();
  return { exitStatus, stderr, functions: stdout && JSON.parse(stdout).functions };
}

const dying = (name: string): FunctionFault => ({
  fault: 'killed',
  when: 'before',
  share: 1,
  function: name,
  until: 3600,
});

const tellOf = (accounts: Parameters<typeof tell>[0], ...names: readonly string[]) =>
  tell(accounts, { faults: { ...noFaults, functions: names.map(dying) } });

describe('when messages of a window have become dead letters', () => {
  it('purges the accounts after all, once an operator has sent them back', async () => {
    const story = await tellOf([aReleasedAccount()], 'OnStateChangeFromQueue');
    await story.invoke('OnMaintenanceWindow');
    await story.pass(90);
    expect(story.labels(alice)).toEqual([]);

    expect(await redriveIn(story)).toMatchObject({
      exitStatus: 0,
      functions: { OnStateChangeFromQueue: { waiting: 1, sentBack: 1, left: 0 } },
    });

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice).filter((label) => label === 'PurgeReport')).toHaveLength(1);
    expect(await redriveIn(story)).toMatchObject({ exitStatus: 0, functions: {} });
  });

  it('only tells how many wait, when asked for that', async () => {
    const story = await tellOf([aReleasedAccount()], 'OnStateChangeFromQueue');
    await story.invoke('OnMaintenanceWindow');
    await story.pass(90);

    expect(await redriveIn(story, { dryRun: true })).toMatchObject({
      exitStatus: 1,
      functions: { OnStateChangeFromQueue: { waiting: 1, sentBack: 0, left: 1 } },
    });
    expect(await redriveIn(story, { json: false })).toMatchObject({
      exitStatus: 0,
      stderr: 'OnStateChangeFromQueue  1 sent back  0 left\n',
    });
    expect(await redriveIn(story, { json: false })).toMatchObject({ stderr: 'There are no dead letters.\n' });
  });
});

describe('when events for a function have become dead letters', () => {
  it('invokes the function with them again', async () => {
    const story = await tellOf([anAccount()], 'OnVanillaAccountTag', 'OnAccountsSweep', 'OnRevisitFromQueue');
    await story.tag(alice, 'vanilla');
    await story.pass(65);

    const { functions } = await redriveIn(story, { function: 'OnVanillaAccountTag' });

    expect(functions).toEqual({ OnVanillaAccountTag: { waiting: 1, sentBack: 1, left: 0 } });
    expect(story.log).toContainEqual(
      expect.objectContaining({ function: 'OnVanillaAccountTag', account: alice }),
    );
  });
});

describe('when a queue of dead letters holds what nobody can tell the way of', () => {
  it('leaves it, and says so', async () => {
    const story = await tell([]);
    const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/${automation}/SpaTestOnExpiredAccountDeadLetters`;
    await story.clients().sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));

    expect(await redriveIn(story)).toMatchObject({
      exitStatus: 1,
      functions: { OnExpiredAccount: { waiting: 1, sentBack: 0, left: 1 } },
    });
  });
});

describe('when an operator names a function that there is not', () => {
  it('is told which there are', async () => {
    const { exitStatus, stderr } = await redriveIn(await tell([]), { function: 'OnExpired' });

    expect(exitStatus).toBe(2);
    expect(stderr).toMatch(/^no function is called OnExpired: there are .*OnExpiredAccount/);
  });
});
