import { describe, expect, it } from 'vitest';
import { alice, anAccount, aReleasedAccount, bob, tell } from '#tests/worlds.ts';

describe('when an operator invokes a function by hand', () => {
  it('answers [OK] to a check of health', async () => {
    const story = await tell([]);

    expect(await story.invoke('CheckHealth')).toBe('[OK]');
  });

  it('tells what is wrong with the tags of accounts, and changes nothing', async () => {
    const story = await tell([
      aReleasedAccount(),
      anAccount({
        id: bob,
        tags: { 'account-state': 'lost', 'account-holder': 'nobody', 'cost-center': 'Beta' },
      }),
    ]);

    const answer = await story.invoke('CheckAccounts');

    expect(answer).toMatchObject({
      accounts: 2,
      findings: [
        {
          account: bob,
          wrong: [
            "holder 'nobody' is no e-mail address",
            "state 'lost' is unknown",
            "tag 'cost-center' is 'Beta', expected 'Alpha'",
          ],
        },
      ],
    });
    expect(story.told).toEqual([]);
  });

  it('releases every managed account, and no other', async () => {
    const story = await tell([
      anAccount({ tags: { 'account-state': 'assigned' } }),
      anAccount({ id: bob, unit: 'ou-outside', tags: { 'account-state': 'assigned' } }),
    ]);

    await story.invoke('ReleaseAccounts');

    expect(story.account(alice).state).toBe('released');
    expect(story.account(bob).state).toBe('assigned');
  });

  it('resets every managed account, which goes through its on-boarding again', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke('ResetAccounts');

    expect(story.labels(alice)[0]).toBe('CreatedAccount');
    expect(story.account(alice).state).toBe('released');
  });
});
