import type { DateInterval, Granularity } from '@aws-sdk/client-cost-explorer';
import { notImplemented } from '../../aws-error.ts';
import { invalid } from './ce-refusals.ts';

/** Days from `start` until before `end`, as `YYYY-MM-DD`. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

/** Throws ValidationException when the dates are none, or the first is not before the second. */
export function readPeriod(interval: Partial<DateInterval> | undefined): Period {
  const { Start = '', End = '' } = interval ?? {};
  if (/T/.test(Start + End)) throw notImplemented('ce', 'periods in hours');
  for (const date of [Start, End]) {
    if (!isDate(date)) throw invalid(`Invalid date format: '${date}'. Use YYYY-MM-DD.`);
  }
  if (Start >= End) throw invalid('Start date (and hour) should be before end date (and hour)');
  return { start: Start, end: End };
}

/** Costs are known until today, and asked for until the end of this month at most. */
export function checkIsKnown({ start, end }: Period, today: string): void {
  if (start > today) throw invalid('start date should not be in the future');
  if (end > nextMonth(today)) throw invalid('end date past the beginning of next month');
}

/** The period in months or days; the first and the last may be shorter. */
export function split({ start, end }: Period, granularity: Granularity | undefined): readonly Period[] {
  const next = stepOf(granularity);
  const periods: Period[] = [];
  for (let from = start; from < end;) {
    const until = next(from);
    periods.push({ start: from, end: until < end ? until : end });
    from = until;
  }
  return periods;
}

function stepOf(granularity: Granularity | undefined): (date: string) => string {
  if (granularity === 'MONTHLY') return nextMonth;
  if (granularity === 'DAILY') return nextDay;
  if (granularity === 'HOURLY') throw notImplemented('ce', 'granularity HOURLY');
  throw invalid(`Granularity must be one of MONTHLY, DAILY, HOURLY: '${String(granularity)}'`);
}

export const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

export const nextDay = (date: string) => dayOf(Date.parse(date) + dayInMilliseconds);

/** First day of the month that follows. */
export function nextMonth(date: string): string {
  const [year, month] = date.split('-').map(Number);
  return dayOf(Date.UTC(year ?? 0, month ?? 0, 1));
}

export const daysIn = ({ start, end }: Period) => (Date.parse(end) - Date.parse(start)) / dayInMilliseconds;

const dayInMilliseconds = 24 * 60 * 60_000;

const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;
