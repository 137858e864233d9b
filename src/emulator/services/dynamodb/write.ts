import { AwsError } from '../../aws-error.ts';
import type { Item } from './attribute-value.ts';
import { writeUnits } from './capacity.ts';
import type { Predicate } from './expressions/compile-function.ts';
import type { Position } from './key-position.ts';
import { store, versionOf, type Version } from './stored-items.ts';
import { entryAt, type Entry, type Table } from './table.ts';

/** A write that has been read and checked as far as that goes without the item that it meets. */
export interface Write {
  readonly table: Table;
  readonly position: Position;
  readonly condition: Predicate;
  readonly whenRefused: 'NONE' | 'ALL_OLD';
  /** The item afterwards, given the one before; undefined when there is none. Throws ValidationException. */
  readonly change: (before: Item | undefined) => Item | undefined;
  /** What AWS says of an item that has become too large. */
  readonly tooLarge: string;
}

/** A write that can no longer fail. */
export interface DecidedWrite {
  readonly table: Table;
  readonly before: Entry | undefined;
  readonly after: Version | undefined;
}

/** Throws ConditionalCheckFailedException or ValidationException; nothing has changed then. */
export function decide(write: Write): DecidedWrite {
  const { table, position } = write;
  const before = table.entries.find(entryAt(position));
  if (!write.condition(before?.item ?? {})) {
    const shown = write.whenRefused === 'ALL_OLD' && before ? { Item: before.item } : {};
    throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, shown);
  }
  const item = write.change(before?.item);
  const after = item && versionOf(table, position, item, write.tooLarge);
  return { table, before, after };
}

/** Does what has been decided, if it changes anything; it shows in indexes and streams as well. */
export function carryOut({ table, before, after }: DecidedWrite): void {
  if (before?.item !== after?.entry.item) store(table, before, after);
}

/** Write units that a write costs in its table and in each index that it touches. */
export function unitsOf({ table, before, after }: DecidedWrite): number {
  const units = writeUnits(Math.max(before?.size ?? 0, after?.entry.size ?? 0));
  const indexed = [...table.indexes.values()].flatMap((index) => {
    const entry = after?.inIndexes.get(index);
    return entry ? [writeUnits(entry.size)] : [];
  });
  return indexed.reduce((sum, each) => sum + each, units);
}
