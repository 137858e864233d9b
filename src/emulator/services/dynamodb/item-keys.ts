import { attributeOf, readItem, typeOf, type AttributeValue, type Item } from './attribute-value.ts';
import { bytesOf } from './compare-values.ts';
import {
  partitionOf,
  type KeyAttribute,
  type KeySchema,
  type KeyType,
  type Position,
} from './key-position.ts';
import { invalidParameter, validationException } from './validation-exception.ts';

const longestHashKey = 2048;
const longestRangeKey = 1024;

const mismatch = () => validationException('The provided key element does not match the schema');

/** The position that a whole item takes in its table. Throws ValidationException. */
export function positionOfItem(schema: KeySchema, item: Item): Position {
  const value = (key: KeyAttribute) => {
    const found = attributeOf(item, key.name);
    if (!found) throw invalidParameter(`Missing the key ${key.name} in the item`);
    return scalarOf(key, found, (actual) =>
      invalidParameter(`Type mismatch for key ${key.name} expected: ${key.type} actual: ${actual}`),
    );
  };
  return position(schema, value);
}

/** The position that a request's `Key` names, which must have the attributes of the schema and no others. */
export function positionOfKey(schema: KeySchema, found: unknown): Position {
  if (found === undefined) throw validationException('Key is a required parameter');
  const key = readItem(found);
  if (Object.keys(key).length !== attributesOf(schema).length) throw mismatch();
  const value = (attribute: KeyAttribute) => {
    const given = attributeOf(key, attribute.name);
    if (!given) throw mismatch();
    return scalarOf(attribute, given, mismatch);
  };
  return position(schema, value);
}

/**
 * The position that an item takes in an index; undefined when it lacks a key of the index and stays out of it.
 * Throws ValidationException when a key of the index has another type.
 */
export function positionInIndex(
  index: { readonly name: string; readonly schema: KeySchema },
  item: Item,
  inTable: Position,
): Position | undefined {
  if (attributesOf(index.schema).some(({ name }) => !attributeOf(item, name))) return undefined;
  const value = (key: KeyAttribute) =>
    scalarOf(key, attributeOf(item, key.name) ?? { NULL: true }, (actual) =>
      invalidParameter(
        `Type mismatch for Index Key ${key.name} Expected: ${key.type} Actual: ${actual} IndexName: ${index.name}`,
      ),
    );
  return { ...position(index.schema, value), inTable };
}

/** Whether an item has all keys of a schema, each of its type. */
export function fitsSchema(schema: KeySchema, item: Item): boolean {
  return attributesOf(schema).every(({ name, type }) => {
    const value = attributeOf(item, name);
    return value !== undefined && Boolean(ofType(type, value));
  });
}

export function attributesOf({ hash, range }: KeySchema): readonly KeyAttribute[] {
  return range ? [hash, range] : [hash];
}

/** The attributes of an item that make its key. */
export function keyOf(schema: KeySchema, item: Item): Item {
  return pick(
    item,
    attributesOf(schema).map(({ name }) => name),
  );
}

export function pick(item: Item, names: Iterable<string>): Item {
  const entries: [string, AttributeValue][] = [];
  for (const name of names) {
    const value = attributeOf(item, name);
    if (value) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/** A key value in the form that positions hold. Throws what `otherwise` makes of the type found. */
export function scalarOf(
  { name, type }: KeyAttribute,
  value: AttributeValue,
  otherwise: (actual: string) => Error,
): string {
  const scalar = ofType(type, value);
  if (scalar === undefined) throw otherwise(typeOf(value));
  if (scalar === '') {
    throw validationException(
      'One or more parameter values are not valid. ' +
        `The AttributeValue for a key attribute cannot contain an empty ${type === 'S' ? 'string' : 'binary'} value. ` +
        `Key: ${name}`,
    );
  }
  return scalar;
}

function ofType(type: KeyType, value: AttributeValue): string | undefined {
  if (type === 'S' && 'S' in value) return value.S;
  if (type === 'N' && 'N' in value) return value.N;
  return type === 'B' && 'B' in value ? bytesOf(value.B) : undefined;
}

function position(schema: KeySchema, value: (key: KeyAttribute) => string): Position {
  const hash = value(schema.hash);
  const range = schema.range ? value(schema.range) : '';
  if (bytes(schema.hash, hash) > longestHashKey) {
    throw invalidParameter('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (schema.range && bytes(schema.range, range) > longestRangeKey) {
    throw invalidParameter('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
  }
  return { partition: partitionOf(hash), hash, range };
}

function bytes({ type }: KeyAttribute, scalar: string): number {
  return type === 'S' ? Buffer.byteLength(scalar) : scalar.length;
}
