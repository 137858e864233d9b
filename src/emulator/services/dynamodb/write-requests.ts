import type { Delete, Put, Update } from '@aws-sdk/client-dynamodb';
import { readItem, type Item } from './attribute-value.ts';
import { bindingOf, type Binding, type ExpressionParameters } from './expressions/binding.ts';
import { compileCondition } from './expressions/compile-condition.ts';
import type { Predicate } from './expressions/compile-function.ts';
import { compileUpdate, type BoundUpdate } from './expressions/compile-update.ts';
import type { Path } from './expressions/document-path.ts';
import { parseCondition } from './expressions/parse-condition.ts';
import { parseUpdate } from './expressions/parse-update.ts';
import { attributesOf, keyOf, positionOfItem, positionOfKey } from './item-keys.ts';
import type { OnWire } from './on-wire.ts';
import type { Table } from './table.ts';
import { constraintViolated, invalidParameter } from './validation-exception.ts';
import type { Write } from './write.ts';

/** Transactions let names and values pass that belong to no expression at all; single requests do not. */
export type Strictness = 'strict' | 'lenient';

const tooLargeToPut = 'Item size has exceeded the maximum allowed size';
const tooLargeToUpdate = 'Item size to update has exceeded the maximum allowed size';

/** Each of these throws ValidationException for what is wrong in the request itself. */
export function putRequest(table: Table, input: Partial<OnWire<Put>>, strictness: Strictness): Write {
  if (input.Item === undefined) throw constraintViolated(undefined, 'item', 'Member must not be null');
  const item = readItem(input.Item);
  const binding = conditionBinding(input, strictness);
  const condition = conditionFrom(input, binding);
  binding.checkAllUsed();
  return {
    table,
    position: positionOfItem(table.schema, item),
    condition,
    whenRefused: whenRefused(input),
    change: () => item,
    tooLarge: tooLargeToPut,
  };
}

export function deleteRequest(table: Table, input: Partial<OnWire<Delete>>, strictness: Strictness): Write {
  const binding = conditionBinding(input, strictness);
  const condition = conditionFrom(input, binding);
  binding.checkAllUsed();
  return {
    table,
    position: positionOfKey(table.schema, input.Key),
    condition,
    whenRefused: whenRefused(input),
    change: () => undefined,
    tooLarge: '',
  };
}

/** A condition that is checked beside other writes of a transaction, and writes nothing itself. */
export function checkRequest(table: Table, input: Partial<OnWire<Delete>>): Write {
  return { ...deleteRequest(table, input, 'strict'), change: (before) => before };
}

export interface UpdateWrite extends Write {
  /** What the update touches, for answers that show just that. */
  readonly paths: readonly Path[];
}

export function updateRequest(
  table: Table,
  input: Partial<OnWire<Update>>,
  strictness: Strictness,
): UpdateWrite {
  const { UpdateExpression: text, ConditionExpression: conditionText } = input;
  const none = text === undefined && conditionText === undefined && strictness === 'strict';
  const binding = bindingOf(input, none ? 'UpdateExpression is null' : undefined);
  const kind = 'UpdateExpression';
  const update = text === undefined ? noUpdate : compileUpdate(parseUpdate(text, kind), kind, binding);
  const condition = conditionFrom(input, binding);
  if (!none) binding.checkAllUsed();
  refuseKeys(table, update.paths);
  return {
    table,
    position: positionOfKey(table.schema, input.Key),
    condition,
    whenRefused: whenRefused(input),
    change(before) {
      if (!before && update !== noUpdate && update.onlyTakesAway) return undefined;
      return update.apply(before ?? keyOf(table.schema, readItem(input.Key)));
    },
    tooLarge: tooLargeToUpdate,
    paths: update.paths,
  };
}

/** An update without an expression brings an item into being that has just its key. */
const noUpdate: BoundUpdate = { apply: (item) => item, paths: [], onlyTakesAway: false };

function refuseKeys(table: Table, paths: readonly Path[]) {
  const keys = attributesOf(table.schema).map(({ name }) => name);
  const key = keys.find((name) => paths.some(([head]) => head === name));
  if (key === undefined) return;
  throw invalidParameter(`Cannot update attribute ${key}. This attribute is part of the key`);
}

type Conditional = ExpressionParameters & {
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
};

function conditionBinding(input: Conditional, strictness: Strictness): Binding {
  if (input.ConditionExpression !== undefined) return bindingOf(input);
  return strictness === 'strict' ? bindingOf(input, 'ConditionExpression is null') : bindingOf({});
}

function conditionFrom({ ConditionExpression: text }: Conditional, binding: Binding): Predicate {
  const kind = 'ConditionExpression';
  return text === undefined ? () => true : compileCondition(parseCondition(text, kind), kind, binding);
}

function whenRefused({
  ReturnValuesOnConditionCheckFailure: asked = 'NONE',
}: Conditional): 'NONE' | 'ALL_OLD' {
  if (asked === 'NONE' || asked === 'ALL_OLD') return asked;
  const rule = 'Member must satisfy enum value set: [ALL_OLD, NONE]';
  throw constraintViolated(asked, 'returnValuesOnConditionCheckFailure', rule);
}

/** The attributes of an item that an answer shows, which leaves the member out when there are none. */
export function shown(item: Item | undefined): { readonly Attributes?: Item } {
  return item && Object.keys(item).length > 0 ? { Attributes: item } : {};
}
