import { moneyNumber, nothing, plus, type Money } from './money.ts';
import { repeatable } from './repeatable.ts';
import { columnName, firstRow, type Cell, type Row, type RowStyle, type Value } from './sheet.ts';

/** A line of a summary, with the lines that it sums up. */
export interface Fold {
  readonly labels: readonly (string | undefined)[];
  /** Undefined where a leaf has nothing to tell, which is not the same as zero. */
  readonly amounts: readonly (Money | undefined)[];
  /** Undefined for a leaf. Gone through more than once: there may be a leaf for each of many accounts, made anew each time. */
  readonly parts: Iterable<Fold> | undefined;
}

/** The line that sums up `parts`, column by column; `columns` says how many there are even where no part is. */
export function folded(labels: Fold['labels'], parts: Iterable<Fold>, columns: number): Fold {
  const amounts = Array.from({ length: columns }, () => nothing);
  for (const part of parts)
    for (const [column, amount = nothing] of part.amounts.entries())
      amounts[column] = plus(amounts[column] ?? nothing, amount);
  return { labels, amounts, parts };
}

/** Every line below and including `fold`, each after its parts. */
export function* linesOf(fold: Fold): Generator<Fold> {
  for (const part of fold.parts ?? []) yield* linesOf(part);
  yield fold;
}

export const valuesOf = (month: string, { labels, amounts }: Fold): Value[] => [month, ...labels, ...amounts];

/** Rows of a spreadsheet that folds: outermost parts stay in sight and collapsed, all within them hides. */
export function foldedRows(month: string, whole: Fold): Iterable<Row> {
  return repeatable(() => rowsOf({ month, fold: whole, level: 0, start: firstRow }));
}

interface Place {
  readonly month: string;
  readonly fold: Fold;
  readonly level: number;
  /** Number of the first row of the group. */
  readonly start: number;
}

/** Returns the number of the row that sums up. */
function* rowsOf({ month, fold, level, start }: Place): Generator<Row, number> {
  const parts: number[] = [];
  let next = start;
  let haveParts = false;
  for (const part of fold.parts ?? []) {
    const row = yield* rowsOf({ month, fold: part, level: level + 1, start: next });
    parts.push(row);
    next = row + 1;
    haveParts ||= part.parts !== undefined;
  }
  const sum = { labels: fold.labels.length, start, parts, haveParts };
  const amounts = fold.amounts.map((amount = nothing, column) =>
    parts.length === 0 ? amount : sumCell(sum, column, amount),
  );
  yield { cells: [month, ...fold.labels, ...amounts], style: styleAt(level) };
  return next;
}

const styleAt = (level: number): RowStyle => ({
  level,
  isHidden: level > 1,
  isCollapsed: level === 1,
  isTotal: level === 0,
});

interface Sum {
  /** How many columns of labels stand between the month and the amounts. */
  readonly labels: number;
  readonly start: number;
  /** Numbers of the rows to sum up. */
  readonly parts: readonly number[];
  /** The parts have parts, so that other rows lie between them. */
  readonly haveParts: boolean;
}

/** Excel refuses formulas of more than 8,192 characters. */
const longestFormula = 8_000;

function sumCell({ labels, start, parts, haveParts }: Sum, column: number, amount: Money): Cell {
  const letter = columnName(1 + labels + column);
  const range = (name: string) => `${name}${start}:${name}${parts.at(-1)}`;
  const value = moneyNumber(amount);
  if (!haveParts) return { formula: `SUM(${range(letter)})`, value };
  const formula = parts.map((row) => letter + row).join('+');
  if (formula.length <= longestFormula) return { formula, value };
  return { formula: `SUMIF(${range(columnName(labels))},"?*",${range(letter)})`, value };
}
