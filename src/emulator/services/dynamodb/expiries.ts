import type { Scheduled, SimulatedClock } from '../../clock.ts';
import { attributeOf } from './attribute-value.ts';
import { compareBytes } from './compare-values.ts';
import type { Position } from './key-position.ts';
import { createSortedList } from './sorted-list.ts';
import type { Entry } from './table.ts';

/** The items of a table that bear a time to live, soonest first, with one task on the clock for all of them. */
export interface Expiries {
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** Nothing expires any more. */
  stop(): void;
}

interface Expiry {
  readonly due: number;
  readonly entry: Entry;
}

const fiveYearsInMilliseconds = 5 * 365 * 24 * 3600 * 1000;

/**
 * AWS deletes within days of the expiration; here it takes `delayInSeconds`. As on AWS, the attribute must be a
 * number of seconds since the epoch, and what lies more than five years back is taken for a mistake and kept.
 */
export function createExpiries(
  clock: SimulatedClock,
  options: { readonly attribute: string; readonly delayInSeconds: number },
  expire: (entry: Entry) => void,
): Expiries {
  const sorted = createSortedList<Expiry>(
    (a, b) => a.due - b.due || comparePositions(a.entry.position, b.entry.position),
  );
  const known = new Map<Entry, Expiry>();
  let next: { readonly due: number; readonly task: Scheduled } | undefined;

  function dueOf({ item }: Entry): number | undefined {
    const value = attributeOf(item, options.attribute);
    if (!value || !('N' in value)) return undefined;
    const expiration = Number(value.N) * 1000;
    const tooOld = expiration < clock.now() - fiveYearsInMilliseconds;
    return tooOld ? undefined : Math.max(expiration, clock.now()) + options.delayInSeconds * 1000;
  }

  function schedule() {
    const due = sorted.first()?.due;
    if (due === next?.due) return;
    next?.task.cancel();
    next = due === undefined ? undefined : { due, task: clock.at(due, expireDue, 'background') };
  }

  function expireDue() {
    next = undefined;
    for (let first = sorted.first(); first && first.due <= clock.now(); first = sorted.first()) {
      remove(first.entry);
      expire(first.entry);
    }
    schedule();
  }

  function remove(entry: Entry) {
    const expiry = known.get(entry);
    if (!expiry) return;
    known.delete(entry);
    sorted.remove(expiry);
  }

  return {
    add(entry) {
      const due = dueOf(entry);
      if (due === undefined) return;
      const expiry = { due, entry };
      known.set(entry, expiry);
      sorted.put(expiry);
      schedule();
    },
    remove(entry) {
      remove(entry);
      schedule();
    },
    stop() {
      next?.task.cancel();
    },
  };
}

/** Any order will do for items that expire at one moment, as long as it is the same at each run. */
function comparePositions(a: Position, b: Position): number {
  return a.partition - b.partition || compareBytes(a.hash, b.hash) || compareBytes(a.range, b.range);
}
