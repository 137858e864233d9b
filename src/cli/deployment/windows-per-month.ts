import { parseSchedule } from '#emulator/services/events/schedule-expression.ts';

const year = 365 * 24 * 3600 * 1000;
/** Enough to tell how often a schedule fires that fires all the time. */
const mostCounted = 5000;

/** How often a schedule of EventBridge fires in a month, on average over the year that begins at `from`. */
export function windowsPerMonth(expression: string | undefined, from: number): number {
  if (expression === undefined) return 0;
  const schedule = parseSchedule(expression);
  let count = 0;
  let last = from;
  for (let next = schedule.next(from); next !== undefined; next = schedule.next(next)) {
    if (next >= from + year) break;
    count += 1;
    last = next;
    if (count === mostCounted) return (count * year) / (last - from) / 12;
  }
  return count / 12;
}
