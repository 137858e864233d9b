import { isAccountId } from '#domain/account.ts';
import { identifierOf } from '#domain/activities/identifier.ts';
import type { OpenTransaction } from './transaction.ts';

/** The transaction that a record holds, whoever wrote it; undefined when it holds none. */
export function openTransactionFrom(record: unknown): OpenTransaction | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const members: Readonly<Record<string, unknown>> = { ...record };
  const { account, transaction, begin, identifier, takenUp } = members;
  if (!isAccountId(account) || typeof transaction !== 'string' || typeof begin !== 'number') return undefined;
  return {
    account,
    transaction,
    begin,
    identifier: typeof identifier === 'string' ? identifier : identifierOf(account, transaction, begin),
    ...(typeof takenUp === 'number' ? { takenUp } : {}),
  };
}
