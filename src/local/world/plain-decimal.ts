/** Writes a decimal number without an exponent, with all of its digits: `1.5e-7` becomes `0.00000015`. */
export function plainDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = whole.length + Number(exponent);
  const digits = (whole + fraction).padEnd(shift, '0').padStart(whole.length + fraction.length - shift, '0');
  const point = Math.max(shift, 0);
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const after = shift < 0 ? '0'.repeat(-shift) + whole + fraction : digits.slice(point);
  return `${sign}${before}${after === '' ? '' : `.${after}`}`;
}
