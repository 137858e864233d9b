import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { managedAccountsOf, unreleased } from '#local/managed-accounts.ts';
import { onboardAll, openWindowByHand, settle } from '#local/run-until-idle.ts';
import { anAccount, tell } from '#tests/worlds.ts';

const accounts = Array.from({ length: 12 }, (_, index) =>
  anAccount({ id: accountId(String(210_000_000_000 + index)), email: `${index}@example.com` }),
);

describe('when more accounts are on-boarded at once than Organizations takes tag writes', () => {
  it('writes no faster than the quota, and every account is released after a window too', async () => {
    const story = await tell(accounts, { quotas: true });

    await Promise.all([onboardAll(story, { paced: true }), settle(story)]);
    expect(unreleased(managedAccountsOf(story))).toEqual([]);
    await openWindowByHand(story);
    await settle(story);

    expect(story.told.filter(({ label }) => label === 'ReleasedAccount')).toHaveLength(24);
    expect(story.told.filter(({ label }) => label.endsWith('Exception'))).toEqual([]);
  });
});
