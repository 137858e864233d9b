import type { AccountId } from '#domain/account.ts';
import type { Transaction } from '#domain/lifecycle.ts';

/** A transaction that has begun and is not over: what the holder of an account is waiting for. */
export interface OpenTransaction {
  readonly account: AccountId;
  /** `on-boarding` or `maintenance`; whatever it is called, when others have written it. */
  readonly transaction: string;
  /** A UUID. */
  readonly identifier: string;
  /** Epoch seconds. */
  readonly begin: number;
  /** Epoch seconds at which it was taken up again, since it was not over in time. */
  readonly takenUp?: number;
}

/** The events that begin a transaction. */
export const beginnings = {
  CreatedAccount: 'on-boarding',
  ExpiredAccount: 'maintenance',
} as const satisfies Readonly<Record<string, Transaction>>;

/** The event that ends every transaction of its account. */
export const ending = 'ReleasedAccount';

/** The exceptions by which a transaction fails: told when the last try has failed, or at the deadline. */
export const failures = {
  FailedOnBoardingException: 'on-boarding',
  FailedMaintenanceException: 'maintenance',
} as const satisfies Readonly<Record<string, Transaction>>;

const successes: ReadonlyMap<string, 'SuccessfulOnBoardingEvent' | 'SuccessfulMaintenanceEvent'> = new Map([
  ['on-boarding', 'SuccessfulOnBoardingEvent'],
  ['maintenance', 'SuccessfulMaintenanceEvent'],
]);

/** Label of the activity that a transaction is once it is over; undefined for kinds that others have written. */
export const successOf = ({ transaction }: OpenTransaction) => successes.get(transaction);

/** Before its deadline a transaction is taken up again: two sweeps before, so that there is time for it to help. */
const takenUpBeforeInSeconds = 10 * 60;

export type Standing = 'under way' | 'to be taken up' | 'overdue';

/** Where a transaction stands at a moment. It is never overdue before it has been taken up. */
export function standingOf(
  { begin, takenUp }: OpenTransaction,
  nowInSeconds: number,
  deadlineInSeconds: number,
): Standing {
  const deadline = begin + deadlineInSeconds;
  if (takenUp === undefined)
    return nowInSeconds < deadline - takenUpBeforeInSeconds ? 'under way' : 'to be taken up';
  return nowInSeconds < deadline ? 'under way' : 'overdue';
}
