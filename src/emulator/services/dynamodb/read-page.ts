import type { Placement } from './expressions/key-condition.ts';
import type { Position } from './key-position.ts';
import type { SortedList } from './sorted-list.ts';
import type { Entry } from './table.ts';

/** A page ends after this many bytes of items, whatever the filter makes of them. */
const largestPage = 1024 * 1024;

export interface PageRequest {
  readonly entries: SortedList<Entry>;
  readonly order: (a: Position, b: Position) => number;
  readonly place: Placement;
  readonly forward: boolean;
  /** Where the page before ended. */
  readonly after: Position | undefined;
  readonly limit: number;
}

export interface Page {
  readonly entries: readonly Entry[];
  readonly bytes: number;
  /** What was read last, when there may be more. */
  readonly last: Entry | undefined;
}

/** Reads what is inside the placement, in order, from behind `after`, until page or limit are full. */
export function readPage({ entries, order, place, forward, after, limit }: PageRequest): Page {
  const sign = forward ? 1 : -1;
  const passed = ({ position }: Entry) =>
    sign * place(position) < 0 || (after !== undefined && sign * order(position, after) <= 0);
  const read: Entry[] = [];
  let bytes = 0;
  for (const entry of forward ? entries.ascending(passed) : entries.descending(passed)) {
    if (place(entry.position) !== 0) break;
    read.push(entry);
    bytes += entry.size;
    if (read.length === limit || bytes >= largestPage) return { entries: read, bytes, last: entry };
  }
  return { entries: read, bytes, last: undefined };
}
