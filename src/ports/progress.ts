import type { AccountId } from '#domain/account.ts';
import type { Passage } from '#domain/lifecycle.ts';

/** How far accounts in transit have come: one record per account, none for those that are released. */
export interface ProgressStore {
  find(account: AccountId): Promise<Passage | undefined>;
  save(passage: Passage): Promise<void>;
  /** Adds a record unless there is one. */
  note(passage: Passage): Promise<void>;
  /** Gives the record that there was. */
  forget(account: AccountId): Promise<Passage | undefined>;
  list(): Promise<readonly Passage[]>;
  /** Whether an event that leaves no other trace has been acted upon before. */
  isKnown(event: string): Promise<boolean>;
  /** Remembers an event, for a week unless said otherwise. */
  know(event: string, rememberedForDays?: number): Promise<void>;
}
