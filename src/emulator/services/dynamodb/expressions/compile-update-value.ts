import { typeOf, type AttributeValue, type Item } from '../attribute-value.ts';
import { addNumbers, subtractNumbers } from '../decimal.ts';
import { validationException } from '../validation-exception.ts';
import type { Binding } from './binding.ts';
import { checkType, misuse, twoOperands } from './compile-operand.ts';
import { valueAt, type Path } from './document-path.ts';
import { refusal, type Assigned, type ExpressionKind, type Operand } from './syntax.ts';

type Read = (item: Item) => AttributeValue;

const wrongType = () => validationException('An operand in the update expression has an incorrect data type');

/** The right side of SET. What it reads must be there. Throws ValidationException. */
export function compileAssigned(value: Assigned, kind: ExpressionKind, binding: Binding): Read {
  if (value.kind !== 'sum') return compileSource(value, kind, binding);
  const calculate = value.sign === '+' ? addNumbers : subtractNumbers;
  for (const operand of [value.left, value.right]) checkLiteral(value.sign, operand, 'N', kind, binding);
  const left = compileSource(value.left, kind, binding);
  const right = compileSource(value.right, kind, binding);
  return (item) => {
    const [first, second] = [left(item), right(item)];
    if (!('N' in first) || !('N' in second)) throw wrongType();
    return { N: calculate(first.N, second.N) };
  };
}

/** A path, a value, or one of the two functions of updates. */
function compileSource(operand: Operand, kind: ExpressionKind, binding: Binding): Read {
  if (operand.kind === 'value') {
    const value = binding.value(operand.name, kind);
    return () => value;
  }
  if (operand.kind === 'path') {
    const path = binding.path(operand.path, kind);
    return (item) => {
      const value = valueAt(item, path);
      if (value) return value;
      throw validationException(
        'The provided expression refers to an attribute that does not exist in the item',
      );
    };
  }
  if (operand.name === 'if_not_exists') return compileDefault(operand.operands, kind, binding);
  if (operand.name === 'list_append') return compileAppend(operand.operands, kind, binding);
  throw misuse(operand.name, kind);
}

function compileDefault(operands: readonly Operand[], kind: ExpressionKind, binding: Binding): Read {
  const [first, second] = twoOperands('if_not_exists', operands, kind);
  if (first.kind !== 'path') {
    throw refusal(kind, 'Operator or function requires a document path; operator or function: if_not_exists');
  }
  const path = binding.path(first.path, kind);
  const otherwise = compileSource(second, kind, binding);
  return (item) => valueAt(item, path) ?? otherwise(item);
}

function compileAppend(operands: readonly Operand[], kind: ExpressionKind, binding: Binding): Read {
  const [first, second] = twoOperands('list_append', operands, kind);
  for (const operand of operands) checkLiteral('list_append', operand, 'L', kind, binding);
  const [readHead, readTail] = [compileSource(first, kind, binding), compileSource(second, kind, binding)];
  return (item) => {
    const [head, tail] = [readHead(item), readTail(item)];
    if (!('L' in head) || !('L' in tail)) throw wrongType();
    return { L: [...head.L, ...tail.L] };
  };
}

function checkLiteral(
  name: string,
  operand: Operand,
  type: 'N' | 'L',
  kind: ExpressionKind,
  binding: Binding,
) {
  if (operand.kind !== 'value') return;
  const literal = binding.value(operand.name, kind);
  checkType(name, { read: () => literal, literal }, [type], kind);
}

/** ADD: a number on top of a number, members into a set; what is not there yet begins as the value. */
export function compileAdd(path: Path, value: Operand, kind: ExpressionKind, binding: Binding): Read {
  const added = literalOf('ADD', value, ['N', 'SS', 'NS', 'BS'], kind, binding);
  return (item) => {
    const present = valueAt(item, path);
    if (!present) return added;
    if ('N' in present && 'N' in added) return { N: addNumbers(present.N, added.N) };
    return combined(present, added, (members, more) => [...new Set([...members, ...more])]) ?? added;
  };
}

/** DELETE: members out of a set; undefined when none is left, since no set may be empty. */
export function compileDelete(
  path: Path,
  value: Operand,
  kind: ExpressionKind,
  binding: Binding,
): (item: Item) => AttributeValue | undefined {
  const removed = literalOf('DELETE', value, ['SS', 'NS', 'BS'], kind, binding);
  return (item) => {
    const present = valueAt(item, path);
    if (!present) return undefined;
    return combined(present, removed, (members, less) => members.filter((member) => !less.includes(member)));
  };
}

type Combine = (members: readonly string[], others: readonly string[]) => readonly string[];

function combined(
  present: AttributeValue,
  other: AttributeValue,
  combine: Combine,
): AttributeValue | undefined {
  if ('SS' in present && 'SS' in other) return setOf('SS', combine(present.SS, other.SS));
  if ('NS' in present && 'NS' in other) return setOf('NS', combine(present.NS, other.NS));
  if ('BS' in present && 'BS' in other) return setOf('BS', combine(present.BS, other.BS));
  throw wrongType();
}

function setOf(type: 'SS' | 'NS' | 'BS', members: readonly string[]): AttributeValue | undefined {
  if (members.length === 0) return undefined;
  if (type === 'SS') return { SS: members };
  return type === 'NS' ? { NS: members } : { BS: members };
}

const longNames = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
} as const;

function literalOf(
  operator: 'ADD' | 'DELETE',
  operand: Operand,
  types: readonly (keyof typeof longNames)[],
  kind: ExpressionKind,
  binding: Binding,
): AttributeValue {
  const value = binding.value(operand.kind === 'value' ? operand.name : '', kind);
  if (types.includes(typeOf(value))) return value;
  throw refusal(
    kind,
    `Incorrect operand type for operator or function; operator: ${operator}, ` +
      `operand type: ${longNames[typeOf(value)]}, typeSet: ALLOWED_FOR_${operator}_OPERAND`,
  );
}
