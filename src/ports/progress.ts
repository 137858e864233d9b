import type { AccountId } from '#domain/account.ts';
import type { Passage } from '#domain/lifecycle.ts';

/** How far accounts in transit have come: one record per account, none for those that are released. */
export interface ProgressStore {
  find(account: AccountId): Promise<Passage | undefined>;
  save(passage: Passage): Promise<void>;
  /** Adds a record unless there is one. */
  note(passage: Passage): Promise<void>;
  /** Tells whether there was a record. */
  forget(account: AccountId): Promise<boolean>;
  list(): Promise<readonly Passage[]>;
  /** Whether an event that leaves no other trace has been acted upon before. */
  isKnown(event: string): Promise<boolean>;
  /** Remembers an event, for a week unless said otherwise. */
  know(event: string, rememberedForDays?: number): Promise<void>;
}
