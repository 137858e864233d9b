import { AwsError } from '../../aws-error.ts';
import { canonicalNumber } from './decimal.ts';
import { invalidParameter, validationException } from './validation-exception.ts';

/** A value as the wire carries it: numbers are text, binaries base64 text. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** Items are never changed in place: images in streams and answers share them. */
export type Item = { readonly [name: string]: AttributeValue };

export const attributeTypes = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'] as const;
export type AttributeType = (typeof attributeTypes)[number];

const knownTypes = new Set<string>(attributeTypes);
const isType = (name: string): name is AttributeType => knownTypes.has(name);

const deepestNesting = 32;

/** Undefined for names that only the prototype of objects knows. */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) if (isType(type)) return type;
  throw new TypeError('An attribute value without a type');
}

/** An item from outside, each number in its canonical form. Throws ValidationException. */
export function readItem(found: unknown, depth = 1): Item {
  if (!isRecord(found)) throw serialization('Start of list found where not expected');
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, readValue(value, depth)]));
}

/** A value from outside, its number in canonical form. Throws ValidationException or SerializationException. */
export function readValue(found: unknown, depth = 1): AttributeValue {
  if (!isRecord(found)) throw serialization('Unexpected value type in payload');
  const type = onlyTypeOf(found);
  if (depth > deepestNesting) throw validationException('Nesting Levels have exceeded supported limits');
  return readTyped(type, found[type], depth);
}

function onlyTypeOf(found: Readonly<Record<string, unknown>>): AttributeType {
  const rule = 'must contain exactly one of the supported datatypes';
  let only: AttributeType | undefined;
  for (const name in found) {
    if (!isType(name) || found[name] === undefined || found[name] === null) continue;
    if (only) throw validationException(`Supplied AttributeValue has more than one datatypes set, ${rule}`);
    only = name;
  }
  if (!only) throw validationException(`Supplied AttributeValue is empty, ${rule}`);
  return only;
}

function readTyped(type: AttributeType, value: unknown, depth: number): AttributeValue {
  switch (type) {
    case 'S':
      return { S: text(value) };
    case 'N':
      return { N: canonicalNumber(text(value)) };
    case 'B':
      return { B: base64(value) };
    case 'BOOL':
      return { BOOL: flag(value) };
    case 'NULL':
      if (!flag(value)) throw invalidParameter('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'SS':
      return { SS: distinct(list(value).map(text), 'An string set  may not be empty') };
    case 'NS':
      return { NS: distinct(list(value).map(text).map(canonicalNumber), 'An number set  may not be empty') };
    case 'BS':
      return { BS: distinct(list(value).map(base64), 'Binary sets should not be empty') };
    case 'L':
      return { L: list(value).map((member) => readValue(member, depth + 1)) };
    case 'M':
      return { M: readItem(value, depth + 1) };
  }
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw serialization(`${jsonType(value)} cannot be converted to String`);
}

function flag(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw serialization(`${jsonType(value)} cannot be converted to Boolean`);
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw serialization(`Unexpected field type: ${jsonType(value)}`);
}

function base64(value: unknown): string {
  const encoded = text(value);
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(encoded) && encoded.length % 4 === 0) return encoded;
  throw serialization(`'${encoded}' can not be converted to a Blob: it is no base64`);
}

function distinct(members: readonly string[], whenEmpty: string): readonly string[] {
  if (members.length === 0) throw invalidParameter(whenEmpty);
  if (new Set(members).size === members.length) return members;
  throw invalidParameter(`Input collection [${members.join(', ')}] contains duplicates.`);
}

function jsonType(value: unknown): string {
  if (typeof value === 'number') return 'NUMBER_VALUE';
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return typeof value === 'string' ? 'STRING_VALUE' : 'Start of structure or map';
}

function serialization(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
