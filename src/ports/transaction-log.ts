import type { AccountId } from '#domain/account.ts';
import type { OpenTransaction } from '#domain/transactions/transaction.ts';

/** Transactions that are not over. */
export interface TransactionLog {
  /** Seconds after its beginning at which a transaction should be over. */
  readonly deadlineInSeconds: number;
  /** For each of them, false when the account is in such a transaction already: the first beginning counts. */
  begin(transactions: readonly OpenTransaction[]): Promise<readonly boolean[]>;
  /** On-boardings and maintenances that are under way in these accounts. */
  of(accounts: readonly AccountId[]): Promise<readonly OpenTransaction[]>;
  all(): Promise<readonly OpenTransaction[]>;
  /** Notes when a transaction was taken up again, unless it is over by now. */
  noteTakenUp(transaction: OpenTransaction, atInSeconds: number): Promise<void>;
  forget(transactions: readonly Pick<OpenTransaction, 'account' | 'transaction'>[]): Promise<void>;
}
