import type { Column } from '#domain/costs/sheet.ts';
import { xmlDeclaration } from './xml.ts';

type Format = Column['format'];

const formats: readonly Format[] = ['text', 'amount', 'percent', 'decimal'];
const headingOfNumbers = 2 * formats.length;

/** Index of a style in the table below: formats in plain, then in bold for totals. */
export const styleOf = (format: Format, isTotal: boolean) =>
  formats.indexOf(format) + (isTotal ? formats.length : 0);

/** Headings stand above their column: to the right above numbers. */
export const styleOfHeading = (format: Format) =>
  format === 'text' ? styleOf('text', true) : headingOfNumbers;

const amountFormat = 164;
const percentFormat = 165;
const numberFormats: Record<Format, number> = {
  text: 0,
  amount: amountFormat,
  percent: percentFormat,
  decimal: 0,
};

const style = (numberFormat: number, font: number, isRight: boolean) =>
  `<xf numFmtId="${numberFormat}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"` +
  (isRight ? ' applyAlignment="1"><alignment horizontal="right"/></xf>' : '/>');

const plainFont = 0;
const boldFont = 1;

const styles = [
  ...formats.map((format) => style(numberFormats[format], plainFont, format !== 'text')),
  ...formats.map((format) => style(numberFormats[format], boldFont, format !== 'text')),
  style(0, boldFont, true),
];

export const stylesXml = `${xmlDeclaration}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="2"><numFmt numFmtId="${amountFormat}" formatCode="#,##0.00"/><numFmt numFmtId="${percentFormat}" formatCode="0.0%"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="${styles.length}">${styles.join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;
