import type { Account, AccountId, AccountState } from '#domain/account.ts';

/** The accounts of the organization: one by one for a decision, in bulk for a sweep. */
export interface AccountDirectory {
  /** The account as it is now; undefined when the organization does not know it. */
  find(id: AccountId): Promise<Account | undefined>;
  /** The account with tags that may be some seconds late, read without the calls that decisions about states need. */
  glance(id: AccountId): Promise<Account | undefined>;
  nameOf(id: AccountId): Promise<string | undefined>;
  /** The state as it is now, for half the calls of `find`; undefined when there is none, or no such account. */
  stateOf(id: AccountId): Promise<AccountState | undefined>;
  /** All accounts, from bulk reads whose tags may be some seconds late: confirm with `find` before deciding. */
  list(): Promise<readonly Account[]>;
  /** Numbers of the accounts that bear one of the states, from bulk reads that may be some seconds late. */
  listByState(states: readonly AccountState[]): Promise<readonly AccountId[]>;
  /** Units from the topmost to the given one (an `ou-…` or the root), which comes last; empty for the root. One that is gone stands alone. */
  pathOf(parent: string): Promise<readonly string[]>;
  /** Names of units, by identifier; those that are gone have none. One read each in ten minutes, two a second at most. */
  unitNames(units: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  /** Sets tags in one write; those not named stay as they are. */
  tag(id: AccountId, tags: Readonly<Record<string, string>>): Promise<void>;
  untag(id: AccountId, keys: readonly string[]): Promise<void>;
}
