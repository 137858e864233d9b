import { moneyNumber } from '#domain/costs/money.ts';
import { columnName, firstRow, type BarChart, type Cell, type Sheet } from '#domain/costs/sheet.ts';
import { xmlDeclaration, xmlText } from './xml.ts';

const chartNamespace = 'http://schemas.openxmlformats.org/drawingml/2006/chart';
const drawingNamespace = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The frame of a chart to the right of the cells of its sheet; the chart is `rId1` of the drawing. */
export function drawingXml({ columns, rows }: Sheet): string {
  const left = columns.length + 1;
  const bottom = Math.max(20, 2 * [...rows].length);
  return (
    `${xmlDeclaration}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"` +
    ` xmlns:a="${drawingNamespace}"><xdr:twoCellAnchor>${corner('from', left, 1)}${corner('to', left + 12, bottom)}` +
    `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart"/><xdr:cNvGraphicFramePr/>` +
    `</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>` +
    `<a:graphicData uri="${chartNamespace}"><c:chart xmlns:c="${chartNamespace}" xmlns:r="${relationships}" r:id="rId1"/>` +
    `</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`
  );
}

const corner = (name: 'from' | 'to', column: number, row: number) =>
  `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;

const categoryAxis = 1;
const valueAxis = 2;

/** Horizontal bars, the first row on top, with the values stored for viewers that do not read the cells. */
export function chartXml(sheet: Sheet, chart: BarChart): string {
  return (
    `${xmlDeclaration}<c:chartSpace xmlns:c="${chartNamespace}" xmlns:a="${drawingNamespace}"><c:roundedCorners val="0"/>` +
    `<c:chart>${titleXml(chart.title)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>` +
    `<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>${seriesXml(sheet, chart)}` +
    `<c:gapWidth val="50"/><c:axId val="${categoryAxis}"/><c:axId val="${valueAxis}"/></c:barChart>${axesXml}` +
    `</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`
  );
}

const titleXml = (title: string) =>
  `<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="en-US" sz="1400" b="1"/><a:t>${xmlText(title)}</a:t></a:r>` +
  `</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;

function seriesXml(sheet: Sheet, { labels, values }: BarChart): string {
  const heading = `${sheetReference(sheet)}$${columnName(values)}$1`;
  return (
    `<c:ser><c:idx val="0"/><c:order val="0"/>` +
    `<c:tx><c:strRef><c:f>${heading}</c:f>${points('str', [sheet.columns[values]?.heading])}</c:strRef></c:tx>` +
    `<c:spPr><a:solidFill><a:srgbClr val="2F75B5"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>` +
    `<c:cat><c:strRef><c:f>${rangeOf(sheet, labels)}</c:f>${points('str', cellsOf(sheet, labels))}</c:strRef></c:cat>` +
    `<c:val><c:numRef><c:f>${rangeOf(sheet, values)}</c:f>${points('num', cellsOf(sheet, values))}</c:numRef></c:val></c:ser>`
  );
}

/** Names of categories stay at the edge where bars of negative amounts do not cover them. */
const axesXml =
  `<c:catAx><c:axId val="${categoryAxis}"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>` +
  `<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>` +
  `<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="${valueAxis}"/><c:crosses val="autoZero"/>` +
  `<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>` +
  `<c:valAx><c:axId val="${valueAxis}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>` +
  `<c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="out"/>` +
  `<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="${categoryAxis}"/><c:crosses val="max"/>` +
  `<c:crossBetween val="between"/></c:valAx>`;

const sheetReference = ({ name }: Sheet) => `'${xmlText(name.replaceAll("'", "''"))}'!`;

function rangeOf(sheet: Sheet, column: number): string {
  const letter = columnName(column);
  return `${sheetReference(sheet)}$${letter}$${firstRow}:$${letter}$${firstRow + [...sheet.rows].length - 1}`;
}

const cellsOf = ({ rows }: Sheet, column: number) => Array.from(rows, ({ cells }) => cells[column]);

function points(kind: 'str' | 'num', cells: readonly Cell[]): string {
  const values = cells.map((cell, index) => `<c:pt idx="${index}"><c:v>${pointText(cell)}</c:v></c:pt>`);
  const format = kind === 'num' ? '<c:formatCode>#,##0.00</c:formatCode>' : '';
  return `<c:${kind}Cache>${format}<c:ptCount val="${cells.length}"/>${values.join('')}</c:${kind}Cache>`;
}

function pointText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return xmlText(cell);
  return String('formula' in cell ? cell.value : moneyNumber(cell));
}
