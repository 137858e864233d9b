import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { AccountOfReport } from '#domain/costs/account-of-report.ts';
import { money } from '#domain/costs/money.ts';
import { expectAsExpected, expectedFiles, readAlpha } from './alpha.ts';
import { compute } from './compute.ts';
import { readWorkbook } from './read-workbook.ts';
import { aLedger, aMonth, bodiesOf, month, type Bill } from './world.ts';

interface World {
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly unit: string;
    readonly tags: Readonly<Record<string, string>>;
  }[];
  readonly costs: readonly Bill[];
  readonly rates: Readonly<Record<string, number>>;
}

const world = JSON.parse(readAlpha('world.json').toString()) as World;

const accounts = world.accounts.map(({ id, name, unit, tags }): AccountOfReport => ({
  id: accountId(id),
  name,
  unitName: world.units.find((each) => each.id === unit)?.name ?? 'Root',
  costCenter: tags['cost-center'] ?? 'NoCostTag',
}));
const euro = {
  currency: 'EUR',
  rate: money(String(world.rates['EUR'])),
  date: `${month}-31`,
  source: 'world',
};
const report = aMonth(accounts, aLedger(...world.costs), { prefix: 'SpaReports/Costs', rates: [euro] });
const bodies = bodiesOf(report);

const bodyOf = (key: string) => bodies.get(key) ?? Buffer.of();
describe('when the sample organization is reported', () => {
  it('gives exactly the files that are expected', () => {
    expect([...bodies.keys()].sort()).toEqual(expectedFiles);
    expect(expectedFiles).toHaveLength(14);
  });

  it.each(expectedFiles)('gives what is expected in %s', (path) => {
    expectAsExpected(path, bodyOf(path));
  });

  it('stores beside each formula what it computes to', () => {
    const sheets = [...bodies]
      .filter(([key]) => key.endsWith('.xlsx'))
      .flatMap(([, body]) => readWorkbook(body));
    let formulas = 0;
    for (const { rows } of sheets.filter(({ name }) => name !== 'Budgets')) {
      const cells = rows.map((row) => row.cells);
      for (const cell of cells.flat())
        if (cell !== null && typeof cell === 'object') {
          expect(cell.value).toBeCloseTo(compute(cells, cell), 6);
          formulas += 1;
        }
    }
    expect(formulas).toBeGreaterThan(50);
  });
});
