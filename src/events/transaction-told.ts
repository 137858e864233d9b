import { isAccountId, type AccountId } from '#domain/account.ts';
import { beginnings, ending, failures } from '#domain/transactions/transaction.ts';
import type { EventTrigger } from './gathered.ts';
import { readAccountTold } from './account-told.ts';
import { payloadOf } from './payload.ts';
import { member, timeMember } from './shape.ts';
import { source } from './system-event.ts';
import type { BusEvent, Reading, Wiring } from './trigger.ts';

/** A transaction has begun, has failed, or is over: the end ends every one of its account. */
export type TransactionTold = {
  readonly account: AccountId;
  readonly at: Date | undefined;
} & ({ readonly turn: 'begun' | 'failed'; readonly transaction: string } | { readonly turn: 'ended' });

export const transactionTold: EventTrigger<TransactionTold> = {
  kind: 'events',
  pattern: ({ environment }) => ({
    source: [source],
    'detail-type': [...Object.keys(beginnings), ending, ...Object.keys(failures)],
    detail: { Environment: [environment] },
  }),
  read,
};

function read(event: BusEvent, wiring: Wiring): Reading<TransactionTold> {
  const label = event['detail-type'];
  if (isOneOf(failures, label)) return readFailure(event, wiring, failures[label]);
  const reading = readAccountTold(event, wiring);
  if ('ignored' in reading) return reading;
  const { account, at } = reading.happened;
  if (isOneOf(beginnings, label))
    return { happened: { turn: 'begun', account, at, transaction: beginnings[label] } };
  return label === ending
    ? { happened: { turn: 'ended', account, at } }
    : { ignored: 'neither the beginning of a transaction nor its end' };
}

function readFailure(event: BusEvent, wiring: Wiring, transaction: string): Reading<TransactionTold> {
  const found = payloadOf(event, wiring);
  if ('ignored' in found) return found;
  const account = member(found.payload, 'account');
  return isAccountId(account)
    ? { happened: { turn: 'failed', account, at: timeMember(event, 'time'), transaction } }
    : { ignored: 'an exception without the number of an account' };
}

const isOneOf = <T extends object>(labels: T, label: unknown): label is keyof T =>
  typeof label === 'string' && Object.hasOwn(labels, label);
