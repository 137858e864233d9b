import type { AccountId } from '#domain/account.ts';

/** A mail that SES has taken. Nobody delivers it: it stays where people can look at it. */
export interface SentMail {
  readonly id: string;
  /** Milliseconds since the epoch, in simulated time. */
  readonly sentAt: number;
  readonly account: AccountId;
  readonly region: string;
  readonly from: string;
  readonly recipients: readonly string[];
  /** As it would travel. */
  readonly raw: Uint8Array;
}

/** All mails, the oldest first. */
export type Outbox = readonly SentMail[];
