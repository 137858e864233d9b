import { member, timeMember } from './shape.ts';

/** A report that is too long for one event comes in parts, each of which says which one it is. */
export interface ReportPart {
  /** From 1. */
  readonly number: number;
  readonly count: number;
  /** When the report was made: the same in all of its parts. */
  readonly time: Date;
}

/** No purge reports more: 200 MB. */
const mostParts = 1000;

/** Undefined for a report that is whole, and for one that does not say clearly which part of what it is. */
export function reportPartIn(event: unknown): ReportPart | undefined {
  const number = member(event, 'detail', 'Part');
  const count = member(event, 'detail', 'Parts');
  const time = timeMember(event, 'detail', 'Time');
  if (!isCount(number) || !isCount(count) || number > count || count > mostParts) return undefined;
  return time && { number, count, time };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
