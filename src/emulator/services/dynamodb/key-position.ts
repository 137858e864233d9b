import { compareBytes, compareUtf8 } from './compare-values.ts';
import { compareNumbers } from './decimal.ts';

export type KeyType = 'S' | 'N' | 'B';

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** Hash key, and range key where there is one, of a table or of an index. */
export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

/** Where an item stands: partitions by a number drawn from their key, and within them by the range key. */
export interface Position {
  readonly partition: number;
  readonly hash: string;
  readonly range: string;
  /** In an index, several items may share hash and range key: the table's key tells them apart. */
  readonly inTable?: Position;
}

/** How many partition numbers there are; parallel scans divide them among their segments. */
export const partitionCount = 2 ** 32;

/** A number that looks random and is the same at each run (FNV-1a). */
export function partitionOf(hash: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < hash.length; index += 1) {
    state = Math.imul(state ^ hash.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

/** How key values of a type are ordered, in the form that positions hold. */
export function orderOf(type: KeyType): (a: string, b: string) => number {
  switch (type) {
    case 'S':
      return compareUtf8;
    case 'N':
      return compareNumbers;
    case 'B':
      return compareBytes;
  }
}

/** Two positions have one text when they are the same. */
export function positionText({ hash, range }: Position): string {
  return `${hash.length} ${hash}${range}`;
}

export function comparePartitions(a: Position, b: Position): number {
  return a.partition - b.partition || compareBytes(a.hash, b.hash);
}

/** Order of the positions under a schema; for an index, `table` orders items of one key. */
export function positionOrder(schema: KeySchema, table?: KeySchema): (a: Position, b: Position) => number {
  const compareRanges = orderOf(schema.range?.type ?? 'B');
  const compareInTable = table && positionOrder(table);
  return (a, b) =>
    comparePartitions(a, b) ||
    compareRanges(a.range, b.range) ||
    (compareInTable && a.inTable && b.inTable ? compareInTable(a.inTable, b.inTable) : 0);
}
