import type { AccountId, AccountState } from '#domain/account.ts';

/** A state to be written on many accounts, at the pace that Organizations allows. */
export interface StateChange {
  readonly account: AccountId;
  /** The change is dropped when the account is in another state by then; undefined: whatever its state. */
  readonly from: AccountState | 'none' | undefined;
  readonly to: AccountState;
  /** Epoch seconds of the command: an account that has had its turn since is left as it is. */
  readonly asked?: number;
}

/** Work that is put on a queue, to be carried on by another function. */
export interface Errands {
  changeStates(changes: readonly StateChange[]): Promise<void>;
  /** Likewise, ahead of what a window still has in its queue: somebody waits for it. */
  changeStatesSoon(changes: readonly StateChange[]): Promise<void>;
  /** Looks at accounts again after a while, 15 minutes at most. */
  revisit(accounts: readonly AccountId[], afterSeconds: number): Promise<void>;
  /** Whether accounts still wait in line for work to begin in them: what has not begun is then late, not lost. */
  isBacklogged(): Promise<boolean>;
}
