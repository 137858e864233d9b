import { typeOf, type AttributeValue } from '../attribute-value.ts';
import { scalarOf } from '../item-keys.ts';
import { orderOf, partitionOf, type KeyAttribute, type KeySchema, type Position } from '../key-position.ts';
import { invalidParameter, validationException } from '../validation-exception.ts';
import type { Binding } from './binding.ts';
import { refusal, type Condition, type Operand } from './syntax.ts';

/** Where a position stands to what is asked for: before it, in it, or after it. */
export type Placement = (position: Position) => number;

export interface KeyCondition {
  readonly partition: Pick<Position, 'partition' | 'hash'>;
  /** Of a range key to the condition on range keys; all are inside when there is none. */
  readonly placeRange: (range: string) => number;
}

const kind = 'KeyConditionExpression';

/** One value of the hash key, and at most one condition on the range key. Throws ValidationException. */
export function keyConditionOf(condition: Condition, schema: KeySchema, binding: Binding): KeyCondition {
  const parts = partsOf(condition).map((part) => keyPart(part, binding));
  const hashParts = parts.filter(({ name }) => name === schema.hash.name);
  const rangeParts = parts.filter(({ name }) => name === schema.range?.name);
  if (hashParts.length > 1 || rangeParts.length > 1) {
    throw validationException('KeyConditionExpressions must only contain one condition per key');
  }
  const [hash] = hashParts;
  if (!hash) throw validationException(`Query condition missed key schema element: ${schema.hash.name}`);
  if (hash.operator !== '=') throw validationException('Query key condition not supported');
  const [range] = rangeParts;
  if (parts.length > hashParts.length + rangeParts.length) throw missed(schema, range);
  const value = keyValue(schema.hash, hash.values[0]);
  return {
    partition: { partition: partitionOf(value), hash: value },
    placeRange: schema.range && range ? rangePlacement(schema.range, range) : () => 0,
  };
}

interface KeyPart {
  readonly name: string;
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'BETWEEN' | 'begins_with';
  readonly values: readonly AttributeValue[];
}

function missed(schema: KeySchema, range: KeyPart | undefined) {
  return schema.range && !range
    ? validationException(`Query condition missed key schema element: ${schema.range.name}`)
    : validationException('Query key condition not supported');
}

function partsOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? [...partsOf(condition.left), ...partsOf(condition.right)] : [condition];
}

function keyPart(condition: Condition, binding: Binding): KeyPart {
  const unusable = (operator: string) =>
    refusal(kind, `Invalid operator used in KeyConditionExpression: ${operator}`);
  switch (condition.kind) {
    case 'compare':
      if (condition.comparator === '<>') throw unusable('<>');
      return part(condition.comparator, condition.left, [condition.right], binding);
    case 'between':
      return part('BETWEEN', condition.operand, [condition.lower, condition.upper], binding);
    case 'call': {
      if (condition.name !== 'begins_with') throw unusable(condition.name);
      const [operand, ...values] = condition.operands;
      return part('begins_with', operand, values, binding);
    }
    case 'or':
    case 'not':
    case 'and':
    case 'in':
      throw unusable(condition.kind.toUpperCase());
  }
}

function part(
  operator: KeyPart['operator'],
  key: Operand | undefined,
  operands: readonly Operand[],
  binding: Binding,
): KeyPart {
  const path = key?.kind === 'path' ? binding.path(key.path, kind) : [];
  const [name] = path;
  if (path.length > 1) {
    throw refusal(kind, 'KeyConditionExpressions cannot have conditions on nested attributes');
  }
  if (typeof name !== 'string') {
    throw refusal(
      kind,
      `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
    );
  }
  const values = operands.map((operand) => {
    if (operand.kind === 'value') return binding.value(operand.name, kind);
    throw refusal(kind, 'Multiple attribute names used in one condition');
  });
  return { name, operator, values };
}

function keyValue(key: KeyAttribute, value: AttributeValue | undefined): string {
  return scalarOf(key, value ?? { NULL: true }, () =>
    invalidParameter('Condition parameter type does not match schema type'),
  );
}

function rangePlacement(key: KeyAttribute, { operator, values }: KeyPart): (range: string) => number {
  const compare = orderOf(key.type);
  const [first = '', second = ''] = values.map((value) => keyValue(key, value));
  switch (operator) {
    case '=':
      return (range) => compare(range, first);
    case '<':
      return (range) => (compare(range, first) < 0 ? 0 : 1);
    case '<=':
      return (range) => (compare(range, first) <= 0 ? 0 : 1);
    case '>':
      return (range) => (compare(range, first) > 0 ? 0 : -1);
    case '>=':
      return (range) => (compare(range, first) >= 0 ? 0 : -1);
    case 'BETWEEN':
      if (compare(first, second) > 0) throw boundsOutOfOrder(values);
      return (range) => (compare(range, first) < 0 ? -1 : compare(range, second) > 0 ? 1 : 0);
    case 'begins_with':
      if (key.type === 'N') throw wrongPrefix(values);
      return (range) => (range.startsWith(first) ? 0 : compare(range, first));
  }
}

function boundsOutOfOrder([lower, upper]: readonly AttributeValue[]) {
  const text = (value: AttributeValue | undefined) =>
    value ? `{${typeOf(value)}:${String(Object.values(value)[0])}}` : '';
  return refusal(
    kind,
    'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ' +
      `lower bound operand: AttributeValue: ${text(lower)}, upper bound operand: AttributeValue: ${text(upper)}`,
  );
}

function wrongPrefix([value]: readonly AttributeValue[]) {
  const type = value ? typeOf(value) : '';
  return refusal(
    kind,
    `Incorrect operand type for operator or function; operator or function: begins_with, operand type: ${type}`,
  );
}
