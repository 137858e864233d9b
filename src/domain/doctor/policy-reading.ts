import { parsedJson } from '../parsed-json.ts';

/** One statement of a policy, with lists where AWS takes both one and many. */
export interface PolicyStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  /** `*`, or ARNs and numbers of accounts; what are no AWS principals are left out. */
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
}

export interface Condition {
  /** Such as `StringEquals`, without what precedes or follows it (`ForAnyValue:`, `IfExists`). */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Statements of a policy in JSON; none where it is no policy at all. */
export function readPolicy(text: string): readonly PolicyStatement[] {
  const document = parsedJson(text);
  return listed(fieldOf(document, 'Statement')).map((statement) => ({
    effect: textsOf(fieldOf(statement, 'Effect'))[0] ?? '',
    actions: textsOf(fieldOf(statement, 'Action')),
    principals: principalsOf(fieldOf(statement, 'Principal')),
    conditions: conditionsOf(fieldOf(statement, 'Condition')),
  }));
}

/** Whether a text fits a pattern in which `*` stands for anything and `?` for one character. */
export function fits(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function principalsOf(principal: unknown): readonly string[] {
  return principal === '*' ? ['*'] : textsOf(fieldOf(principal, 'AWS'));
}

function conditionsOf(condition: unknown): readonly Condition[] {
  return entriesOf(condition).flatMap(([operator, keys]) =>
    entriesOf(keys).map(([key, values]) => ({
      operator: operator.replace(/^For(Any|All)Values?:/i, '').replace(/IfExists$/i, ''),
      key: key.toLowerCase(),
      values: textsOf(values),
    })),
  );
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? value[key as keyof typeof value]
    : undefined;

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

const listed = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const textsOf = (value: unknown): readonly string[] =>
  listed(value).filter((one): one is string => typeof one === 'string');
