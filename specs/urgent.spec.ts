import { InvokeCommand } from '@aws-sdk/client-lambda';
import { MoveAccountCommand } from '@aws-sdk/client-organizations';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountId, type AccountId } from '#domain/account.ts';
import { openWindowByHand } from '#local/run-until-idle.ts';
import type { WorldAccount } from '#local/world/world.ts';
import {
  alice,
  alphaUnit,
  anAccount,
  aReleasedAccount,
  bob,
  gammaUnit,
  management,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

const carol = accountId('200000000002');

/** Accounts of the fleet are neither purged nor prepared: three tag writes each, which is what others wait for. */
const settings = settingsOf({
  organizational_units: [
    { identifier: alphaUnit, preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } },
    { identifier: gammaUnit },
  ],
});

const fleet = Array.from({ length: 200 }, (_, index) =>
  aReleasedAccount({ id: accountId(String(300_000_000_000 + index)), unit: gammaUnit }),
);

/** How many accounts of the fleet the window has not got to yet. */
const waiting = (story: Story) =>
  fleet.filter(({ id }) => !story.labels(id).includes('ExpiredAccount')).length;

/** Half a minute into a window of nearly three, under AWS's quotas, while most of the fleet still waits for its turn. */
async function inTheMiddleOfAWindow(...others: readonly WorldAccount[]): Promise<Story> {
  const story = await tell([...fleet, ...others], { quotas: true, settings });
  await openWindowByHand(story);
  await story.pass(0.5);
  expect(waiting(story)).toBeGreaterThan(150);
  return story;
}

const assigned = (id: AccountId) => anAccount({ id, tags: { 'account-state': 'assigned' } });

function expectBack(id: AccountId, story: Story): void {
  expect(story.account(id).state).toBe('released');
  expect(story.labels(id)).toContain('ReleasedAccount');
  expect(waiting(story)).toBeGreaterThan(0);
}

describe('when people ask for something while the accounts of a window wait for their turn', () => {
  let story: Story;

  beforeAll(async () => {
    const newcomer = anAccount({ id: bob, unit: 'ou-outside' });
    story = await inTheMiddleOfAWindow(aReleasedAccount({ unit: 'ou-nested' }), newcomer, assigned(carol));
    await story.tag(alice, 'vanilla');
    const move = { AccountId: bob, SourceParentId: 'ou-outside', DestinationParentId: alphaUnit };
    const { organizations } = story.clients(management, 'us-east-1');
    await organizations.send(new MoveAccountCommand(move));
    await story.tag(carol, 'released');
    await story.pass(1.6);
  });

  it('on-boards within two minutes an account that an operator resets', () => expectBack(alice, story));

  it('on-boards within two minutes an account that is moved to a managed unit', () => expectBack(bob, story));

  it('gives back an account that an operator releases', () => expectBack(carol, story));
});

describe('when an operator releases all accounts while a window is under way', () => {
  it('gives back within half a minute what is not released, ahead of what the window still has to expire', async () => {
    const story = await inTheMiddleOfAWindow(assigned(carol));

    const FunctionName = 'SpaTestReleaseAccounts';
    await story.clients().lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
    await story.pass(0.5);

    expectBack(carol, story);
  });
});
