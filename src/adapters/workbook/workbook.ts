import type { Sheet } from '#domain/costs/sheet.ts';
import { chartXml, drawingXml } from './chart-xml.ts';
import { openSharedStrings, type SharedStrings } from './shared-strings.ts';
import { checkSheetNames } from './sheet-names.ts';
import { sheetXml } from './sheet-xml.ts';
import { stylesXml } from './styles.ts';
import { xmlDeclaration, xmlText } from './xml.ts';
import { zip, type ZipPart } from './zip.ts';

/**
 * An Excel workbook. The same sheets give the same bytes. Throws InvalidSheetName, and TooManyRows.
 */
export function workbook(sheets: readonly Sheet[]): Buffer {
  checkSheetNames(sheets.map(({ name }) => name));
  return zip(partsOf(sheets));
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const drawings = 'application/vnd.openxmlformats-officedocument';

function* partsOf(sheets: readonly Sheet[]): Generator<ZipPart> {
  const strings = openSharedStrings();
  yield part('[Content_Types].xml', contentTypes(sheets));
  yield part('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  yield part('xl/workbook.xml', workbookXml(sheets));
  const names = sheets.map((_, index): Relation => ['worksheet', `worksheets/sheet${index + 1}.xml`]);
  yield part(
    'xl/_rels/workbook.xml.rels',
    relations([...names, ['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml']]),
  );
  yield part('xl/styles.xml', stylesXml);
  for (const [index, sheet] of sheets.entries()) yield* sheetParts(sheet, index + 1, strings);
  yield { path: 'xl/sharedStrings.xml', content: strings.xml() };
}

function* sheetParts(sheet: Sheet, number: number, strings: SharedStrings): Generator<ZipPart> {
  yield { path: `xl/worksheets/sheet${number}.xml`, content: sheetXml(sheet, strings, number === 1) };
  if (!sheet.chart) return;
  yield part(
    `xl/worksheets/_rels/sheet${number}.xml.rels`,
    relations([['drawing', `../drawings/drawing${number}.xml`]]),
  );
  yield part(`xl/drawings/drawing${number}.xml`, drawingXml(sheet));
  yield part(
    `xl/drawings/_rels/drawing${number}.xml.rels`,
    relations([['chart', `../charts/chart${number}.xml`]]),
  );
  yield part(`xl/charts/chart${number}.xml`, chartXml(sheet, sheet.chart));
}

const part = (path: string, xml: string): ZipPart => ({ path, content: [xml] });

type Relation = readonly [type: string, target: string];

/** Relations are numbered rId1, rId2 … in the order given. */
function relations(targets: readonly Relation[]): string {
  const lines = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `${xmlDeclaration}<Relationships xmlns="${packages}/relationships">${lines.join('')}</Relationships>`;
}

function workbookXml(sheets: readonly Sheet[]): string {
  const names = sheets.map(
    ({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return (
    `${xmlDeclaration}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}">` +
    `<bookViews><workbookView activeTab="0"/></bookViews><sheets>${names.join('')}</sheets><calcPr calcId="191029"/></workbook>`
  );
}

function contentTypes(sheets: readonly Sheet[]): string {
  const overrides = [
    override('workbook.xml', `${spreadsheet}.sheet.main+xml`),
    override('styles.xml', `${spreadsheet}.styles+xml`),
    override('sharedStrings.xml', `${spreadsheet}.sharedStrings+xml`),
    ...sheets.flatMap(({ chart }, index) => [
      override(`worksheets/sheet${index + 1}.xml`, `${spreadsheet}.worksheet+xml`),
      ...(chart ? chartOverrides(index + 1) : []),
    ]),
  ];
  return (
    `${xmlDeclaration}<Types xmlns="${packages}/content-types">` +
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}

const chartOverrides = (number: number) => [
  override(`drawings/drawing${number}.xml`, `${drawings}.drawing+xml`),
  override(`charts/chart${number}.xml`, `${drawings}.drawingml.chart+xml`),
];

const override = (path: string, type: string) => `<Override PartName="/xl/${path}" ContentType="${type}"/>`;
