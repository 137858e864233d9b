import { notImplemented } from '../aws-error.ts';
import { matchesArn, matchesGlob } from './glob.ts';

/** One test of a statement's Condition: the operator, the key in lower case, and the values that it may have. */
export interface Condition {
  readonly use: OperatorUse;
  readonly key: string;
  readonly values: readonly string[];
}

/** An operator as a policy uses it: `ForAnyValue:StringLikeIfExists`. */
export interface OperatorUse {
  readonly operator: string;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
}

/** What is known of a request, by condition key in lower case; undefined when the request lacks it. */
export type ConditionKeys = ReadonlyMap<string, string | undefined>;

type Test = (expected: string, actual: string) => boolean;

const numeric =
  (compare: (actual: number, expected: number) => boolean): Test =>
  (expected, actual) =>
    compare(Number(actual), Number(expected));

const dated =
  (compare: (actual: number, expected: number) => boolean): Test =>
  (expected, actual) =>
    compare(instant(actual), instant(expected));

const instant = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const ignoringCase: Test = (expected, actual) => expected.toLowerCase() === actual.toLowerCase();

const tests: Readonly<Record<string, Test>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringEqualsIgnoreCase: ignoringCase,
  StringLike: matchesGlob,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: ignoringCase,
  NumericEquals: numeric((actual, expected) => actual === expected),
  NumericLessThan: numeric((actual, expected) => actual < expected),
  NumericLessThanEquals: numeric((actual, expected) => actual <= expected),
  NumericGreaterThan: numeric((actual, expected) => actual > expected),
  NumericGreaterThanEquals: numeric((actual, expected) => actual >= expected),
  DateEquals: dated((actual, expected) => actual === expected),
  DateLessThan: dated((actual, expected) => actual < expected),
  DateLessThanEquals: dated((actual, expected) => actual <= expected),
  DateGreaterThan: dated((actual, expected) => actual > expected),
  DateGreaterThanEquals: dated((actual, expected) => actual >= expected),
};

const negations: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** AWS knows them; the local cloud refuses to evaluate them. */
const unsupported = ['IpAddress', 'NotIpAddress', 'BinaryEquals'];

const operators = new Set([...Object.keys(tests), ...Object.keys(negations), ...unsupported, 'Null']);

const operatorPattern = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

/** Whether AWS has the operator, with its quantifier and its suffix `IfExists`. */
export function isOperator(written: string): boolean {
  const match = operatorPattern.exec(written);
  return operators.has(match?.[2] ?? '') && !(match?.[2] === 'Null' && match[3] !== undefined);
}

/** Takes an operator apart that AWS has. */
export function readOperator(written: string): OperatorUse {
  const [, quantifier, operator = written, suffix] = operatorPattern.exec(written) ?? [];
  return {
    operator,
    quantifier: quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : undefined,
    ifExists: suffix !== undefined,
  };
}

/** Whether a condition is met. Throws NotImplemented (501) for a key or an operator that the local cloud lacks. */
export function isMet(condition: Condition, keys: ConditionKeys): boolean {
  const { use, key, values } = condition;
  const { operator } = use;
  if (!keys.has(key)) throw notImplemented('iam', `the condition key ${key}`);
  const actual = keys.get(key);
  if (operator === 'Null') {
    return values.some((absent) => (absent.toLowerCase() === 'true') === (actual === undefined));
  }
  const negated = negations[operator];
  const test = tests[negated ?? operator];
  if (!test) throw notImplemented('iam', `the condition operator ${operator}`);
  if (actual === undefined) return isMetByAbsence(use, negated !== undefined);
  return values.some((expected) => test(expected, actual)) !== (negated !== undefined);
}

function isMetByAbsence({ quantifier, ifExists }: OperatorUse, negated: boolean): boolean {
  if (ifExists || quantifier === 'ForAllValues') return true;
  return negated && quantifier === undefined;
}
