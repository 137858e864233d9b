import type { Item } from './attribute-value.ts';
import { attributesOf, keyOf, pick, positionInIndex } from './item-keys.ts';
import { largestItem, sizeOfItem } from './item-size.ts';
import { positionOrder, type Position } from './key-position.ts';
import { entryAt, type Entry, type Index, type Table } from './table.ts';
import { validationException } from './validation-exception.ts';

/** An item that has passed every check of its table and its indexes, so that storing it cannot fail. */
export interface Version {
  readonly entry: Entry;
  readonly inIndexes: ReadonlyMap<Index, Entry>;
}

/** Throws ValidationException when the item is too large or does not fit an index; `tooLarge` says how. */
export function versionOf(table: Table, position: Position, item: Item, tooLarge: string): Version {
  const size = sizeOfItem(item);
  if (size > largestItem) throw validationException(tooLarge);
  const inIndexes = new Map<Index, Entry>();
  for (const index of table.indexes.values()) {
    const entry = projectedEntry(table, index, { position, item, size });
    if (entry) inIndexes.set(index, entry);
  }
  return { entry: { position, item, size }, inIndexes };
}

/** What an index shows of an item; undefined when the item stays out of it. */
export function projectedEntry(table: Table, index: Index, entry: Entry): Entry | undefined {
  const position = positionInIndex(index, entry.item, entry.position);
  if (!position) return undefined;
  if (index.projection.type === 'ALL') return { ...entry, position };
  const item = pick(entry.item, projectedNames(table, index));
  return { position, item, size: sizeOfItem(item) };
}

/** Names of the attributes in an index that does not project all of them. */
export function projectedNames(table: Table, index: Index): ReadonlySet<string> {
  const keys = [...attributesOf(table.schema), ...attributesOf(index.schema)].map(({ name }) => name);
  return new Set([...keys, ...index.projection.nonKeyAttributes]);
}

/** Puts a version in the place of the one before, or takes the item away; the stream tells of it. */
export function store(
  table: Table,
  before: Entry | undefined,
  after: Version | undefined,
  cause: 'request' | 'expiry' = 'request',
): void {
  if (after) table.entries.put(after.entry);
  else if (before) table.entries.remove(before);
  table.bytes += (after?.entry.size ?? 0) - (before?.size ?? 0);
  for (const index of table.indexes.values()) storeInIndex(index, before, after?.inIndexes.get(index));
  if (before) table.timeToLive?.expiries.remove(before);
  if (after) table.timeToLive?.expiries.add(after.entry);
  if (before || after) {
    const keys = keyOf(table.schema, (after?.entry ?? before)?.item ?? {});
    table.stream?.publish({ keys, before: before?.item, after: after?.entry.item, cause });
  }
}

function storeInIndex(index: Index, before: Entry | undefined, after: Entry | undefined) {
  const position = before && positionInIndex(index, before.item, before.position);
  const moved = !after || (position && positionOrder(index.schema)(position, after.position) !== 0);
  if (position && moved) index.entries.remove(entryAt(position));
  if (after) index.entries.put(after);
}
