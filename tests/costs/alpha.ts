import { globSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { compute } from './compute.ts';
import { readCsv } from './read-csv.ts';
import { readWorkbook, type ReadCell, type ReadRow } from './read-workbook.ts';

const data = new URL('../data/alpha/', import.meta.url);

/** A file of the sample organization. */
export const readAlpha = (path: string) => readFileSync(new URL(path, data));

const written = globSync('expected/**/*.*', { cwd: data }).map((path) => path.replace('expected/', ''));

/** Keys of the files that the sample organization is reported in, sorted. */
export const expectedFiles = written.map((path) => path.replace('.xlsx.json', '.xlsx')).sort();

/** The lines of a CSV file, or the first sheet of a workbook, are those of the expected file of that name. */
export function expectAsExpected(path: string, body: Uint8Array): void {
  if (path.endsWith('.csv')) expectLines(path, body);
  else expectRows(path, body);
}

function expectLines(path: string, body: Uint8Array): void {
  const lines = (bytes: Uint8Array) => readCsv(bytes).map(numbers);
  expect(lines(body)).toEqual(lines(readAlpha(`expected/${path}`)));
}

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

function expectRows(path: string, body: Uint8Array): void {
  const wanted = (JSON.parse(readAlpha(`expected/${path}.json`).toString()) as Expected).rows;
  const [sheet] = readWorkbook(body);
  const wantedCells = wanted.map(({ cells }) => cells.map(asRead));
  const cells = sheet?.rows.map((row) => row.cells) ?? [];
  const outline = ({ level, hidden, collapsed }: Omit<ReadRow, 'cells'>) => ({ level, hidden, collapsed });
  const kinds = (rows: readonly (readonly ReadCell[])[]) => rows.map((row) => row.map((cell) => typeof cell));

  expect(sheet?.rows.map(outline)).toEqual(wanted.map(outline));
  expect(cells.map((row) => nearly(row, cells))).toEqual(wantedCells.map((row) => nearly(row, wantedCells)));
  expect(kinds(cells)).toEqual(kinds(wantedCells));
}
