import { columnIndex, type ReadCell } from './read-workbook.ts';

type Cells = readonly (readonly (ReadCell | undefined)[])[];

/** Computes a cell as a spreadsheet does, for the formulas that reports use: sums of ranges, of cells and of labelled lines. */
export function compute(rows: Cells, cell: ReadCell | undefined): number {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined || typeof cell === 'string') return 0;
  const { formula } = cell;
  const range = /^SUM\((\w+):(\w+)\)$/.exec(formula);
  if (range)
    return sum(cellsBetween(rows, range[1] ?? '', range[2] ?? '').map((each) => compute(rows, each)));
  const labelled = /^SUMIF\((\w+):(\w+),"\?\*",(\w+):(\w+)\)$/.exec(formula);
  if (labelled) {
    const labels = cellsBetween(rows, labelled[1] ?? '', labelled[2] ?? '');
    const amounts = cellsBetween(rows, labelled[3] ?? '', labelled[4] ?? '');
    return sum(amounts.map((each, at) => (typeof labels[at] === 'string' ? compute(rows, each) : 0)));
  }
  return sum(formula.split('+').map((place) => compute(rows, cellsBetween(rows, place, place)[0])));
}

function cellsBetween(rows: Cells, from: string, to: string): (ReadCell | undefined)[] {
  const [, letters = '', first = ''] = /^([A-Z]+)(\d+)$/.exec(from) ?? [];
  const last = Number(/\d+$/.exec(to)?.[0]);
  return rows.slice(Number(first) - 1, last).map((cells) => cells[columnIndex(letters)]);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
