import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { AccountOfReport } from '#domain/costs/account-of-report.ts';
import { money } from '#domain/costs/money.ts';
import { compute } from './compute.ts';
import { readCsv } from './read-csv.ts';
import { readWorkbook, type ReadCell, type ReadRow } from './read-workbook.ts';
import { aLedger, aMonth, bodiesOf, month, type Bill } from './world.ts';

const data = new URL('../data/alpha/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, data));

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

const world = JSON.parse(read('world.json').toString()) as World;

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
const expected = globSync('expected/**/*.*', { cwd: data }).map((path) => path.replace('expected/', ''));

interface Expected {
  readonly rows: readonly (Omit<ReadRow, 'cells'> & {
    readonly cells: readonly (string | number | null)[];
  })[];
}

/** Cells of the expected files, where text that begins with an equals sign stands for a formula. */
const asRead = (cell: string | number | null): ReadCell =>
  typeof cell === 'string' && cell.startsWith('=') ? { formula: cell.slice(1), value: Number.NaN } : cell;

const nearly = (cells: readonly (ReadCell | undefined)[], all: readonly (readonly ReadCell[])[]) =>
  cells.map((cell) => (typeof cell === 'string' ? cell : cell && compute(all, cell).toFixed(6)));

const numbers = (line: readonly string[]) =>
  line.map((cell) => (/^-?\d+\.\d+$/.test(cell) ? Number(cell).toFixed(6) : cell));

describe('when the sample organization is reported', () => {
  it('gives exactly the files that are expected', () => {
    const files = expected.map((path) => path.replace('.xlsx.json', '.xlsx'));
    expect([...bodies.keys()].sort()).toEqual(files.sort());
    expect(files).toHaveLength(14);
  });

  it.each(expected.filter((path) => path.endsWith('.csv')))('gives the lines of %s', (path) => {
    const lines = readCsv(bodyOf(path)).map(numbers);
    expect(lines).toEqual(readCsv(read(`expected/${path}`)).map(numbers));
  });

  it.each(expected.filter((path) => path.endsWith('.json')))('gives the rows of %s', (path) => {
    const wanted = (JSON.parse(read(`expected/${path}`).toString()) as Expected).rows;
    const [sheet] = readWorkbook(bodyOf(path.replace('.json', '')));
    const wantedCells = wanted.map(({ cells }) => cells.map(asRead));
    const cells = sheet?.rows.map((row) => row.cells) ?? [];

    expect(sheet?.rows.map(({ level, hidden, collapsed }) => ({ level, hidden, collapsed }))).toEqual(
      wanted.map(({ level, hidden, collapsed }) => ({ level, hidden, collapsed })),
    );
    expect(cells.map((row) => nearly(row, cells))).toEqual(
      wantedCells.map((row) => nearly(row, wantedCells)),
    );
    expect(cells.map((row) => row.map((cell) => typeof cell))).toEqual(
      wantedCells.map((row) => row.map((cell) => typeof cell)),
    );
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
