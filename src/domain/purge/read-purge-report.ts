import type { PurgeCounts, PurgedResource } from './purge-report.ts';
import { purgeOutcomes } from './purge-report.ts';

/** A report as programs read it; resources that were kept are only counted. */
export interface PurgeSummary {
  readonly account: string;
  readonly mode: string;
  readonly stopped: string;
  readonly counts: Readonly<Record<string, PurgeCounts>>;
  readonly resources: readonly PurgedResource[];
  readonly unlisted: readonly string[];
}

const heading = /^Purge \((.*)\) of account (\d{12}): /;
const countsLine = /^(\w+): (\d+) deleted, (\d+) failed, (\d+) planned, (\d+) kept$/;

function countsIn(line: string): readonly (readonly [string, PurgeCounts])[] {
  const [, type, ...numbers] = countsLine.exec(line) ?? [];
  if (type === undefined) return [];
  const [deleted = 0, failed = 0, planned = 0, kept = 0] = numbers.map(Number);
  return [[type, { deleted, failed, planned, kept }]];
}

function resourceIn(line: string): readonly PurgedResource[] {
  const [word, type = '', region = '', name = '', reason = ''] = line.split('\t');
  const outcome = purgeOutcomes.find((one) => one === word);
  return outcome === undefined ? [] : [{ type, region, name, outcome, reason }];
}

/** Reads the message of a `PurgeReport` event; undefined when another build specification wrote it. */
export function readPurgeReport(message: string): PurgeSummary | undefined {
  const [first = '', ...lines] = message.split('\n');
  const [, mode, account] = heading.exec(first) ?? [];
  if (mode === undefined || account === undefined) return undefined;
  return {
    account,
    mode,
    stopped: lines.find((line) => line.startsWith('Stopped: '))?.slice('Stopped: '.length) ?? '',
    counts: Object.fromEntries(lines.flatMap(countsIn)),
    resources: lines.flatMap(resourceIn),
    unlisted: lines
      .filter((line) => line.startsWith('unlisted\t'))
      .map((line) => line.slice('unlisted\t'.length)),
  };
}
