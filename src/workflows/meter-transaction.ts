import type { AccountId } from '#domain/account.ts';
import { identifierOf } from '#domain/activities/identifier.ts';
import { toldTime } from '#domain/transactions/told-time.ts';
import type { TransactionTold } from '#events/transaction-told.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { endTransactions } from './end-transactions.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'shadows' | 'transactions'>;

/** On-boarding lasts from creation to release, and maintenance from expiry to release; one that has failed is not metered. */
export async function meterTransaction(told: TransactionTold, ports: Needs): Promise<Outcome> {
  const { account } = told;
  const seconds = toldTime(told.at, ports.clock.now()).getTime() / 1000;
  switch (told.turn) {
    case 'begun':
      return begin(account, told.transaction, seconds, ports);
    case 'failed':
      await ports.transactions.forget({ account, transaction: told.transaction });
      return { outcome: 'failed', account, transaction: told.transaction };
    case 'ended':
      return endTransactions(account, seconds, ports);
  }
}

/** The holder has been waiting since the first beginning: a second one changes nothing. */
async function begin(
  account: AccountId,
  transaction: string,
  seconds: number,
  { transactions, central }: Needs,
): Promise<Outcome> {
  const identifier = identifierOf(central.environment, account, transaction, seconds);
  const isFirst = await transactions.begin({ account, transaction, identifier, begin: seconds });
  return { outcome: isFirst ? 'begun' : 'under way already', account, transaction };
}
