import { typeOf, type AttributeType, type AttributeValue, type Item } from '../attribute-value.ts';
import type { Binding } from './binding.ts';
import { valueAt, type Path } from './document-path.ts';
import { refusal, type ExpressionKind, type Operand } from './syntax.ts';

/** An operand with names and values bound: how to read it off an item, and what is known before. */
export interface BoundOperand {
  readonly read: (item: Item) => AttributeValue | undefined;
  readonly path?: Path;
  readonly literal?: AttributeValue;
}

/** A path, a value, or the size of one: no other function can be compared. Throws ValidationException. */
export function bindOperand(operand: Operand, kind: ExpressionKind, binding: Binding): BoundOperand {
  switch (operand.kind) {
    case 'path': {
      const path = binding.path(operand.path, kind);
      return { read: (item) => valueAt(item, path), path };
    }
    case 'value': {
      const literal = binding.value(operand.name, kind);
      return { read: () => literal, literal };
    }
    case 'call':
      if (operand.name !== 'size') throw misuse(operand.name, kind);
      return bindSize(operand.operands, kind, binding);
  }
}

/** Throws ValidationException, for a function that is not known or not where it stands. */
export function misuse(name: string, kind: ExpressionKind) {
  return conditionFunctions.has(name)
    ? refusal(kind, `The function is not allowed to be used this way in an expression; function: ${name}`)
    : refusal(kind, `Invalid function name; function: ${name}`);
}

const conditionFunctions = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
  'if_not_exists',
  'list_append',
]);

/** Throws ValidationException when a function has been given more or fewer operands. */
export function oneOperand(name: string, operands: readonly Operand[], kind: ExpressionKind): Operand {
  const [operand] = operands;
  if (!operand || operands.length !== 1) throw wrongCount(name, operands, kind);
  return operand;
}

/** Throws ValidationException when a function has been given more or fewer operands. */
export function twoOperands(
  name: string,
  operands: readonly Operand[],
  kind: ExpressionKind,
): readonly [Operand, Operand] {
  const [first, second] = operands;
  if (!first || !second || operands.length !== 2) throw wrongCount(name, operands, kind);
  return [first, second];
}

function wrongCount(name: string, operands: readonly Operand[], kind: ExpressionKind) {
  return refusal(
    kind,
    'Incorrect number of operands for operator or function; ' +
      `operator or function: ${name}, number of operands: ${operands.length}`,
  );
}

/** What is known of a literal's type must be among those that the operator or function takes. */
export function checkType(
  name: string,
  { literal }: BoundOperand,
  types: readonly AttributeType[],
  kind: ExpressionKind,
) {
  if (!literal || types.includes(typeOf(literal))) return;
  throw refusal(
    kind,
    'Incorrect operand type for operator or function; ' +
      `operator or function: ${name}, operand type: ${typeOf(literal)}`,
  );
}

function bindSize(operands: readonly Operand[], kind: ExpressionKind, binding: Binding): BoundOperand {
  const operand = bindOperand(oneOperand('size', operands, kind), kind, binding);
  checkType('size', operand, ['S', 'B', 'SS', 'NS', 'BS', 'L', 'M'], kind);
  return {
    read(item) {
      const value = operand.read(item);
      const size = value && sizeOf(value);
      return size === undefined ? undefined : { N: String(size) };
    },
  };
}

/** Characters, bytes or members; numbers, booleans and null have no size. */
function sizeOf(value: AttributeValue): number | undefined {
  if ('S' in value) return value.S.length;
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('SS' in value) return value.SS.length;
  if ('NS' in value) return value.NS.length;
  if ('BS' in value) return value.BS.length;
  if ('L' in value) return value.L.length;
  return 'M' in value ? Object.keys(value.M).length : undefined;
}
