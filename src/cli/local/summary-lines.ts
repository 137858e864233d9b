import type { Counts } from '#local/counts.ts';
import type { Summary } from '#local/summary.ts';

/** Nobody reads on; programs are told everything. */
const mostResources = 60;

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
    ...cut([
      ...purge.planned.map((id) => line('', `would delete ${id}`)),
      ...purge.deleted.map((id) => line('', `deleted ${id}`)),
    ]),
    line('Time', `${simulatedSeconds} simulated seconds in ${wallSeconds} seconds`),
    ...(stuck.length > 0 ? [line('Stuck', stuck.join(', '))] : []),
    '',
  ].join('\n');
}

const line = (name: string, text: string) => `${name.padEnd(11)} ${text}`;

function cut(resources: readonly string[]): readonly string[] {
  const rest = resources.length - mostResources;
  if (rest <= 0) return resources;
  return [...resources.slice(0, mostResources), line('', `and ${rest} more: --json lists them all`)];
}

const listed = (counts: Counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';
