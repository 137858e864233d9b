import { InvalidEventPattern, isScalar, matcherFrom, type Test } from './pattern-matchers.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A pattern of EventBridge, compiled once for the many events that it is held against. */
export interface EventPattern {
  matches(event: Fields): boolean;
  /** The only values of `source` that can match; undefined when there may be others. */
  readonly sources: readonly string[] | undefined;
}

/** Throws InvalidEventPattern, in the words of EventBridge. */
export function compilePattern(pattern: unknown): EventPattern {
  if (!isObject(pattern)) throw new InvalidEventPattern('Filter is not an object');
  return { matches: compileObject(pattern), sources: exactTexts(pattern['source']) };
}

/** Reads a pattern as rules hold it, in JSON. Throws InvalidEventPattern. */
export function parsePattern(text: string): EventPattern {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw new InvalidEventPattern('Filter is not an object');
  }
  return compilePattern(pattern);
}

function exactTexts(matchers: unknown): readonly string[] | undefined {
  if (!Array.isArray(matchers)) return undefined;
  const texts = matchers.filter((matcher) => typeof matcher === 'string');
  return texts.length === matchers.length ? texts : undefined;
}

type FieldsTest = (fields: Fields) => boolean;

/** All fields must match; among the alternatives of `$or`, one. */
function compileObject(pattern: Fields): FieldsTest {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new InvalidEventPattern('Empty objects are not allowed');
  const tests = entries.map(([key, part]) => (key === '$or' ? compileOr(part) : compileField(key, part)));
  return (fields) => {
    for (const test of tests) if (!test(fields)) return false;
    return true;
  };
}

function compileOr(alternatives: unknown): FieldsTest {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isObject))
    throw new InvalidEventPattern('"$or" must be an array of two objects or more');
  const tests = alternatives.map(compileObject);
  return (fields) => tests.some((test) => test(fields));
}

function compileField(key: string, part: unknown): FieldsTest {
  if (Array.isArray(part)) {
    const test = compileLeaf(part);
    return (fields) => test(fields[key]);
  }
  if (!isObject(part)) throw new InvalidEventPattern(`"${key}" must be an object or an array`);
  const test = compileObject(part);
  return (fields) => anyElement(fields[key], test);
}

/** Where the event has a list of objects, one of them must match as a whole; what is no object has no fields. */
function anyElement(value: unknown, test: FieldsTest): boolean {
  if (!Array.isArray(value)) return test(isObject(value) ? value : {});
  return value.length === 0 ? test({}) : value.some((element) => anyElement(element, test));
}

/** One of the matchers must accept the value, or one element of it where the event has a list. */
function compileLeaf(matchers: readonly unknown[]): Test {
  if (matchers.length === 0) throw new InvalidEventPattern('Empty arrays are not allowed');
  const exact = new Set<unknown>(matchers.filter(isScalar));
  const others = matchers.filter((matcher) => !isScalar(matcher));
  const tests = others.map(matcherFrom);
  const acceptsAbsence = others.some(isAbsence);
  const accepts = (value: unknown) => exact.has(value) || tests.some((test) => test(value));
  return (value) => {
    if (isScalar(value)) return accepts(value);
    const leaves = leavesOf(value);
    return leaves.length === 0 ? acceptsAbsence : leaves.some(accepts);
  };
}

function isAbsence(matcher: unknown): boolean {
  return isObject(matcher) && matcher['exists'] === false;
}

/** Objects hold no value themselves: for a pattern they are not there. */
function leavesOf(value: unknown): readonly unknown[] {
  if (isScalar(value)) return [value];
  return Array.isArray(value) ? value.flatMap(leavesOf) : [];
}

function isObject(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
