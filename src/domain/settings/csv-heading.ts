import { stateTag } from '#domain/account.ts';
import { nearestName } from './nearest-name.ts';
import { quoted } from './settings-fault.ts';
import { hasForm, tagKey, variableName } from './value-forms.ts';

/** What the cells of a column say. A column that can't be understood is `unusable`, and told. */
export type Column =
  | { readonly kind: 'account' | 'note' | 'nameless' | 'unusable'; readonly heading: string }
  | { readonly kind: 'tag' | 'preparation' | 'purge'; readonly heading: string; readonly key: string };

const kinds = {
  Account: 'account',
  Note: 'note',
  Tag: 'tag',
  Preparation: 'preparation',
  Prepare: 'preparation',
  Purge: 'purge',
} as const;

const labels = Object.keys(kinds);

/** Tells what is wrong with a column, or with the heading line as a whole where `heading` is empty. */
type Complain = (heading: string, found: string, expected: string) => void;

/** The columns that a heading line announces; undefined where rows can't be read, since none is `Account`. */
export function csvColumns(
  cells: readonly string[],
  tagPrefix: string,
  complain: Complain,
): readonly Column[] | undefined {
  const separator = cells.includes('Account') ? undefined : otherSeparator(cells[0]);
  if (separator !== undefined) {
    complain('', `cells separated by ${separator}`, 'cells separated by commas');
    return undefined;
  }
  const width = cells.findLastIndex((heading) => heading !== '') + 1;
  const columns = cells.slice(0, width).map((heading) => columnOf(heading, tagPrefix, complain));
  if (!columns.some(({ kind }) => kind === 'account')) {
    const isTold = cells.some((heading) => nearestName(heading, labels) === 'Account');
    if (!isTold) complain('', quoted(cells.join(', ')), 'a heading line with a column Account');
    return undefined;
  }
  return columns.map((column, index) => {
    if (!columns.slice(0, index).some((other) => isSame(column, other))) return column;
    complain(column.heading, `the column ${quoted(column.heading)} again`, 'each column once');
    return { kind: 'unusable', heading: column.heading };
  });
}

function columnOf(heading: string, tagPrefix: string, complain: Complain): Column {
  const [label, key] = splitHeading(heading);
  const kind = Object.entries(kinds).find(([name]) => name === label)?.[1];
  if (heading === '') return { kind: 'nameless', heading };
  if (key === undefined && (kind === 'account' || kind === 'note')) return { kind, heading };
  if (key !== undefined && (kind === 'tag' || kind === 'preparation' || kind === 'purge')) {
    const expected = keyFault(kind, key, tagPrefix);
    if (expected === undefined) return { kind, heading, key };
    complain(heading, quoted(heading), `${label}: and then ${expected}`);
    return { kind: 'unusable', heading };
  }
  complain(heading, quoted(heading), meantBy(label));
  return { kind: 'unusable', heading };
}

function splitHeading(heading: string): readonly [string, string | undefined] {
  const colon = heading.indexOf(':');
  if (colon < 0) return [heading, undefined];
  return [heading.slice(0, colon).trim(), heading.slice(colon + 1).trim()];
}

function keyFault(kind: 'tag' | 'preparation' | 'purge', key: string, tagPrefix: string): string | undefined {
  if (key === '__proto__') return 'another name';
  if (kind !== 'tag') return hasForm(variableName, key) ? undefined : variableName.expected;
  if (key === stateTag(tagPrefix)) return 'another key, since SPA keeps the state of accounts in this one';
  return hasForm(tagKey, key) ? undefined : tagKey.expected;
}

function meantBy(label: string): string {
  const near = nearestName(label, labels);
  if (near === 'Account' || near === 'Note') return `${near}, with a capital and nothing behind`;
  if (near !== undefined) return `${near}: and then a ${near === 'Tag' ? 'key' : 'name'}`;
  return 'Account, Note, Tag: KEY, Preparation: VARIABLE or Purge: VARIABLE';
}

function otherSeparator(firstCell = ''): string | undefined {
  if (firstCell.includes(';')) return 'semicolons';
  return firstCell.includes('\t') ? 'tabs' : undefined;
}

function isSame(column: Column, other: Column): boolean {
  if ('key' in column) return 'key' in other && column.kind === other.kind && column.key === other.key;
  return (column.kind === 'account' || column.kind === 'note') && column.kind === other.kind;
}
