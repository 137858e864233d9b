import { describe, expect, it } from 'vitest';
import { workbook } from '#adapters/workbook/workbook.ts';
import { accountId } from '#domain/account.ts';
import { accountReport } from '#domain/costs/account-report.ts';
import { money } from '#domain/costs/money.ts';
import type { MonthOfCosts } from '#domain/costs/monthly-cost-report.ts';
import { readWorkbook, readZip } from './read-workbook.ts';
import { aLedger, alice, aMonth, anAccount, bob, bodiesOf, filesOf, month } from './world.ts';

const accounts = [anAccount(), anAccount({ id: bob, name: 'Bob', unitName: 'Labs' })];
const ledger = aLedger(
  { amount: '30', usageType: 'Requests' },
  { amount: '10', usageType: 'Storage' },
  { account: bob, amount: '15', usageType: 'Storage' },
);

function sheetOf(name: string, difference: Partial<MonthOfCosts> = {}, file = 'services.xlsx') {
  const sheets = filesOf(aMonth(accounts, ledger, difference)).sheets(`Summary/2026/2026-10-Summary-${file}`);
  return sheets.find((sheet) => sheet.name === name)?.rows.map(({ cells }) => cells);
}

describe('when a month is reported in another currency', () => {
  const euro = { currency: 'EUR', rate: money('0.92'), date: '2026-10-31', source: 'European Central Bank' };

  it('says the currency in the headings, and multiplies every amount', () => {
    const rows = sheetOf('Charges', { rates: [euro] }, 'charges-EUR.xlsx');
    expect(rows?.[0]?.slice(4)).toEqual(['Charges (EUR)', 'Usage (EUR)']);
    expect(rows?.[1]?.slice(3)).toEqual(['Bob (200000000001)', 13.8, 13.8]);
    expect(rows?.at(-1)?.[4]).toEqual({ formula: 'E6', value: 50.6 });
  });

  it('tells the rate, its day and its source', () => {
    expect(sheetOf('Rates', { rates: [euro] }, 'charges-EUR.xlsx')).toEqual([
      ['Currency', 'EUR for 1 USD', 'Date', 'Source'],
      ['EUR', 0.92, '2026-10-31', 'European Central Bank'],
    ]);
  });

  it('gives no file in a currency that has no rate', () => {
    const keys = [...bodiesOf(aMonth(accounts, ledger)).keys()];
    expect(keys.filter((key) => key.includes('charges-'))).toEqual([]);
  });
});

describe('when accounts have budgets', () => {
  it('tells what was spent, the budget and the share that is used', () => {
    const budgets = new Map([
      [alice, money('80')],
      [bob, money('0')],
    ]);
    expect(sheetOf('Budgets', { budgets })?.slice(1)).toEqual([
      [month, 'Alpha', 'Labs', bob, 'Bob', 15, 0],
      [month, 'Alpha', 'Sandboxes', alice, 'Alice', 40, 80, { formula: 'F3/G3', value: 0.5 }],
    ]);
  });

  it('has no sheet of budgets where none is known', () => {
    expect(sheetOf('Budgets')).toBeUndefined();
  });
});

describe('when the running month is forecast', () => {
  it('tells by cost center and unit what it will cost', () => {
    const units = [
      { costCenter: 'Alpha', unitName: 'Sandboxes', amount: money('60') },
      { costCenter: 'Alpha', unitName: 'Labs', amount: money('20.5') },
    ];
    expect(sheetOf('Forecast', { forecast: { month: '2026-11', units } })).toEqual([
      ['Month', 'Cost Center', 'Organizational Unit', 'Forecast (USD)'],
      ['2026-11', 'Alpha', 'Labs', 20.5],
      ['2026-11', 'Alpha', 'Sandboxes', 60],
      ['2026-11', 'Alpha', null, { formula: 'SUM(D2:D3)', value: 80.5 }],
      ['2026-11', 'TOTAL', null, { formula: 'D4', value: 80.5 }],
    ]);
  });
});

describe('when people look for savings', () => {
  it('sums up the usage types of the whole organization', () => {
    expect(sheetOf('Usage types')?.slice(1)).toEqual([
      [month, 'Requests', 30],
      [month, 'Storage', 25],
      [month, 'TOTAL', { formula: 'SUM(C2:C3)', value: 55 }],
    ]);
  });

  it('draws the cost centers, the most expensive first, and the smallest ones as one', () => {
    const many = Array.from({ length: 25 }, (_, n) =>
      anAccount({ id: accountId(String(300_000_000_000 + n)), costCenter: `Team ${n}` }),
    );
    const bills = many.map(({ id }, n) => ({ account: id, amount: String(n + 1) }));
    const costs = aMonth(many, aLedger(...bills));
    const key = 'Summary/2026/2026-10-Summary-services.xlsx';
    const chart = filesOf(costs).sheets(key)[1];

    expect(chart?.rows.map(({ cells }) => cells).slice(1, 3)).toEqual([
      ['Team 24', 25],
      ['Team 23', 24],
    ]);
    expect(chart?.rows).toHaveLength(21);
    expect(chart?.rows.at(-1)?.cells).toEqual(['6 other cost centers', 21]);
    const parts = readZip(Buffer.from(bodiesOf(costs).get(`Costs/${key}`) ?? []));
    expect(parts.get('xl/charts/chart2.xml')).toContain('Costs of 2026-10 by cost center (USD)');
  });
});

describe('when an incident asks for the costs of one account', () => {
  const report = (account: typeof alice, of = ledger) => {
    const { key, body } = accountReport(
      { ledger: of, account, prefix: 'SpaReports/Exceptions' },
      { workbook },
    );
    return { key, rows: readWorkbook(body)[0]?.rows.map(({ cells }) => cells) };
  };

  it('lists its services, and the total in the column of services', () => {
    expect(report(bob)).toEqual({
      key: 'SpaReports/Exceptions/200000000001/2026/2026-10-200000000001-cost-and-usage.xlsx',
      rows: [
        ['Month', 'Account', 'Service', 'Amount (USD)'],
        [month, bob, 'AWS Lambda', 15],
        [month, bob, 'TOTAL', { formula: 'SUM(D2:D2)', value: 15 }],
      ],
    });
  });

  it('gives a total of zero when there are no costs yet', () => {
    expect(report(alice, aLedger()).rows?.slice(1)).toEqual([[month, alice, 'TOTAL', 0]]);
  });
});
