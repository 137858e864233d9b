import { moneyText, type Money } from '#domain/costs/money.ts';
import { utf8Pieces } from './utf8-pieces.ts';

/** Text is guarded against being run as a formula; amounts and numbers are written with all their digits. */
export type CsvCell = string | number | Money | undefined;

/** UTF-8, lines ended by CR LF, cells quoted only where they must be; undefined gives an empty cell. */
export function csv(headings: readonly string[], lines: Iterable<readonly CsvCell[]>): Buffer {
  const pieces: Buffer[] = [];
  for (const piece of utf8Pieces(texts(headings, lines))) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

function* texts(headings: readonly string[], lines: Iterable<readonly CsvCell[]>): Generator<string> {
  yield csvLine(headings);
  for (const line of lines) yield csvLine(line);
}

/** One line of such a file, with its end. */
export const csvLine = (line: readonly CsvCell[]): string => `${line.map(cellText).join(',')}\r\n`;

function cellText(cell: CsvCell): string {
  if (typeof cell === 'string') return quoted(guarded(cell));
  if (typeof cell === 'object') return moneyText(cell);
  return cell === undefined ? '' : String(cell);
}

/** Spreadsheets run text that begins so as a formula: an account's name could send data away. A lone dash is harmless. */
const beginsLikeFormula = /^[=+\-@\t]./su;

const guarded = (text: string) => (beginsLikeFormula.test(text) ? `'${text}` : text);

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
