import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines } from '#domain/settings/csv-table.ts';
import { account, required, rightReading, settingsOf, tellings } from './sources.ts';

const naming = (...names: readonly string[]) =>
  `${required}features: {with_csv_files: [${names.join(', ')}]}\n`;
const rowsOf = (csv: string) => settingsOf(naming('a.csv'), { files: { 'a.csv': csv } }).book.rows;
const tell = (csv: string) => tellings(naming('a.csv'), { files: { 'a.csv': csv } });

describe('a CSV file', () => {
  it('adds a note, tags and variables to accounts', () => {
    const csv = `Account, Note, Tag: cost-center, Preparation: BUDGET, Purge: AGE, Tag: a:b
100000000001, One of ours, R and D, 200, 9M, x
`;

    expect(rowsOf(csv)).toEqual({
      [account(1)]: {
        note: 'One of ours',
        accountTags: { 'cost-center': 'R and D', 'a:b': 'x' },
        preparation: { variables: { BUDGET: '200' } },
        purge: { variables: { AGE: '9M' } },
      },
    });
  });

  it('adds nothing where a cell is blank', () => {
    expect(rowsOf('Account, Note, Tag: a, Purge: B\n100000000001, , ,  \n')).toEqual({ [account(1)]: {} });
  });

  it('may write Prepare for Preparation, and spaces where it likes', () => {
    expect(rowsOf('  Account ,Prepare :  BUDGET \n 100000000001 ,  2 0  \n')).toEqual({
      [account(1)]: { preparation: { variables: { BUDGET: '2 0' } } },
    });
  });

  it('may quote cells, as spreadsheets do', () => {
    expect(rowsOf('Account,Note\n100000000001, "Sales, ""north"""\n')).toEqual({
      [account(1)]: { note: 'Sales, "north"' },
    });
  });

  it.each([
    ['lines of Windows', 'Account,Tag: a\r\n100000000001,x\r\n'],
    ['no end of the last line', 'Account,Tag: a\n100000000001,x'],
    ['blank lines', 'Account,Tag: a\n\n100000000001,x\n   \n,\n\n'],
    ['empty cells at the end', 'Account,Tag: a,,\n100000000001,x,,,,\n'],
  ])('may have %s', (_, csv) => {
    expect(rowsOf(csv)).toEqual({ [account(1)]: { accountTags: { a: 'x' } } });
  });

  it('may name accounts without saying anything of them', () => {
    expect(Object.keys(rowsOf('Account\n100000000001\n100000000002\n'))).toEqual([account(1), account(2)]);
  });

  it('may speak of an account in several rows that do not contradict each other', () => {
    const csv = 'Account, Tag: a, Tag: b\n100000000001, x,\n100000000001, x, y\n';

    expect(rowsOf(csv)[account(1)]).toEqual({ accountTags: { a: 'x', b: 'y' } });
  });
});

describe('several CSV files', () => {
  const files = {
    'a.csv': 'Account, Tag: a, Tag: b\n100000000001, a1, b1\n',
    'b.csv': 'Account, Tag: b, Tag: c\n100000000001, b2, c2\n',
  };

  it('add columns for the same account, the later file winning', () => {
    const first = settingsOf(naming('a.csv', 'b.csv'), { files }).book.rows[account(1)];
    const other = settingsOf(naming('b.csv', 'a.csv'), { files }).book.rows[account(1)];

    expect(first).toEqual({ accountTags: { a: 'a1', b: 'b2', c: 'c2' } });
    expect(other).toEqual({ accountTags: { a: 'a1', b: 'b1', c: 'c2' } });
  });

  it('remember which file and line said what', () => {
    const { rows } = rightReading(naming('a.csv', 'b.csv'), { files });

    expect(rows.map(({ file, line, account }) => ({ file, line, account }))).toEqual([
      { file: 'a.csv', line: 2, account: account(1) },
      { file: 'b.csv', line: 2, account: account(1) },
    ]);
  });
});

describe('a CSV file with one thing wrong', () => {
  it.each([
    ['', 'a.csv:1: found nothing, expected a heading line with a column Account'],
    ['Tag: a\n1\n', 'a.csv:1: found "Tag: a", expected a heading line with a column Account'],
    [
      'account, Tag: a\n1,2\n',
      'a.csv:1 account: found "account", expected Account, with a capital and nothing behind',
    ],
    [
      'Account;Tag: a\n1;2\n',
      'a.csv:1: found cells separated by semicolons, expected cells separated by commas',
    ],
    ['Account\tTag: a\n1\t2\n', 'a.csv:1: found cells separated by tabs, expected cells separated by commas'],
    ['Account,Tags: a\n', 'a.csv:1 Tags: a: found "Tags: a", expected Tag: and then a key'],
    ['Account,tag:a\n', 'a.csv:1 tag:a: found "tag:a", expected Tag: and then a key'],
    ['Account,Tag:\n', 'a.csv:1 Tag:: found "Tag:", expected Tag: and then the key of a tag: 1 to 128'],
    [
      'Account,Purge: MY-AGE\n',
      'a.csv:1 Purge: MY-AGE: found "Purge: MY-AGE", expected Purge: and then the name of a',
    ],
    [
      'Account,Tag: account-state\n',
      'a.csv:1 Tag: account-state: found "Tag: account-state", expected Tag: and then an',
    ],
    [
      'Account,Owner\n',
      'a.csv:1 Owner: found "Owner", expected Account, Note, Tag: KEY, Preparation: VARIABLE or Purge',
    ],
    ['Account,Account\n', 'a.csv:1 Account: found the column "Account" again, expected each column once'],
    [
      'Account,Purge: A,Purge:A\n',
      'a.csv:1 Purge:A: found the column "Purge:A" again, expected each column once',
    ],
    ['Account,Prepare: A,Preparation: A\n', 'a.csv:1 Preparation: A: found the column'],
    ['Account,Note\n100000000001\n', 'a.csv:2: found a row of 1 cell, expected 2, as in the heading line'],
    [
      'Account,Note\n100000000001,a,b\n',
      'a.csv:2: found a row of 3 cells, expected 2, as in the heading line',
    ],
    ['Account,,Note\n100000000001,x,y\n', 'a.csv:2: found "x", expected a heading over cell 2'],
    ['Account,Note\n,x\n', 'a.csv:2 Account: found an empty cell, expected 12 digits'],
    [
      'Account\n12345678901\n',
      'a.csv:2 Account: found "12345678901", expected 12 digits (spreadsheets drop zeros',
    ],
    [
      'Account\n1.23457E+11\n',
      'a.csv:2 Account: found "1.23457E+11", expected 12 digits (a spreadsheet rounded it',
    ],
    ['Account\nAlice\n', 'a.csv:2 Account: found "Alice", expected 12 digits'],
    ['Account,Tag: a\n100000000001,R&D\n', 'a.csv:2 Tag: a: found "R&D", expected the value of a tag'],
    [
      'Account,Note\n100000000001,"x\n100000000002,y\n',
      'a.csv:2: found a cell that opens with a quote and does not',
    ],
    [
      'Account,Note\n100000000001,"x"y\n100000000002,z\n',
      'a.csv:2: found a cell that opens with a quote and does',
    ],
    [
      'Account,Tag: a\n100000000001,x\n100000000001,y\n',
      'a.csv:3 Tag: a: found "y", expected "x" as on line 2, or no second row of the account',
    ],
  ])('%j', (csv, telling) => {
    const told = tell(csv);

    expect(told).toHaveLength(1);
    expect(told[0]?.slice(0, telling.length)).toBe(telling);
  });

  it('goes on to the next line after one that can not be read', () => {
    expect(
      tell('Account,Note\n1,"x\n2,y\n"3"z,\n4,"a\nb"\n5,y\n').map((telling) => telling.slice(0, 7)),
    ).toEqual(['a.csv:2', 'a.csv:3', 'a.csv:4', 'a.csv:5', 'a.csv:7']);
  });
});

describe('any table', () => {
  it('is read back as a spreadsheet wrote it, spaces around aside', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', 'é', ';') });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, ending) => {
        const quoted = rows.map((cells) =>
          cells.map((content) => `"${content.replaceAll('"', '""')}"`).join(','),
        );

        const lines = csvLines(quoted.join(ending));

        const trimmed = rows.map((cells) => cells.map((content) => content.trim()));
        const filled = trimmed.filter((cells) => cells.some((content) => content !== ''));
        expect(lines.map((line) => ('cells' in line ? line.cells : line))).toEqual(filled);
      }),
    );
  });
});
