import type { AccountId } from '#domain/account.ts';
import type { OpenTransaction } from '#domain/transactions/transaction.ts';

/** A login on the console, by which two reports of it are known to be one. */
export interface LoginKey {
  readonly account: AccountId;
  readonly at: Date;
  readonly identity: string;
}

/** Transactions that are not over, and logins that have been recorded. */
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
  /** False when the login is recorded already, or is being recorded by somebody who has less than a minute for it. */
  claimLogin(login: LoginKey): Promise<boolean>;
  /** The login that was claimed has been recorded. */
  confirmLogin(login: LoginKey): Promise<void>;
}
