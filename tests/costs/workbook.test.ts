import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidSheetName } from '#adapters/workbook/sheet-names.ts';
import { TooManyRows } from '#adapters/workbook/sheet-xml.ts';
import { workbook } from '#adapters/workbook/workbook.ts';
import { money } from '#domain/costs/money.ts';
import { repeatable } from '#domain/costs/repeatable.ts';
import {
  amountColumn,
  columnName,
  plain,
  textColumns,
  total,
  type Cell,
  type Row,
  type Sheet,
} from '#domain/costs/sheet.ts';
import { readWorkbook, readZip } from './read-workbook.ts';

const aSheet = (difference: Partial<Sheet> = {}): Sheet => ({
  name: 'Services',
  columns: [...textColumns('Service'), amountColumn('Amount (USD)')],
  rows: [],
  chart: undefined,
  ...difference,
});

const row = (...cells: readonly Cell[]): Row => ({ cells, style: plain });
const readBack = (sheet: Sheet) => readWorkbook(workbook([sheet]))[0];
const cellsOf = (...cells: readonly Cell[]) => readBack(aSheet({ rows: [row(...cells)] }))?.rows[1]?.cells;

describe('when cells are written to a workbook', () => {
  it.each(['=1+1', '+1', '@x', '<a>&"\'', ' spaces  ', 'two\nlines', '_x0041_', '_x_', '日本 😀', ''])(
    'keeps %j as text',
    (text) => {
      expect(cellsOf(text)).toEqual([text]);
    },
  );

  it('keeps any text, even characters that XML can not hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cellsOf(text)).toEqual([text.toWellFormed()]);
      }),
    );
  });

  it('writes no character that XML forbids', () => {
    const parts = readZip(workbook([aSheet({ rows: [row('\u0000\u000B\u001F\uFFFE\r\u0085')] })]));
    expect(parts.get('xl/sharedStrings.xml')).toContain('_x0000__x000B__x001F__xFFFE__x000D__x0085_');
  });

  it('writes amounts as numbers, to the digits that tell one double from the next', () => {
    const amounts = ['0.1000', '-12345678.123456789123456789', '1e-7', '0'];
    const rows = amounts.map((amount) => row(undefined, money(amount)));
    const cells = readBack(aSheet({ rows }))
      ?.rows.map(({ cells }) => cells)
      .slice(1);
    expect(cells).toEqual([0.1, -12345678.12345679, 1e-7, 0].map((number) => [null, number]));
  });

  it('stores the value of a formula beside it', () => {
    const formula = { formula: 'SUMIF(A2:A9,"?*",B2:B9)', value: 1.5 };
    expect(cellsOf('a', formula)).toEqual(['a', formula]);
  });

  it('gives the same bytes for the same sheets', () => {
    expect(workbook([aSheet()])).toEqual(workbook([aSheet()]));
  });

  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});

describe('when a sheet is opened', () => {
  const sheet = readBack(
    aSheet({
      rows: [
        row('A rather long name of a service', money('1234567.891')),
        { cells: ['TOTAL', money('-1234567.891')], style: total },
        row('日本語日本語日本語日本語日本語日本語'),
      ],
    }),
  );
  const styles = readZip(workbook([aSheet()])).get('xl/styles.xml') ?? '';
  const styleOf = (place: string) =>
    Number(new RegExp(`r="${place}" s="(\\d+)"`).exec(sheet?.xml ?? '')?.[1]);
  const formats = [...styles.slice(styles.indexOf('<cellXfs')).matchAll(/<xf .*?(?:\/>|<\/xf>)/g)].map(
    ([xf]) => xf,
  );

  it('shows amounts with two decimals, grouped by three digits, to the right', () => {
    expect(styles).toContain('numFmtId="164" formatCode="#,##0.00"');
    for (const place of ['B2', 'B3']) {
      expect(formats[styleOf(place)]).toContain('numFmtId="164"');
      expect(formats[styleOf(place)]).toContain('horizontal="right"');
    }
    expect(formats[styleOf('A2')]).toContain('numFmtId="0"');
    expect(formats[styleOf('B1')]).toContain('horizontal="right"');
  });

  it('has headings and totals in bold, and headings that stay in sight', () => {
    for (const place of ['A1', 'B1', 'A3', 'B3']) expect(formats[styleOf(place)]).toContain('fontId="1"');
    expect(formats[styleOf('A2')]).toContain('fontId="0"');
    expect(sheet?.xml).toContain(
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    );
  });

  it('has columns that are wide enough for what they show', () => {
    const widths = [...(sheet?.xml ?? '').matchAll(/<col [^>]*width="(\d+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths[0]).toBeGreaterThanOrEqual(2 * 18);
    expect(widths[1]).toBeGreaterThanOrEqual('-1,234,567.89'.length);
  });

  it('says how deep its outline is', () => {
    const folded = aSheet({ rows: [{ cells: ['a'], style: { ...plain, level: 3, isHidden: true } }] });
    expect(readBack(folded)?.xml).toContain('outlineLevelRow="3"');
    expect(sheet?.xml).not.toContain('outlineLevelRow');
  });
});

describe('when a workbook has several sheets', () => {
  const chart = { title: 'Costs & more', labels: 0, values: 1 };
  const parts = readZip(
    workbook([
      aSheet(),
      aSheet({ name: "Bob's chart", rows: [row('Alpha', money('2.5')), row('<b>', money('1'))], chart }),
    ]),
  );

  it('lists them in the order given, texts shared between them', () => {
    const names = readWorkbook(workbook([aSheet(), aSheet({ name: 'Rates' })])).map(({ name }) => name);
    expect(names).toEqual(['Services', 'Rates']);
  });

  it('draws the chart of the sheet that has one, values stored', () => {
    const xml = parts.get('xl/charts/chart2.xml') ?? '';
    expect(xml).toContain("<c:f>'Bob''s chart'!$B$2:$B$3</c:f>");
    expect(xml).toContain('<c:v>&lt;b&gt;</c:v>');
    expect(xml).toContain('<c:v>2.5</c:v>');
    expect(xml).toContain('<a:t>Costs &amp; more</a:t>');
    expect(parts.has('xl/charts/chart1.xml')).toBe(false);
  });

  it('declares each part once, and relates to parts that exist', () => {
    const declared = [...(parts.get('[Content_Types].xml') ?? '').matchAll(/PartName="\/([^"]+)"/g)].map(
      ([, path]) => path,
    );
    const written = [...parts.keys()].filter((path) => path.endsWith('.xml') && !path.startsWith('['));
    expect(new Set(declared)).toEqual(new Set(written));
    expect(declared).toHaveLength(written.length);
    for (const [path, xml] of parts)
      for (const [, target = ''] of xml.matchAll(/Target="([^"]+)"/g)) {
        const base = new URL(path.replace('_rels/', ''), 'file:///');
        expect([...parts.keys()]).toContain(new URL(target, base).pathname.slice(1));
      }
  });

  it.each(['', 'x'.repeat(32), 'a/b', 'a:b', '[a]', "'a", "a'", 'History', 'services', 'a\u0007'])(
    'refuses a sheet named %j',
    (name) => {
      expect(() => workbook([aSheet(), aSheet({ name })])).toThrow(InvalidSheetName);
    },
  );
});

describe('when a sheet has more rows than Excel takes', () => {
  it('is refused, and the CSV file recommended', () => {
    const line = row('a');
    const rows = repeatable(() =>
      Iterator.from({ [Symbol.iterator]: () => Array(1_048_576).fill(line).values() }),
    );
    expect(() => workbook([aSheet({ rows })])).toThrow(TooManyRows);
  });
});
