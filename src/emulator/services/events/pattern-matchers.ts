import { BlockList, isIP } from 'node:net';

/** Whether a value of an event is what a pattern asks for. */
export type Test = (value: unknown) => boolean;
export type Scalar = string | number | boolean | null;

/** Tells the reason in the words of EventBridge. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPattern';
  readonly reason: string;
  constructor(reason: string) {
    super(`Event pattern is not valid. Reason: ${reason}`);
    this.reason = reason;
  }
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The comparison that `{"prefix": "x"}` and the like ask of one value. Throws InvalidEventPattern. */
export function matcherFrom(matcher: unknown): Test {
  const entries = matcher !== null && typeof matcher === 'object' ? Object.entries(matcher) : [];
  const [entry] = entries;
  if (!entry || entries.length > 1 || Array.isArray(matcher)) {
    throw new InvalidEventPattern('Only one key allowed in match expression');
  }
  const [kind, operand] = entry;
  const make = Object.hasOwn(matchers, kind) ? matchers[kind] : undefined;
  if (!make) throw new InvalidEventPattern(`Unrecognized match type ${kind}`);
  return make(operand);
}

const matchers: Readonly<Record<string, (operand: unknown) => Test>> = {
  prefix: (operand) => affix('prefix', operand, (value, start) => value.startsWith(start)),
  suffix: (operand) => affix('suffix', operand, (value, end) => value.endsWith(end)),
  'equals-ignore-case': equalsIgnoringCase,
  wildcard,
  'anything-but': anythingBut,
  numeric,
  // Absence is seen where the field is looked up: a value that is there satisfies `true` only.
  exists: (operand) => {
    if (typeof operand !== 'boolean')
      throw new InvalidEventPattern('exists match pattern must be either true or false.');
    return () => operand;
  },
  cidr,
};

function affix(kind: string, operand: unknown, compare: (value: string, affix: string) => boolean): Test {
  if (typeof operand === 'string') return (value) => typeof value === 'string' && compare(value, operand);
  const text =
    operand !== null && typeof operand === 'object' && 'equals-ignore-case' in operand
      ? operand['equals-ignore-case']
      : undefined;
  if (typeof text !== 'string') throw new InvalidEventPattern(`${kind} match pattern must be a string`);
  const lower = text.toLowerCase();
  return (value) => typeof value === 'string' && compare(value.toLowerCase(), lower);
}

function equalsIgnoringCase(operand: unknown): Test {
  if (typeof operand !== 'string')
    throw new InvalidEventPattern('equals-ignore-case match pattern must be a string');
  const lower = operand.toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase() === lower;
}

/** `*` stands for any text; `\*` and `\\` for themselves. */
function wildcard(operand: unknown): Test {
  if (typeof operand !== 'string') throw new InvalidEventPattern('wildcard match pattern must be a string');
  if (/(?<!\\)(?:\\\\)*\*\*/.test(operand))
    throw new InvalidEventPattern('Consecutive wildcard characters in wildcard match pattern');
  const source = operand.replace(/\\[*\\]|[\\^$.*+?()[\]{}|/]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '\\') throw new InvalidEventPattern('Invalid escape character in wildcard match pattern');
    return part.length === 2 ? part : `\\${part}`;
  });
  const expression = new RegExp(`^${source}$`, 's');
  return (value) => typeof value === 'string' && expression.test(value);
}

const negatable = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

function anythingBut(operand: unknown): Test {
  if (operand !== null && typeof operand === 'object' && !Array.isArray(operand)) {
    const [[kind, texts] = ['', undefined]] = Object.entries(operand);
    if (!negatable.has(kind)) throw new InvalidEventPattern(`Unsupported anything-but pattern: ${kind}`);
    const tests = listOf(texts).map((text) => matcherFrom({ [kind]: text }));
    return (value) => !tests.some((test) => test(value));
  }
  const values = listOf(operand);
  const [first] = values;
  if (
    (typeof first !== 'string' && typeof first !== 'number') ||
    !values.every((one) => typeof one === typeof first)
  )
    throw new InvalidEventPattern(
      'Inside anything-but list, either all values are number or string, mixed type is not supported',
    );
  const refused = new Set(values);
  return (value) => !refused.has(value);
}

function listOf(operand: unknown): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new InvalidEventPattern('Empty arrays are not allowed');
  return list;
}

const comparisons = new Map<string, (value: number, bound: number) => boolean>([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
]);

/** One comparison, or a lower bound followed by an upper one: `[">", 0, "<=", 5]`. */
function numeric(operand: unknown): Test {
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [];
  const isRange = parts.length === 4 && String(parts[0]).startsWith('>') && String(parts[2]).startsWith('<');
  if (parts.length !== 2 && !isRange) throw new InvalidEventPattern('Bad numeric range operator');
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = comparisons.get(String(parts[index]));
    const bound = parts[index + 1];
    if (!compare)
      throw new InvalidEventPattern(`Unrecognized numeric range operator: ${String(parts[index])}`);
    if (typeof bound !== 'number' || Math.abs(bound) > 5e9)
      throw new InvalidEventPattern('Value of numeric must be numeric, between -5.0e9 and 5.0e9');
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function cidr(operand: unknown): Test {
  const [address = '', length] = typeof operand === 'string' ? operand.split('/') : [];
  const version = isIP(address);
  const bits = length === undefined ? 0 : Number(length);
  if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > (version === 4 ? 32 : 128))
    throw new InvalidEventPattern(`Malformed CIDR, ${JSON.stringify(operand)}`);
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  if (length === undefined) range.addAddress(address, family);
  else range.addSubnet(address, bits, family);
  return (value) => typeof value === 'string' && isIP(value) === version && range.check(value, family);
}
