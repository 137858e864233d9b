import { typeOf, type AttributeType, type AttributeValue } from '../attribute-value.ts';
import { compareValues, sameValue } from '../compare-values.ts';
import type { Binding } from './binding.ts';
import { compileFunction, type Predicate } from './compile-function.ts';
import { bindOperand, checkType, type BoundOperand } from './compile-operand.ts';
import { pathText, samePath } from './document-path.ts';
import { refusal, type Comparator, type Condition, type ExpressionKind } from './syntax.ts';

const ordered: readonly AttributeType[] = ['S', 'N', 'B'];
const mostChoices = 100;

/** Throws ValidationException for whatever can be known to be wrong before an item is seen. */
export function compileCondition(condition: Condition, kind: ExpressionKind, binding: Binding): Predicate {
  switch (condition.kind) {
    case 'and': {
      const [left, right] = both(condition, kind, binding);
      return (item) => left(item) && right(item);
    }
    case 'or': {
      const [left, right] = both(condition, kind, binding);
      return (item) => left(item) || right(item);
    }
    case 'not': {
      const inner = compileCondition(condition.condition, kind, binding);
      return (item) => !inner(item);
    }
    case 'compare':
      return compileComparison(condition, kind, binding);
    case 'between':
      return compileBetween(condition, kind, binding);
    case 'in':
      return compileIn(condition, kind, binding);
    case 'call':
      return compileFunction(condition.name, condition.operands, kind, binding);
  }
}

function both(
  { left, right }: { readonly left: Condition; readonly right: Condition },
  kind: ExpressionKind,
  binding: Binding,
): [Predicate, Predicate] {
  return [compileCondition(left, kind, binding), compileCondition(right, kind, binding)];
}

function compileComparison(
  { comparator, left: first, right: second }: Extract<Condition, { kind: 'compare' }>,
  kind: ExpressionKind,
  binding: Binding,
): Predicate {
  const [left, right] = [bindOperand(first, kind, binding), bindOperand(second, kind, binding)];
  if (left.path && right.path && samePath(left.path, right.path)) {
    throw refusal(
      kind,
      'The first operand must be distinct from the remaining operands for this operator or function; ' +
        `operator: ${comparator}, first operand: ${pathText(left.path)}`,
    );
  }
  if (comparator !== '=' && comparator !== '<>') {
    for (const operand of [left, right]) checkType(comparator, operand, ordered, kind);
  }
  const holds = comparisons[comparator];
  return (item) => holds(left.read(item), right.read(item));
}

type Comparison = (left: AttributeValue | undefined, right: AttributeValue | undefined) => boolean;

/** Two values of different types are unequal, and neither is before the other. */
const comparisons: Readonly<Record<Comparator, Comparison>> = {
  '=': (left, right) => left !== undefined && right !== undefined && sameValue(left, right),
  '<>': (left, right) => left === undefined || right === undefined || !sameValue(left, right),
  '<': (left, right) => order(left, right, (difference) => difference < 0),
  '<=': (left, right) => order(left, right, (difference) => difference <= 0),
  '>': (left, right) => order(left, right, (difference) => difference > 0),
  '>=': (left, right) => order(left, right, (difference) => difference >= 0),
};

function order(
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
  holds: (difference: number) => boolean,
): boolean {
  const difference = left && right && compareValues(left, right);
  return difference !== undefined && holds(difference);
}

function compileBetween(
  condition: Extract<Condition, { kind: 'between' }>,
  kind: ExpressionKind,
  binding: Binding,
): Predicate {
  const operand = bindOperand(condition.operand, kind, binding);
  const lower = bindOperand(condition.lower, kind, binding);
  const upper = bindOperand(condition.upper, kind, binding);
  for (const each of [operand, lower, upper]) checkType('BETWEEN', each, ordered, kind);
  checkBounds(lower, upper, kind);
  return (item) => {
    const value = operand.read(item);
    return comparisons['>='](value, lower.read(item)) && comparisons['<='](value, upper.read(item));
  };
}

/** Bounds that are known already must be of one type and in order. Throws ValidationException. */
function checkBounds(
  { literal: lower }: BoundOperand,
  { literal: upper }: BoundOperand,
  kind: ExpressionKind,
) {
  if (!lower || !upper) return;
  const difference = compareValues(lower, upper);
  if (difference !== undefined && difference <= 0) return;
  const rule =
    difference === undefined
      ? 'same data type for lower and upper bounds'
      : 'upper bound to be greater than or equal to lower bound';
  throw refusal(
    kind,
    `The BETWEEN operator requires ${rule}; lower bound operand: AttributeValue: ${valueText(lower)}, ` +
      `upper bound operand: AttributeValue: ${valueText(upper)}`,
  );
}

function valueText(value: AttributeValue): string {
  return `{${typeOf(value)}:${String(Object.values(value)[0])}}`;
}

function compileIn(
  condition: Extract<Condition, { kind: 'in' }>,
  kind: ExpressionKind,
  binding: Binding,
): Predicate {
  const operand = bindOperand(condition.operand, kind, binding);
  const choices = condition.choices.map((choice) => bindOperand(choice, kind, binding));
  if (choices.length > mostChoices) {
    throw refusal(
      kind,
      `Too many operands for operator or function; operator or function: IN, number of operands: ${choices.length + 1}`,
    );
  }
  return (item) => {
    const value = operand.read(item);
    return choices.some((choice) => comparisons['='](value, choice.read(item)));
  };
}
