import { isDay, isMonth } from '#domain/calendar.ts';
import { member, textMember } from './shape.ts';
import type { Reading, Trigger } from './trigger.ts';

/** A report is due for a month, YYYY-MM; undefined on schedule, when the report knows its month by itself. */
export interface MonthAsked {
  readonly month: string | undefined;
  /** Identifier of the event of a schedule, the same each time that it is delivered; undefined by hand. */
  readonly occasion: string | undefined;
}

/** Figures are due for a day, YYYY-MM-DD; undefined on schedule, when they know their day by themselves. */
export interface DayAsked {
  readonly day: string | undefined;
}

/** Runs on schedule, and by hand for the month that `{"date": "2026-10"}` or `{"date": "2026-10-31"}` names. */
export const monthAsked = (expression: string): Trigger<MonthAsked> => ({
  kind: 'schedule',
  expression: () => expression,
  read(payload) {
    const date = dateIn(payload);
    const occasion = textMember(payload, 'id');
    if (date === undefined) return { happened: { month: undefined, occasion } };
    if (typeof date !== 'string' || !(isMonth(date) || isDay(date))) return refused(date, 'YYYY-MM');
    return { happened: { month: date.slice(0, 7), occasion } };
  },
});

/** Runs on schedule, and by hand for the day that `{"date": "2026-10-31"}` names. */
export const dayAsked = (expression: string): Trigger<DayAsked> => ({
  kind: 'schedule',
  expression: () => expression,
  read(payload) {
    const date = dateIn(payload);
    if (date === undefined) return { happened: { day: undefined } };
    if (typeof date !== 'string' || !isDay(date)) return refused(date, 'YYYY-MM-DD');
    return { happened: { day: date } };
  },
});

/** Schedules send no date, and nobody means one by null. */
const dateIn = (payload: unknown) => member(payload, 'date') ?? undefined;

const refused = <T>(date: unknown, expected: string): Reading<T> => ({
  ignored: `date ${JSON.stringify(date)} is none: write {"date": "${expected}"}`,
});
