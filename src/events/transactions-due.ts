import { parsedJson } from '#domain/parsed-json.ts';
import { openTransactionFrom } from '#domain/transactions/open-transaction-from.ts';
import type { OpenTransaction } from '#domain/transactions/transaction.ts';
import { listMember, member, textMember } from './shape.ts';
import type { Trigger } from './trigger.ts';

/** Time to look for transactions that are not over; or DynamoDB tells of some whose records it has deleted. */
export interface TransactionsDue {
  /** Undefined when all that are on record are to be looked at. */
  readonly expired: readonly OpenTransaction[] | undefined;
}

/** Every five minutes, which is how soon a missed deadline is noticed; streams of earlier deployments are understood too. */
export const transactionsDue: Trigger<TransactionsDue> = {
  kind: 'schedule',
  expression: () => 'rate(5 minutes)',
  read(payload) {
    const records = listMember(payload, 'Records');
    if (records.length === 0) return { happened: { expired: undefined } };
    return { happened: { expired: records.flatMap(expiredIn) } };
  },
};

/** Records that time to live has deleted; those deleted by ourselves were of transactions that are over. */
function expiredIn(record: unknown): readonly OpenTransaction[] {
  const byTimeToLive = textMember(record, 'userIdentity', 'principalId') === 'dynamodb.amazonaws.com';
  if (textMember(record, 'eventName') !== 'REMOVE' || !byTimeToLive) return [];
  const open = openTransactionFrom(parsedJson(member(record, 'dynamodb', 'OldImage', 'Value', 'S')));
  return open ? [open] : [];
}
