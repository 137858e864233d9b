import { moneyNumber } from '#domain/costs/money.ts';
import type { Cell, Column, Sheet } from '#domain/costs/sheet.ts';

/** Bold letters of a fallback font take more room than the digits in which widths are counted. */
const widening = 1.1;
const margin = 2;
/** Excel knows no wider column. */
const widest = 255;

/** What has to be known of a sheet before its first row is written. */
export interface Measures {
  /** In characters, wide enough for the longest value as it is displayed. */
  readonly widths: readonly number[];
  readonly deepestLevel: number;
}

export function measure({ columns, rows }: Sheet): Measures {
  const widths = columns.map(({ heading }) => widthOfText(heading));
  let deepestLevel = 0;
  for (const { cells, style } of rows) {
    deepestLevel = Math.max(deepestLevel, style.level);
    for (let column = 0; column < cells.length; column += 1)
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cells[column], columns[column]?.format));
  }
  const padded = widths.map((width) => Math.min(Math.ceil(width * widening) + margin, widest));
  return { widths: padded, deepestLevel };
}

function widthOf(cell: Cell, format: Column['format'] | undefined): number {
  if (cell === undefined) return 0;
  if (typeof cell === 'string') return widthOfText(cell);
  const value = 'formula' in cell ? cell.value : moneyNumber(cell);
  return format === 'percent' ? widthOfNumber(value * 100) : widthOfNumber(value);
}

/** As `#,##0.00` displays it: a comma before every three digits, the point and two decimals, perhaps a sign. */
function widthOfNumber(value: number): number {
  const digits = Math.max(1, Math.floor(Math.log10(Math.abs(value) + 1)) + 1);
  return digits + Math.floor((digits - 1) / 3) + 3 + Number(value < 0);
}

/** Characters of East Asian scripts and emoji take the room of two. */
function widthOfText(text: string): number {
  let width = text.length;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x1100) width += 1;
  return width;
}
