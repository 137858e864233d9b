import { isAccountId } from '#domain/account.ts';
import type { AccountId } from '#domain/account.ts';
import { csvColumns } from './csv-heading.ts';
import type { Column } from './csv-heading.ts';
import { csvLines } from './csv-table.ts';
import type { CsvRow } from './effective-settings.ts';
import type { ItemSettings, NamedFile, Texts } from './settings.ts';
import { quoted } from './settings-fault.ts';
import type { Report } from './settings-fault.ts';
import { hasForm, tagValue } from './value-forms.ts';

interface AccountLine {
  readonly line: number;
  readonly account: AccountId;
  readonly cells: readonly string[];
}

/**
 * The rows of a CSV file, in order. What a row says of an account is added to what earlier rows say; two rows of one file
 * that contradict each other are told, since nobody can see which one is meant.
 */
export function readCsvRows(
  { path: file, text }: NamedFile,
  tagPrefix: string,
  report: Report,
): readonly CsvRow[] {
  const [first, ...rest] = csvLines(text);
  if (first === undefined || 'problem' in first) {
    const found = first?.problem ?? 'nothing';
    report({
      file,
      line: first?.line ?? 1,
      keyPath: '',
      found,
      expected: 'a heading line with a column Account',
    });
    return [];
  }
  const columns = csvColumns(first.cells, tagPrefix, (keyPath, found, expected) =>
    report({ file, line: first.line, keyPath, found, expected }),
  );
  if (columns === undefined) return [];
  const rows: AccountLine[] = [];
  for (const line of rest) {
    const complain = (keyPath: string, found: string, expected: string) =>
      report({ file, line: line.line, keyPath, found, expected });
    if ('problem' in line) complain('', line.problem, 'a closing quote, then a comma or the end of the line');
    else if (isWhole(line.cells, columns, complain)) rows.push(...accountLine(line, columns, complain));
  }
  tellContradictions(rows, columns, file, report);
  return rows.map(({ account, line, cells }) => ({
    account,
    file,
    line,
    settings: settingsFrom(cells, columns),
  }));
}

type Complain = (column: string, found: string, expected: string) => void;

function isWhole(cells: readonly string[], columns: readonly Column[], complain: Complain): boolean {
  const hasMore = cells.slice(columns.length).some((content) => content !== '');
  if (cells.length >= columns.length && !hasMore) return true;
  const expected = `${columns.length}, as in the heading line (cells that hold commas go in quotes)`;
  complain('', cells.length === 1 ? 'a row of 1 cell' : `a row of ${cells.length} cells`, expected);
  return false;
}

function accountLine(
  { line, cells }: { readonly line: number; readonly cells: readonly string[] },
  columns: readonly Column[],
  complain: Complain,
): readonly AccountLine[] {
  for (const [index, { kind, heading }] of columns.entries()) {
    const content = cells[index] ?? '';
    if (kind === 'tag' && !hasForm(tagValue, content)) complain(heading, quoted(content), tagValue.expected);
    if (kind === 'nameless' && content !== '')
      complain('', quoted(content), `a heading over cell ${index + 1}`);
  }
  const account = cells[columns.findIndex(({ kind }) => kind === 'account')] ?? '';
  if (isAccountId(account)) return [{ line, account, cells }];
  complain('Account', account === '' ? 'an empty cell' : quoted(account), accountExpected(account));
  return [];
}

function accountExpected(found: string): string {
  if (/^\d{1,11}$/.test(found))
    return '12 digits (spreadsheets drop zeros in front: format the column as text)';
  if (/^\d+(?:[.,]\d+)?E\+?\d+$/i.test(found))
    return '12 digits (a spreadsheet rounded it: format the column as text)';
  return '12 digits';
}

function tellContradictions(
  rows: readonly AccountLine[],
  columns: readonly Column[],
  file: string,
  report: Report,
) {
  for (const repeated of Map.groupBy(rows, ({ account }) => account).values()) {
    if (repeated.length < 2) continue;
    for (const [index, { heading }] of columns.entries()) {
      const [first, ...others] = repeated.filter(({ cells }) => cells[index] !== '');
      for (const { line, cells } of others.filter((other) => other.cells[index] !== first?.cells[index])) {
        const found = quoted(cells[index] ?? '');
        const expected = `${quoted(first?.cells[index] ?? '')} as on line ${first?.line}, or no second row of the account`;
        report({ file, line, keyPath: heading, found, expected });
      }
    }
  }
}

/** A blank cell adds nothing. */
function settingsFrom(cells: readonly string[], columns: readonly Column[]): Partial<ItemSettings> {
  const filled = columns
    .map((column, index) => ({ column, content: cells[index] ?? '' }))
    .filter(({ content }) => content !== '');
  const note = filled.find(({ column }) => column.kind === 'note')?.content;
  const texts = (kind: Column['kind']) =>
    Object.fromEntries(
      filled.flatMap(({ column, content }) =>
        'key' in column && column.kind === kind ? [[column.key, content]] : [],
      ),
    );
  return rowSettings(note, texts('tag'), texts('preparation'), texts('purge'));
}

/** Ten thousand rows travel in one document: what a row does not say takes no place. */
export function rowSettings(
  note: string | undefined,
  accountTags: Texts,
  preparation: Texts,
  purge: Texts,
): Partial<ItemSettings> {
  return {
    ...(note !== undefined && { note }),
    ...(hasAny(accountTags) && { accountTags }),
    ...(hasAny(preparation) && { preparation: { variables: preparation } }),
    ...(hasAny(purge) && { purge: { variables: purge } }),
  };
}

const hasAny = (texts: Texts) => Object.keys(texts).length > 0;
