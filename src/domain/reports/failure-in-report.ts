import { onOneLine, shortened } from '#domain/incidents/plain-text.ts';
import type { Phase } from '#domain/lifecycle.ts';
import { readPurgeReport } from '#domain/purge/read-purge-report.ts';

/** What a report says of a failure. */
export interface ReportedFailure {
  /** On one line; empty where the report does not say. */
  readonly reason: string;
  /** What a person should look at, the most telling lines of the report. */
  readonly details: readonly string[];
}

const mostLines = 10;
const mostCharacters = 300;

const told = (text: string) => shortened(onOneLine(text), mostCharacters);

/** A purge tells why it stopped and what is left; a preparation ends with the words of whatever refused. */
export function failureIn(report: string, phase: Phase): ReportedFailure {
  const purge = phase === 'purge' ? readPurgeReport(report) : undefined;
  if (!purge) return failureAtEnd(report);
  const left = purge.resources
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ type, region, name, reason }) =>
      told(`${type} ${name} in ${region}: ${reason || 'no reason told'}`),
    );
  const more = left.length - mostLines;
  const details = more > 0 ? [...left.slice(0, mostLines), `and ${more} more`] : left;
  return { reason: told(purge.stopped), details };
}

function failureAtEnd(report: string): ReportedFailure {
  const lines = report
    .split('\n')
    .map(told)
    .filter((line) => line !== '');
  return { reason: lines.at(-1) ?? '', details: lines.slice(-mostLines, -1) };
}
