import type { Counts } from '#local/counts.ts';
import type { Summary } from '#local/summary.ts';

/** The summary of a run, for people. */
export function summaryLines(summary: Summary): string {
  const { accounts, stuck, events, exceptions, calls, throttled, purge, simulatedSeconds, wallSeconds } =
    summary;
  const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
  return [
    '',
    line('Accounts', listed(accounts)),
    line('Events', listed(events)),
    line('Exceptions', listed(exceptions)),
    line(
      'Calls',
      `${total}, of which ${Object.values(throttled).reduce((sum, count) => sum + count, 0)} throttled`,
    ),
    line('Purge', `${purge.deleted.length} deleted, ${purge.planned.length} planned, ${purge.kept} kept`),
    ...purge.planned.map((id) => line('', `would delete ${id}`)),
    ...purge.deleted.map((id) => line('', `deleted ${id}`)),
    line('Time', `${simulatedSeconds} simulated seconds in ${wallSeconds} seconds`),
    ...(stuck.length > 0 ? [line('Stuck', stuck.join(', '))] : []),
    '',
  ].join('\n');
}

const line = (name: string, text: string) => `${name.padEnd(11)} ${text}`;

const listed = (counts: Counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';
