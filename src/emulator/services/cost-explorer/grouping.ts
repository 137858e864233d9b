import type { GroupDefinition } from '@aws-sdk/client-cost-explorer';
import { notImplemented } from '../../aws-error.ts';
import type { BilledLine } from './bill.ts';
import { invalid } from './ce-refusals.ts';
import { createExactSum, type ExactSum } from './exact-sum.ts';
import { dimensionReader, tagReader, type BilledAccounts, type ReadValue } from './line-values.ts';

/** Amounts of lines that share the values of one or two keys. */
export interface Group {
  readonly keys: readonly string[];
  readonly amount: string;
}

const mostGroupings = 2;
const groupable = new Set(['LINKED_ACCOUNT', 'SERVICE', 'RECORD_TYPE', 'USAGE_TYPE']);

/** Throws ValidationException for more than two keys, or for what one cannot group by. */
export function compileGrouping(
  definitions: readonly GroupDefinition[],
  accounts: BilledAccounts,
): readonly ReadValue[] {
  if (definitions.length > mostGroupings)
    throw invalid(`GroupBy supports ${mostGroupings} groups at most, and ${definitions.length} were given`);
  return definitions.map(({ Type, Key }) => {
    if (Type === 'COST_CATEGORY') throw notImplemented('ce', 'cost categories');
    if (Type === 'TAG') return taggedValue(Key, accounts);
    if (Type !== 'DIMENSION') throw invalid(`Group Definition type is invalid: ${String(Type)}`);
    const read = dimensionReader(Key, accounts);
    if (!groupable.has(Key ?? '')) throw invalid(`Group Definition dimension is invalid: ${Key}`);
    return read;
  });
}

/** Tags come as `key$value`, with nothing behind the sign where the account bears none. */
function taggedValue(key: string | undefined, accounts: BilledAccounts): ReadValue {
  const read = tagReader(key, accounts);
  return (line) => `${key}$${read(line)}`;
}

/** Groups in the order of their keys. */
export function group(lines: Iterable<BilledLine>, readers: readonly ReadValue[]): readonly Group[] {
  const groups = new Map<string, { readonly keys: readonly string[]; readonly sum: ExactSum }>();
  for (const line of lines) {
    const keys = readers.map((read) => read(line));
    const name = keys.join('\0');
    const known = groups.get(name);
    if (known) known.sum.add(line.amount);
    else {
      const sum = createExactSum();
      sum.add(line.amount);
      groups.set(name, { keys, sum });
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { keys, sum }]) => ({ keys, amount: sum.text() }));
}
