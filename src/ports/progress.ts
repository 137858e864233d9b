import type { AccountId } from '#domain/account.ts';
import type { Passage } from '#domain/lifecycle.ts';

/** How far accounts in transit have come, one record per account; of those that are released, since when they are. */
export interface ProgressStore {
  find(account: AccountId): Promise<Passage | undefined>;
  save(passage: Passage): Promise<void>;
  /** Adds a record unless there is one. */
  note(passage: Passage): Promise<void>;
  /** The account has come to rest: that moment (epoch seconds) takes the place of its record, which is given. */
  rest(account: AccountId, since: number): Promise<Passage | undefined>;
  /** Epoch seconds at which the account was last called for, or has come to rest; forgotten after two weeks. */
  lastTurn(account: AccountId): Promise<number | undefined>;
  list(): Promise<readonly Passage[]>;
  /** Whether an event that leaves no other trace has been acted upon before. */
  isKnown(event: string): Promise<boolean>;
  /** Remembers an event, for a week unless said otherwise. */
  know(event: string, rememberedForDays?: number): Promise<void>;
}
