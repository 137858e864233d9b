import { moneyNumber, type Money } from './money.ts';

/** A value that the spreadsheet computes again. Viewers that do not compute show the stored `value`. */
export interface Formula {
  /** Without the leading equals sign. */
  readonly formula: string;
  readonly value: number;
}

/** Text stays text whatever it begins with; undefined leaves the cell empty. */
export type Value = string | Money | undefined;
export type Cell = Value | Formula;

export interface RowStyle {
  /** Outline level; 0 stands outside of every group. */
  readonly level: number;
  readonly isHidden: boolean;
  /** The group that this row sums up is folded. */
  readonly isCollapsed: boolean;
  readonly isTotal: boolean;
}

export interface Row {
  readonly cells: readonly Cell[];
  readonly style: RowStyle;
}

export interface Column {
  readonly heading: string;
  readonly format: 'text' | 'amount' | 'percent' | 'decimal';
}

/** Horizontal bars, one for each row of the sheet; columns are counted from 0. */
export interface BarChart {
  readonly title: string;
  readonly labels: number;
  readonly values: number;
}

export interface Sheet {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Gone through more than once; large sheets make their rows anew each time rather than keep them. */
  readonly rows: Iterable<Row>;
  readonly chart: BarChart | undefined;
}

export const plain: RowStyle = { level: 0, isHidden: false, isCollapsed: false, isTotal: false };
export const total: RowStyle = { ...plain, isTotal: true };

/** First row below the headings, as formulas count rows. */
export const firstRow = 2;

export const textColumns = (...headings: readonly string[]): Column[] =>
  headings.map((heading) => ({ heading, format: 'text' }));

export const amountColumn = (heading: string): Column => ({ heading, format: 'amount' });

export const headingsOf = ({ columns }: Sheet): string[] => columns.map(({ heading }) => heading);

/** A sum below `count` rows that begin at row `start`. Over no rows it is the plain amount: a formula would count itself. */
export function sumOfRows(sum: Money, column: number, start: number, count: number): Cell {
  if (count === 0) return sum;
  const letter = columnName(column);
  return { formula: `SUM(${letter}${start}:${letter}${start + count - 1})`, value: moneyNumber(sum) };
}

/** Letters of a column counted from 0: A, B … Z, AA … */
export function columnName(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
