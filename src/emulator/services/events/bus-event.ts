import type { AccountId } from '#domain/account.ts';

/** An event on a bus: made once, the same for every rule and target, and never changed. */
export interface BusEvent {
  readonly id: string;
  readonly account: AccountId;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The fields that patterns are held against, under the names that they have in JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** True once it has come from another bus: it goes no further. */
  readonly forwarded: boolean;
  /** The whole event in JSON. */
  text(): string;
}

/** What an event is made of; times are milliseconds since the epoch. */
export interface EventContent {
  readonly id: string;
  readonly account: AccountId;
  readonly region: string;
  readonly time: number;
  readonly receivedAt: number;
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
  /** The detail as its sender wrote it, when it came as text. */
  readonly detailText?: string;
}

/** Its text is written when the first target wants it, and once for all of them. */
export function busEvent(content: EventContent): BusEvent {
  const envelope = {
    version: '0',
    id: content.id,
    'detail-type': content.detailType,
    source: content.source,
    account: content.account,
    time: isoSeconds(content.time),
    region: content.region,
    resources: content.resources,
  };
  let text: string | undefined;
  return {
    id: content.id,
    account: content.account,
    region: content.region,
    receivedAt: content.receivedAt,
    fields: { ...envelope, detail: content.detail },
    forwarded: false,
    text() {
      text ??= `${JSON.stringify(envelope).slice(0, -1)},"detail":${content.detailText ?? JSON.stringify(content.detail)}}`;
      return text;
    },
  };
}

/** The same event as another bus receives it. */
export function forwardedEvent(event: BusEvent, receivedAt: number): BusEvent {
  return { ...event, receivedAt, forwarded: true };
}

/** EventBridge tells times to the second. */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
