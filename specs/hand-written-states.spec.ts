import { describe, expect, it } from 'vitest';
import { TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-organizations';
import { accountId, accountStates } from '#domain/account.ts';
import {
  alice,
  anAccount,
  aReleasedAccount,
  management,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

const pairs = accountStates.flatMap((first) => accountStates.map((second) => ({ first, second })));
const numbered = pairs.map((pair, index) => ({ ...pair, id: accountId(String(210_000_000_000 + index)) }));

async function removeState(story: Story, account: string): Promise<void> {
  const { organizations } = story.clients(management, 'us-east-1');
  await organizations.send(new UntagResourceCommand({ ResourceId: account, TagKeys: ['account-state'] }));
}

const exceptionsIn = (story: Story) => story.told.filter(({ label }) => label.endsWith('Exception'));

describe('when an operator writes one state after another', () => {
  it('gives every account back to its holder within the quarter of an hour, whatever was written', async () => {
    const story = await tell(numbered.map(({ id }) => aReleasedAccount({ id, email: `${id}@example.com` })));

    for (const { id, first } of numbered) await story.tag(id, first);
    await story.pass(1);
    for (const { id, second } of numbered) await story.tag(id, second);
    await story.pass(15);

    expect(numbered.filter(({ id }) => story.account(id).state !== 'released')).toEqual([]);
    expect(exceptionsIn(story)).toEqual([]);
  });

  it('does so too, where the second is written at once', async () => {
    const story = await tell(numbered.map(({ id }) => aReleasedAccount({ id, email: `${id}@example.com` })));

    for (const { id, first, second } of numbered) {
      await story.tag(id, first);
      await story.tag(id, second);
    }
    await story.pass(15);

    expect(numbered.filter(({ id }) => story.account(id).state !== 'released')).toEqual([]);
    expect(exceptionsIn(story)).toEqual([]);
  });
});

describe('when an operator assigns an account that has just been prepared', () => {
  it('does not wait for a build that has ended', async () => {
    const story = await tell([anAccount()]);
    await story.tag(alice, 'vanilla');
    while (story.account(alice).state !== 'released') await story.pass(0.02);

    await story.tag(alice, 'assigned');
    await story.pass(3);

    expect(story.account(alice).state).toBe('released');
  });
});

describe('when an operator removes the state while a build runs', () => {
  it.each(['assigned', 'expired'])('takes the account up again once it is %s anew', async (state) => {
    const story = await tell([aReleasedAccount()]);
    await story.tag(alice, state);
    await story.pass(0.5);
    await removeState(story, alice);
    await story.pass(3);
    expect(story.account(alice).state).toBeUndefined();

    await story.tag(alice, state);
    await story.pass(5);

    expect(story.account(alice).state).toBe('released');
  });

  it('on-boards the account, when nobody writes another', async () => {
    const story = await tell([aReleasedAccount()]);
    await story.tag(alice, 'expired');
    await story.pass(0.5);
    await removeState(story, alice);

    await story.pass(90);

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice)).toContain('CreatedAccount');
  });
});

describe('when an account is created with the state vanilla', () => {
  it('is on-boarded at once, although nobody has written the tag', async () => {
    const settings = settingsOf({ accounts: [{ identifier: '700000000001' }] });
    const story = await tell([], { settings });
    const { organizations } = story.clients(management, 'us-east-1');
    const { CreateAccountCommand } = await import('@aws-sdk/client-organizations');

    await organizations.send(
      new CreateAccountCommand({
        AccountName: 'zoe',
        Email: 'zoe@example.com',
        Tags: [{ Key: 'account-state', Value: 'vanilla' }],
      }),
    );
    await story.pass(2);

    expect(story.account('700000000001').state).toBe('released');
  });
});

describe('when the event of a release is lost', () => {
  it('is announced by the sweep, and the record of the way is forgotten', async () => {
    const story = await tell([anAccount()]);
    const { events } = story.clients();
    const { DisableRuleCommand } = await import('@aws-sdk/client-eventbridge');
    await events.send(new DisableRuleCommand({ Name: 'SpaTestOnReleasedAccount' }));

    await story.tag(alice, 'vanilla');
    await story.pass(3);
    expect(story.labels(alice)).not.toContain('ReleasedAccount');
    await story.pass(120);

    expect(story.labels(alice).filter((label) => label === 'ReleasedAccount')).toHaveLength(1);
  });
});

describe('when the holder of an account is written as nothing', () => {
  it('is told of the budget at the address of the account', async () => {
    const story = await tell([anAccount({ tags: { 'account-holder': '' } })]);
    const { organizations } = story.clients(management, 'us-east-1');

    await organizations.send(
      new TagResourceCommand({ ResourceId: alice, Tags: [{ Key: 'account-state', Value: 'vanilla' }] }),
    );
    await story.pass(3);

    expect(story.account(alice).holder).toBe('alice@example.com');
    const report = story.told.find(({ label }) => label === 'PreparationReport');
    expect(JSON.stringify(report)).toContain('alice@example.com');
  });
});
