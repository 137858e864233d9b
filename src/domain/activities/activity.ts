import type { AccountId } from '#domain/account.ts';

/** What happened to an account, or in it, for how long: the payload of its event. Further members are the account's tags. */
export interface Activity {
  readonly account: AccountId;
  readonly 'cost-center': string;
  readonly transaction: string;
  /** A UUID: two deliveries of one activity bear the same one. */
  readonly identifier: string;
  /** Epoch seconds, as is the end; the duration is in seconds. */
  readonly begin: number;
  readonly end: number;
  readonly duration: number;
}

export interface ActivityFacts {
  readonly account: AccountId;
  readonly costCenter: string;
  readonly transaction: string;
  readonly identifier: string;
  readonly begin: number;
  readonly end: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A tag never stands for what the activity itself says. */
export function activityOf({ tags, costCenter, ...facts }: ActivityFacts): Activity {
  const duration = Math.max(0, facts.end - facts.begin);
  return { ...tags, ...facts, 'cost-center': costCenter, duration };
}

/** Labels under which activities are counted. */
const labels: ReadonlyMap<unknown, string> = new Map([
  ['on-boarding', 'OnBoardingTransaction'],
  ['maintenance', 'MaintenanceTransaction'],
  ['console-login', 'ConsoleLoginTransaction'],
  ['notification', 'NotificationTransaction'],
]);

export const metricLabelOf = (transaction: unknown): string =>
  labels.get(transaction) ?? 'GenericTransaction';
