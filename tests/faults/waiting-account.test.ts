import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { Passage } from '#domain/lifecycle.ts';
import { waitingAccounts, type WaitingState } from '#domain/waiting-account.ts';
import { alice, bob } from '#tests/worlds.ts';

const noon = Date.UTC(2026, 10, 21, 12) / 1000;
const stateTag = 'account-state';

const nobody = { none: [], vanilla: [], assigned: [], expired: [] };
const passage = (given: Partial<Passage>): Passage => ({
  account: alice,
  transaction: 'maintenance',
  phase: 'preparation',
  status: 'begun',
  transition: 'event',
  tries: 1,
  due: noon + 300,
  ...given,
});

function waiting(state: WaitingState, ...passages: readonly Passage[]) {
  const [told] = waitingAccounts({ ...nobody, [state]: [alice] }, passages, { epochSeconds: noon, stateTag });
  return told;
}

describe('when an account is on its way', () => {
  it.each([
    ['none', undefined, 'it bears no state', 'a sweep on-boards it within the hour'],
    ['vanilla', undefined, 'its on-boarding has not begun', 'a sweep takes it up within half an hour'],
    ['expired', undefined, 'nothing is on record of its way yet', 'a sweep takes it up within half an hour'],
    [
      'assigned',
      { tries: 0 },
      'its preparation is called for',
      'a sweep takes it up soon after 2026-11-21 12:05',
    ],
    [
      'expired',
      { phase: 'purge', build: 'arn:build' },
      'its purge is at work: arn:build',
      'the build is looked at soon after 2026-11-21 12:05',
    ],
    [
      'assigned',
      { status: 'pausing', tries: 2, reason: 'its build ended as FAILED' },
      'its preparation has failed 2 times: its build ended as FAILED',
      'it is tried again soon after 2026-11-21 12:05',
    ],
    [
      'assigned',
      { status: 'pausing' },
      'its preparation has failed once',
      'it is tried again soon after 2026-11-21 12:05',
    ],
    [
      'expired',
      { status: 'left alone' },
      'it was none of ours',
      'it is looked at again soon after 2026-11-21 12:05',
    ],
  ] as const)('says where it is and what comes next: %s, %j', (state, given, reason, next) => {
    const passages = given ? [passage(given)] : [];

    expect(waiting(state, ...passages)).toEqual({ account: alice, state, turn: 'system', reason, next });
  });
});

describe('when nothing happens before a person acts', () => {
  it('says what has failed, and how it begins again', () => {
    const given = passage({ status: 'given up', tries: 3, reason: 'its build has vanished', due: 0 });

    expect(waiting('assigned', given)).toEqual({
      account: alice,
      state: 'assigned',
      turn: 'person',
      reason: 'its preparation has failed 3 times: its build has vanished',
      next: 'mend the cause, then tag it account-state=assigned to begin again, or account-state=released to give it back as it is',
    });
  });

  it('tells of a sweep that does not come', () => {
    expect(waiting('assigned', passage({ due: noon - 1801 }))).toMatchObject({
      turn: 'person',
      next: 'no sweep has looked at it when it was due: npx spa doctor tells what is broken',
    });
    expect(waiting('assigned', passage({ due: noon - 1800 }))?.turn).toBe('system');
  });
});

describe('when several accounts wait', () => {
  it('takes no record for that of another account', () => {
    const carol = accountId('200000000002');
    const told = waitingAccounts(
      { ...nobody, assigned: [alice, bob], expired: [carol] },
      [passage({ account: bob, build: 'arn:bob' })],
      { epochSeconds: noon, stateTag },
    );

    expect(told.map(({ account, reason }) => [account, reason])).toEqual([
      [alice, 'nothing is on record of its way yet'],
      [bob, 'its preparation is at work: arn:bob'],
      [carol, 'nothing is on record of its way yet'],
    ]);
  });
});
