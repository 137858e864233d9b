import type { AccountId } from '#domain/account.ts';

/** A login on the console, by which two reports of it are known to be one. */
export interface LoginKey {
  readonly account: AccountId;
  readonly at: Date;
  readonly identity: string;
}

/** Logins that have been recorded, so that each is told once, however many accounts forward it. */
export interface LoginLog {
  /** False when the login is recorded already, or is being recorded by somebody who has less than a minute for it. */
  claim(login: LoginKey): Promise<boolean>;
  /** The login that was claimed has been recorded. */
  confirm(login: LoginKey): Promise<void>;
}
