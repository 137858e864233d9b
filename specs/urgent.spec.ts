import { InvokeCommand } from '@aws-sdk/client-lambda';
import { MoveAccountCommand } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { managedAccountsOf } from '#local/managed-accounts.ts';
import { openWindowByHand } from '#local/run-until-idle.ts';
import {
  alice,
  alphaUnit,
  anAccount,
  aReleasedAccount,
  gammaUnit,
  management,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

/** Accounts of the fleet are neither purged nor prepared: three tag writes each, which is what others wait for. */
const settings = settingsOf({
  organizational_units: [
    { identifier: alphaUnit, preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } },
    { identifier: gammaUnit },
  ],
});

const fleet = Array.from({ length: 600 }, (_, index) =>
  aReleasedAccount({ id: accountId(String(300_000_000_000 + index)), unit: gammaUnit }),
);

const released = (story: Story) =>
  managedAccountsOf(story).filter(({ state }) => state === 'released').length;

/** A minute into a window of eight, under AWS's quotas, while most of the fleet still waits for its turn. */
async function inTheMiddleOfAWindow(other = anAccount()): Promise<Story> {
  const story = await tell([...fleet, other], { quotas: true, settings });
  await openWindowByHand(story);
  await story.pass(1.5);
  expect(released(story)).toBeGreaterThan(500);
  return story;
}

async function minutesUntil(isDone: () => boolean, story: Story): Promise<number> {
  let minutes = 0;
  while (!isDone() && minutes < 15) {
    await story.pass(0.5);
    minutes += 0.5;
  }
  return minutes;
}

const isBack = (story: Story) => () => story.labels(alice).includes('ReleasedAccount');

describe('when a window is under way', () => {
  it('on-boards an account that an operator resets, within ten minutes', async () => {
    const story = await inTheMiddleOfAWindow(aReleasedAccount({ unit: 'ou-nested' }));

    await story.tag(alice, 'vanilla');

    expect(await minutesUntil(isBack(story), story)).toBeLessThan(10);
    expect(story.account(alice).state).toBe('released');
  });

  it('on-boards an account that is moved to a managed unit, within ten minutes', async () => {
    const story = await inTheMiddleOfAWindow(anAccount({ unit: 'ou-outside' }));

    const { organizations } = story.clients(management, 'us-east-1');
    const move = { AccountId: alice, SourceParentId: 'ou-outside', DestinationParentId: alphaUnit };
    await organizations.send(new MoveAccountCommand(move));

    expect(await minutesUntil(isBack(story), story)).toBeLessThan(10);
    expect(story.account(alice).state).toBe('released');
  });

  it('gives back an account that an operator releases, within ten minutes', async () => {
    const story = await inTheMiddleOfAWindow(anAccount({ tags: { 'account-state': 'assigned' } }));

    await story.tag(alice, 'released');

    expect(await minutesUntil(isBack(story), story)).toBeLessThan(10);
    expect(story.account(alice).state).toBe('released');
  });

  it('gives back what is not released by one command, ahead of those that the window still has to expire', async () => {
    const story = await inTheMiddleOfAWindow(anAccount({ tags: { 'account-state': 'assigned' } }));

    const FunctionName = 'SpaTestReleaseAccounts';
    await story.clients().lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));

    expect(await minutesUntil(isBack(story), story)).toBeLessThan(2);
    expect(story.account(alice).state).toBe('released');
  });
});
