import type { AccountState } from './account.ts';

/** Tag writes that AWS Organizations takes per second from a whole organization (its published quota). */
export const tagWritesPerSecond = 4;

/** Bulk changes of states are made by so many at a time, which is the least that a queue may be told. */
export const bulkWriters = 2;

/** What bulk work leaves of the quota, for people and for accounts that arrive meanwhile. */
const shareOfBulkWork = 0.97;

/** Tag writes that each account takes from a state until it is released, the first one included. */
const writesUntilReleased: Record<AccountState, number> = {
  released: 1,
  assigned: 2,
  expired: 3,
  vanilla: 3,
};

/**
 * Milliseconds that one bulk writer spends on one account, so that all writes that follow fit the quota: the accounts of
 * a window enter it no faster than they leave it, and nothing piles up behind them.
 */
export function millisecondsPerStateChange(to: AccountState): number {
  return Math.ceil((1000 * bulkWriters * writesUntilReleased[to]) / (tagWritesPerSecond * shareOfBulkWork));
}
