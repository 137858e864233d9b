import { moneyNumber } from '#domain/costs/money.ts';
import { columnName, firstRow, type Cell, type Row, type RowStyle, type Sheet } from '#domain/costs/sheet.ts';
import { measure, type Measures } from './measures.ts';
import type { SharedStrings } from './shared-strings.ts';
import { styleOf, styleOfHeading } from './styles.ts';
import { xmlDeclaration, xmlText } from './xml.ts';

export class TooManyRows extends Error {
  override readonly name = 'TooManyRows';
  readonly sheet: string;
  constructor(sheet: string) {
    super(
      `sheet ${sheet} has more than the ${mostRows} rows that Excel takes: use the CSV file of the same lines`,
    );
    this.sheet = sheet;
  }
}

const mostRows = 1_048_576;

/** A worksheet, row by row. Its drawing, if it has a chart, is `rId1` of the sheet. Throws TooManyRows. */
export function* sheetXml(sheet: Sheet, strings: SharedStrings, isFirst: boolean): Generator<string> {
  yield opening(measure(sheet), isFirst);
  yield headingRow(sheet, strings);
  const write = rowWriter(sheet, strings);
  let number = firstRow;
  for (const row of sheet.rows) {
    if (number > mostRows) throw new TooManyRows(sheet.name);
    yield write(row, number);
    number += 1;
  }
  yield closing(sheet, number - 1);
}

function opening({ widths, deepestLevel }: Measures, isFirst: boolean): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return (
    `${xmlDeclaration}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"` +
    ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
    `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">` +
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"${deepestLevel === 0 ? '' : ` outlineLevelRow="${deepestLevel}"`}/>` +
    `<cols>${columns.join('')}</cols><sheetData>`
  );
}

/** Account numbers are text that looks like a number, and Excel shall not mark each of them. */
function closing({ columns, chart }: Sheet, lastRow: number): string {
  const used = `A1:${columnName(columns.length - 1)}${lastRow}`;
  const paper = '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/>';
  const ignored = `<ignoredErrors><ignoredError sqref="${used}" numberStoredAsText="1"/></ignoredErrors>`;
  return `</sheetData>${paper}${ignored}${chart ? '<drawing r:id="rId1"/>' : ''}</worksheet>`;
}

function headingRow({ columns }: Sheet, strings: SharedStrings): string {
  const cells = columns.map(
    ({ heading, format }, index) =>
      `<c r="${columnName(index)}1" s="${styleOfHeading(format)}"${strings.cellEnd(heading)}`,
  );
  return `<row r="1">${cells.join('')}</row>`;
}

/** Rows are written by the hundred thousand, so what the cells of a column have in common is made once. */
function rowWriter({ columns }: Sheet, strings: SharedStrings): (row: Row, number: number) => string {
  const starts = columns.map((_, index) => `<c r="${columnName(index)}`);
  const plainStyles = columns.map(({ format }) => `" s="${styleOf(format, false)}"`);
  const totalStyles = columns.map(({ format }) => `" s="${styleOf(format, true)}"`);
  return ({ cells, style }, row) => {
    const styles = style.isTotal ? totalStyles : plainStyles;
    const number = String(row);
    let xml = `<row r="${number}"${outline(style)}>`;
    for (let index = 0; index < starts.length; index += 1) {
      const cell = cells[index];
      if (cell !== undefined) xml += `${starts[index]}${number}${styles[index]}${cellEnd(cell, strings)}`;
    }
    return `${xml}</row>`;
  };
}

const outline = ({ level, isHidden, isCollapsed }: RowStyle) =>
  (level === 0 ? '' : ` outlineLevel="${level}"`) +
  (isHidden ? ' hidden="1"' : '') +
  (isCollapsed ? ' collapsed="1"' : '');

/** Numbers take the shortest text that gives the same double back, which is all that a spreadsheet can hold. */
function cellEnd(cell: Exclude<Cell, undefined>, strings: SharedStrings): string {
  if (typeof cell === 'string') return strings.cellEnd(cell);
  if ('formula' in cell) return `><f>${xmlText(cell.formula)}</f><v>${cell.value}</v></c>`;
  return `><v>${moneyNumber(cell)}</v></c>`;
}
