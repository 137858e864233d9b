import { createHash } from 'node:crypto';
import type { AccountId } from '#domain/account.ts';
import type { Phase } from '#domain/lifecycle.ts';

/** Keys in the reports bucket. Prefixes come from the settings; months are YYYY-MM and days YYYY-MM-DD, of the data. */
export function inventoryKey(prefix: string, day: string): string {
  return `${prefix}/${yearOf(day)}/${day.slice(5, 7)}/${day}-inventory.csv`;
}

export function activitiesKey(prefix: string, costCenter: string, month: string): string {
  return keyOf(prefix, nameInKey(costCenter), month, 'activities.csv');
}

export type CostCenterFile = 'services.csv' | 'services.xlsx' | 'usages.csv';

export function costCenterKey(
  prefix: string,
  costCenter: string,
  month: string,
  file: CostCenterFile,
): string {
  return keyOf(prefix, costFolder(costCenter), month, file);
}

export type SummaryFile =
  'services.csv' | 'services.xlsx' | 'charges.csv' | 'charges.xlsx' | `charges-${string}.xlsx`;

export function costSummaryKey(prefix: string, month: string, file: SummaryFile): string {
  return keyOf(prefix, summaryFolder, month, file);
}

export function costAndUsageKey(prefix: string, account: string, month: string): string {
  return keyOf(prefix, account, month, 'cost-and-usage.xlsx');
}

/** A report of a build, by the account that it was about, and by when it was told. */
export interface BuildReportName {
  readonly account: AccountId;
  readonly phase: Phase;
  readonly at: Date;
}

/** Reports of one account stand in the order of their times, phase by phase on each day; to the second, in UTC. */
export function buildReportKey(prefix: string, { account, phase, at }: BuildReportName): string {
  const [day = '', time = ''] = at.toISOString().slice(0, 19).replaceAll(':', '').split('T');
  return `${buildReportsFolder(prefix, account)}${yearOf(day)}/${day}-${account}-${phase}-${time}.txt`;
}

/** A part of a report that came in so many parts. */
export const partKey = (key: string, part: number, parts: number): string =>
  key.replace(/\.txt$/, `-${part}-of-${parts}.txt`);

export const buildReportsFolder = (prefix: string, account: AccountId): string => `${prefix}/${account}/`;

/** Whether a key is that of a whole report of such a build. */
export const isBuildReport = (key: string, phase: Phase): boolean =>
  new RegExp(`-${phase}-\\d{6}\\.txt$`).test(key);

/** Folder of a cost center among the costs. One that is called Summary would overwrite the summaries of everybody. */
export function costFolder(costCenter: string): string {
  const name = nameInKey(costCenter);
  return name === summaryFolder ? 'Summary (cost center)' : name;
}

/** Name of a cost center in keys: unable to make folders of its own or to vanish, and short enough for S3. */
export function nameInKey(costCenter: string): string {
  const name = costCenter.toWellFormed().replaceAll(/[/\\\p{Cc}]/gu, '-');
  return /^\.*$/.test(name) ? 'NoCostTag' : shortened(name);
}

const summaryFolder = 'Summary';
const yearOf = (date: string) => date.slice(0, 4);

const keyOf = (prefix: string, name: string, month: string, file: string) =>
  `${prefix}/${name}/${yearOf(month)}/${month}-${name}-${file}`;

/** S3 takes keys of 1,024 bytes, in which the name stands twice; tags hold up to 256 characters of 4 bytes each. */
const longestNameInBytes = 400;

function shortened(name: string): string {
  const bytes = Buffer.from(name);
  if (bytes.length <= longestNameInBytes) return name;
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const start = bytes
    .subarray(0, longestNameInBytes - 9)
    .toString()
    .replace(/\uFFFD+$/, '');
  return `${start}-${digest}`;
}
