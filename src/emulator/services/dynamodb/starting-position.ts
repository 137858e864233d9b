import { readItem } from './attribute-value.ts';
import { attributesOf, fitsSchema, pick, positionInIndex, positionOfKey } from './item-keys.ts';
import type { Position } from './key-position.ts';
import type { Index, Table } from './table.ts';
import { validationException } from './validation-exception.ts';

/** The position that ExclusiveStartKey means, whose item may be gone meanwhile. Throws ValidationException. */
export function startingPosition(
  table: Table,
  index: Index | undefined,
  found: unknown,
): Position | undefined {
  if (found === undefined) return undefined;
  const invalid = () => validationException('The provided starting key is invalid');
  const key = readItem(found);
  const tableKeys = attributesOf(table.schema).map(({ name }) => name);
  const indexKeys = index ? attributesOf(index.schema).map(({ name }) => name) : [];
  const expected = new Set([...tableKeys, ...indexKeys]);
  const complete = fitsSchema(table.schema, key) && (!index || fitsSchema(index.schema, key));
  if (!complete || Object.keys(key).length !== expected.size) throw invalid();
  const inTable = positionOfKey(table.schema, pick(key, tableKeys));
  return index ? positionInIndex(index, key, inTable) : inTable;
}
