/** A line of a CSV file that is not blank: its cells, trimmed, or what keeps it from being read. */
export type CsvLine =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly problem: string };

/** One cell, quoted or not, and what ends it. A quote that opens a cell without ending it well makes the second branch match. */
const cell = /[ \t]*(?:"([^"]*(?:""[^"]*)*)"[ \t]*|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Splits a CSV file as spreadsheets write it. After a line that can't be read it goes on with the next one, so that
 * all faults are told at once; the common parsers stop there, or swallow what follows.
 */
export function csvLines(text: string): readonly CsvLine[] {
  const lines: CsvLine[] = [];
  let line = 1;
  let position = 0;
  while (position < text.length) {
    const record = readRecord(text, position);
    if ('problem' in record) lines.push({ line, problem: record.problem });
    else if (record.cells.some((content) => content !== '')) lines.push({ line, cells: record.cells });
    line += text.slice(position, record.end).match(/\r\n|\n|\r/g)?.length ?? 0;
    position = record.end;
  }
  return lines;
}

type CsvRecord = { readonly end: number } & (
  { readonly cells: readonly string[] } | { readonly problem: string }
);

function readRecord(text: string, start: number): CsvRecord {
  const cells: string[] = [];
  cell.lastIndex = start;
  for (;;) {
    const [, quoted, plain, ending] = cell.exec(text) ?? [];
    if (plain?.startsWith('"')) return { end: endOfLine(text, start), problem: problemOf(plain) };
    cells.push((quoted?.replaceAll('""', '"') ?? plain ?? '').trim());
    if (ending !== ',') return { end: cell.lastIndex, cells };
  }
}

function problemOf(plain: string): string {
  return `a cell that opens with a quote and does not close with one: ${plain.trim().slice(0, 40)}`;
}

function endOfLine(text: string, start: number): number {
  const rest = text.slice(start).search(/[\r\n]/);
  if (rest < 0) return text.length;
  return start + rest + (text.startsWith('\r\n', start + rest) ? 2 : 1);
}
