import type { AccountId } from '#domain/account.ts';
import type { Equipment } from '#domain/equipment.ts';

export type BuildStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMED_OUT' | 'FAULT';

/** Work in a member account, reached through the chain of two roles. */
export interface Workshop {
  /** Puts into the account what is missing or changed, deleting nothing. `thoroughly` looks behind the marks of an earlier visit. */
  equip(account: AccountId, equipment: Equipment, options: { readonly thoroughly: boolean }): Promise<void>;
  /** Starts a build once for one token, however often it is called; gives its ARN. A build that runs already is taken over. */
  start(account: AccountId, project: string, token: string): Promise<string>;
  /** Undefined when the account knows no such build. */
  statusOf(account: AccountId, build: string): Promise<BuildStatus | undefined>;
}
