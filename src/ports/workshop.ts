import type { AccountId } from '#domain/account.ts';
import type { Equipment } from '#domain/equipment.ts';

export type BuildStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMED_OUT' | 'FAULT';

/** Work in a member account, reached through the chain of two roles. */
export interface Workshop {
  /** Puts into the account what is missing or changed, deleting nothing. `thoroughly` looks behind the marks of an earlier visit. */
  equip(account: AccountId, equipment: Equipment, options: { readonly thoroughly: boolean }): Promise<void>;
  /** Starts a build once for one token, however often it is called; gives its ARN. A build that runs already is taken over. */
  start(account: AccountId, project: string, token: string): Promise<string>;
  /**
   * ARN of the latest build of a project that has begun since a moment (epoch seconds), whatever became of it; undefined
   * when there is none, and when the account lets nobody in: none has begun then.
   */
  begunSince(account: AccountId, project: string, moment: number): Promise<string | undefined>;
  /** Undefined when the account knows no such build. */
  statusOf(account: AccountId, build: string): Promise<BuildStatus | undefined>;
}
