import type { Email } from '#emulator/services/sns/topic-delivery.ts';

/** Something that was said in a channel. */
export interface Posted {
  readonly channel: 'teams' | 'slack';
  /** Server that it was meant for; on this machine it has arrived here. */
  readonly host: string;
  /** How it was said: by a webhook, or by a method of Slack's API. */
  readonly by: string;
  readonly at: Date;
  /** As it was sent, read as JSON or as a form where it is one. */
  readonly content: unknown;
}

/** What people would have received outside of AWS: messages in channels, and e-mail. */
export interface Inbox {
  readonly posted: readonly Posted[];
  mails(): readonly Email[];
  post(posted: Omit<Posted, 'at'>): void;
}

export function createInbox(now: () => number, mails: () => readonly Email[]): Inbox {
  const posted: Posted[] = [];
  return { posted, mails, post: (one) => void posted.push({ ...one, at: new Date(now()) }) };
}
