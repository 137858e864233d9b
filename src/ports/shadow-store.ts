import type { AccountId } from '#domain/account.ts';
import type { Shadow } from '#domain/shadows/shadow.ts';

export type ShadowChange = (shadow: Shadow | undefined) => Shadow | undefined;

/** What is remembered of each account: one record, which several functions write at the same time. */
export interface ShadowStore {
  find(account: AccountId): Promise<Shadow | undefined>;
  /** Those of them that are on record, in bulk. */
  findAll(accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, Shadow>>;
  /**
   * Changes a shadow as if nobody else did meanwhile: the change may be computed several times. A change that gives
   * undefined leaves things as they are. Gives the shadow as it is then.
   */
  change(account: AccountId, change: ShadowChange): Promise<Shadow | undefined>;
  /** The same for many accounts, in few calls. */
  changeAll(
    changes: ReadonlyMap<AccountId, ShadowChange>,
  ): Promise<ReadonlyMap<AccountId, Shadow | undefined>>;
  /** All shadows, page by page, since each may hold two long logs. */
  all(): AsyncIterable<readonly Shadow[]>;
}
