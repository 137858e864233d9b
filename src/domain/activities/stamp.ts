import { createHash } from 'node:crypto';
import { toldTime } from '#domain/transactions/told-time.ts';

/** The key of an activity: the day is the partition, the time of day the order. */
export interface Stamp {
  /** `YYYY-MM-DDTHH:MM:SS.ffffff`, in UTC. */
  readonly stamp: string;
  readonly day: string;
  readonly time: string;
}

/** Microseconds since the epoch: the finest that a stamp tells, and exact as a number for two centuries. */
export function stampAt(microseconds: number): Stamp {
  const second = Math.floor(microseconds / 1e6);
  const fraction = String(microseconds - second * 1e6).padStart(6, '0');
  const whole = new Date(second * 1000).toISOString().slice(0, 19);
  return { stamp: `${whole}.${fraction}`, day: whole.slice(0, 10), time: `${whole.slice(11)}.${fraction}` };
}

/**
 * When an activity is on record, in microseconds: at its end, so that a second delivery finds the record of the first.
 * Events tell whole seconds: their fraction is then made from the identifier, so that the many of one second do not
 * meet at its beginning.
 */
export function momentOf(
  activity: { readonly end?: unknown; readonly identifier?: unknown },
  now: Date,
): number {
  const told = typeof activity.end === 'number' ? new Date(activity.end * 1000) : undefined;
  const time = toldTime(told, now);
  const microseconds = told === time ? Math.round(Number(activity.end) * 1e6) : time.getTime() * 1000;
  return microseconds % 1e6 === 0 ? microseconds + fractionOf(activity.identifier) : microseconds;
}

const fractionOf = (identifier: unknown): number =>
  createHash('sha256').update(String(identifier)).digest().readUInt32BE() % 1e6;
