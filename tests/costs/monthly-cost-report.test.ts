import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { compute } from './compute.ts';
import type { ReadSheet } from './read-workbook.ts';
import { aLedger, alice, aMonth, anAccount, bob, filesOf, month } from './world.ts';

const cellsOf = (sheet: ReadSheet | undefined) => sheet?.rows.map(({ cells }) => cells) ?? [];

describe('when a month has no costs', () => {
  const files = filesOf(aMonth([anAccount()], aLedger()));

  it('still gives the summaries, with headings and a total of zero', () => {
    expect(files.keys).toEqual(
      ['services.csv', 'services.xlsx', 'charges.csv', 'charges.xlsx'].map(
        (file) => `Summary/2026/2026-10-Summary-${file}`,
      ),
    );
    expect(files.lines('Summary/2026/2026-10-Summary-services.csv')).toEqual([
      'Month,Cost Center,Organizational Unit,Amount (USD)',
      '2026-10,TOTAL,,0',
    ]);
    expect(files.lines('Summary/2026/2026-10-Summary-charges.csv')).toEqual([
      'Month,Cost Center,Organizational Unit,Account,Charges (USD)',
    ]);
  });

  it('writes zero into the workbooks, where a formula would have nothing to sum', () => {
    const [services] = files.sheets('Summary/2026/2026-10-Summary-services.xlsx');
    expect(cellsOf(services).at(-1)).toEqual([month, 'TOTAL', null, 0]);
    const [charges] = files.sheets('Summary/2026/2026-10-Summary-charges.xlsx');
    expect(cellsOf(charges).at(-1)).toEqual([month, 'TOTAL', null, null, 0]);
  });
});

describe('when a cost center has nothing but credits', () => {
  const files = filesOf(aMonth([anAccount()], aLedger({ recordType: 'Credit', amount: '-12.5' })));

  it('gets its files, with a total of zero', () => {
    expect(files.lines('Alpha/2026/2026-10-Alpha-services.csv').slice(1)).toEqual([
      '2026-10,Alpha,,TOTAL,,,0',
    ]);
    expect(files.lines('Alpha/2026/2026-10-Alpha-usages.csv').slice(1)).toEqual(['2026-10,Alpha,,TOTAL,,,0']);
    const [sheet] = files.sheets('Alpha/2026/2026-10-Alpha-services.xlsx');
    expect(cellsOf(sheet).slice(1)).toEqual([[month, 'Alpha', 'TOTAL', null, null, null, 0]]);
  });

  it('has its credits among the charges, and none among the services', () => {
    expect(files.lines('Summary/2026/2026-10-Summary-charges.csv').slice(1)).toEqual([
      '2026-10,Alpha,Sandboxes,Alice (200000000000),-12.5,-12.5',
    ]);
    expect(files.lines('Summary/2026/2026-10-Summary-services.csv').slice(1)).toEqual(['2026-10,TOTAL,,0']);
  });
});

describe('when an account left the organization', () => {
  it('is reported as unknown, without a cost center', () => {
    const files = filesOf(aMonth([], aLedger({ amount: '3' })));
    expect(files.lines('NoCostTag/2026/2026-10-NoCostTag-services.csv')[1]).toBe(
      '2026-10,NoCostTag,Unknown,200000000000,Unknown,AWS Lambda,3',
    );
    expect(files.lines('Summary/2026/2026-10-Summary-charges.csv')[1]).toBe(
      '2026-10,NoCostTag,Unknown,Unknown (200000000000),3,3',
    );
  });
});

describe('when names are strange', () => {
  const total = (file: string[]) => file.filter((line) => line.includes('TOTAL'));

  it('keeps two cost centers whose keys are the same, each with its own total', () => {
    const accounts = [
      anAccount({ costCenter: 'A/B' }),
      anAccount({ id: bob, name: 'Bob', costCenter: 'A-B' }),
    ];
    const bills = [
      { amount: '1' },
      { account: bob, amount: '2' },
      { account: bob, amount: '4', service: 'Tax' },
    ];
    const files = filesOf(aMonth(accounts, aLedger(...bills)));

    expect(files.keys.filter((key) => key.endsWith('services.csv'))).toHaveLength(2);
    expect(files.lines('A-B/2026/2026-10-A-B-services.csv').slice(1)).toEqual([
      '2026-10,A-B,Sandboxes,200000000001,Bob,AWS Lambda,2',
      '2026-10,A-B,Sandboxes,200000000001,Bob,Tax,4',
      '2026-10,A-B,,TOTAL,,,6',
      '2026-10,A/B,Sandboxes,200000000000,Alice,AWS Lambda,1',
      '2026-10,A/B,,TOTAL,,,1',
    ]);
    const [sheet] = files.sheets('A-B/2026/2026-10-A-B-services.xlsx');
    const sums = cellsOf(sheet).map((cells) => cells[6]);
    expect(sums[3]).toEqual({ formula: 'SUM(G2:G3)', value: 6 });
    expect(sums[5]).toEqual({ formula: 'SUM(G5:G5)', value: 1 });
  });

  it('keeps a cost center that is called Summary apart from the summaries', () => {
    const files = filesOf(aMonth([anAccount({ costCenter: 'Summary' })], aLedger({})));
    expect(
      total(files.lines('Summary (cost center)/2026/2026-10-Summary (cost center)-services.csv')),
    ).toEqual(['2026-10,Summary,,TOTAL,,,1']);
    expect(total(files.lines('Summary/2026/2026-10-Summary-services.csv'))).toEqual(['2026-10,TOTAL,,1']);
  });

  it('shows names as they are, and never as formulas', () => {
    const strange = { name: '=1+1', unitName: '@unit, "two"', costCenter: '+A' };
    const files = filesOf(aMonth([anAccount(strange)], aLedger({ service: '-x' })));
    expect(files.lines('+A/2026/2026-10-+A-services.csv')[1]).toBe(
      `2026-10,'+A,"'@unit, ""two""",200000000000,'=1+1,'-x,1`,
    );
    const [sheet] = files.sheets('+A/2026/2026-10-+A-services.xlsx');
    expect(cellsOf(sheet)[1]).toEqual([month, '+A', '@unit, "two"', alice, '=1+1', '-x', 1]);
  });

  it('sorts summaries by code point: cost centers, then units, then accounts', () => {
    const places = [
      ['\u{1F600}', 'a', 'x'],
      ['\uFB01', 'a', 'x'],
      ['\uFB01', 'Z', 'x'],
      ['\uFB01', 'Z', 'B'],
      ['Zebra', 'é', 'x'],
      ['apple', 'a', 'x'],
    ] as const;
    const accounts = places.map(([costCenter, unitName, name], n) =>
      anAccount({ id: accountId(String(300_000_000_000 + n)), costCenter, unitName, name }),
    );
    const files = filesOf(aMonth(accounts, aLedger(...accounts.map(({ id }) => ({ account: id })))));
    const charges = files.lines('Summary/2026/2026-10-Summary-charges.csv').slice(1);
    expect(charges.map((line) => line.split(',').slice(1, 4).join(' '))).toEqual([
      'Zebra é x (300000000004)',
      'apple a x (300000000005)',
      '\uFB01 Z B (300000000003)',
      '\uFB01 Z x (300000000002)',
      '\uFB01 a x (300000000001)',
      '\u{1F600} a x (300000000000)',
    ]);
  });
});

describe('when record types differ between accounts', () => {
  const accounts = [anAccount(), anAccount({ id: bob, name: 'Bob' })];
  const bills = [{ amount: '10' }, { account: bob, recordType: 'Refund', amount: '-3.75' }];
  const files = filesOf(aMonth(accounts, aLedger(...bills)));

  it('leaves cells of the CSV empty where an account lacks a type', () => {
    expect(files.lines('Summary/2026/2026-10-Summary-charges.csv')).toEqual([
      'Month,Cost Center,Organizational Unit,Account,Charges (USD),Refund (USD),Usage (USD)',
      '2026-10,Alpha,Sandboxes,Alice (200000000000),10,,10',
      '2026-10,Alpha,Sandboxes,Bob (200000000001),-3.75,-3.75,',
    ]);
  });

  it('writes zero there into the workbook', () => {
    const [sheet] = files.sheets('Summary/2026/2026-10-Summary-charges.xlsx');
    expect(cellsOf(sheet)[1]?.slice(4)).toEqual([10, 0, 10]);
    expect(cellsOf(sheet)[2]?.slice(4)).toEqual([-3.75, -3.75, 0]);
  });
});

describe('when there are more cost centers than a formula can name', () => {
  it('sums up the lines of accounts, and comes to the same', () => {
    const accounts = Array.from({ length: 1_500 }, (_, n) =>
      anAccount({ id: accountId(String(300_000_000_000 + n)), costCenter: `Team ${n}` }),
    );
    const ledger = aLedger(...accounts.map(({ id }) => ({ account: id, amount: '0.25' })));
    const files = filesOf(aMonth(accounts, ledger));
    const [sheet] = files.sheets('Summary/2026/2026-10-Summary-charges.xlsx');
    const cells = cellsOf(sheet);
    const sum = cells.at(-1)?.[4];

    expect(sum).toEqual({ formula: 'SUMIF(D2:D4501,"?*",E2:E4501)', value: 375 });
    expect(compute(cells, sum)).toBe(375);
  });
});
