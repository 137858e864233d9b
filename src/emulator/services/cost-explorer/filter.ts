import type { DimensionValues, Expression, TagValues } from '@aws-sdk/client-cost-explorer';
import { notImplemented } from '../../aws-error.ts';
import type { BilledLine } from './bill.ts';
import { invalid } from './ce-refusals.ts';
import { dimensionReader, tagReader, type BilledAccounts } from './line-values.ts';

/** An expression made ready to judge lines. */
export interface Filter {
  readonly accepts: (line: BilledLine) => boolean;
  /** The only accounts whose lines can pass, where the expression names them. */
  readonly accounts: ReadonlySet<string> | undefined;
}

const everything: Filter = { accepts: () => true, accounts: undefined };

/** Throws ValidationException unless the expression says exactly one thing. */
export function compileFilter(expression: Expression | undefined, accounts: BilledAccounts): Filter {
  if (expression === undefined) return everything;
  const { Or, And, Not, Dimensions, Tags, CostCategories } = expression;
  const given = [Or, And, Not, Dimensions, Tags, CostCategories].filter((part) => part !== undefined);
  if (given.length !== 1)
    throw invalid(
      'Expression must have exactly one root operator: Or, And, Not, Dimensions, Tags or CostCategories',
    );
  if (CostCategories) throw notImplemented('ce', 'cost categories');
  if (Dimensions) return ofDimension(Dimensions, accounts);
  if (Tags) return ofTag(Tags, accounts);
  if (Not) return negated(compileFilter(Not, accounts));
  const parts = (And ?? Or ?? []).map((part) => compileFilter(part, accounts));
  if (parts.length < 2) throw invalid(`${And ? 'And' : 'Or'} expression must have at least 2 operands`);
  return And ? allOf(parts) : anyOf(parts);
}

const negated = ({ accepts }: Filter): Filter => ({
  accepts: (line) => !accepts(line),
  accounts: undefined,
});

const allOf = (parts: readonly Filter[]): Filter => ({
  accepts: (line) => parts.every(({ accepts }) => accepts(line)),
  accounts: parts.find(({ accounts }) => accounts)?.accounts,
});

const anyOf = (parts: readonly Filter[]): Filter => ({
  accepts: (line) => parts.some(({ accepts }) => accepts(line)),
  accounts: undefined,
});

function ofDimension({ Key, Values, MatchOptions = [] }: DimensionValues, known: BilledAccounts): Filter {
  checkOptions(MatchOptions, ['EQUALS', 'CASE_SENSITIVE']);
  const read = dimensionReader(Key, known);
  const values = wanted(Values);
  return {
    accepts: (line) => values.has(read(line)),
    accounts: Key === 'LINKED_ACCOUNT' ? values : undefined,
  };
}

function ofTag({ Key, Values, MatchOptions = [] }: TagValues, known: BilledAccounts): Filter {
  checkOptions(MatchOptions, ['EQUALS', 'CASE_SENSITIVE', 'ABSENT']);
  const read = tagReader(Key, known);
  if (MatchOptions.includes('ABSENT')) return { accepts: (line) => read(line) === '', accounts: undefined };
  const values = wanted(Values);
  return { accepts: (line) => values.has(read(line)), accounts: undefined };
}

function checkOptions(given: readonly string[], allowed: readonly string[]) {
  const odd = given.find((option) => !allowed.includes(option));
  if (odd !== undefined) throw invalid(`MatchOptions must be among ${allowed.join(', ')}: ${odd}`);
}

function wanted(values: readonly string[] | undefined): ReadonlySet<string> {
  if (!values || values.length === 0) throw invalid('Values must not be empty');
  return new Set(values);
}
