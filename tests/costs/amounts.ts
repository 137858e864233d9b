import * as fc from 'fast-check';

const digits = (most: number) =>
  fc.string({
    unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
    minLength: 1,
    maxLength: most,
  });

/** Amounts as Cost Explorer may write them: few digits and many, negative, with and without fraction or exponent. */
export const amountText = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: fc.oneof(digits(4), digits(24)),
    fraction: fc.option(fc.oneof(digits(10), digits(30)), { nil: undefined }),
    exponent: fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined, freq: 9 }),
  })
  .map(
    ({ sign, whole, fraction, exponent }) =>
      `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent === undefined ? '' : `E${exponent}`}`,
  );

const finest = 60;

/** The amount in units of 10^-60, computed apart from the code under test. */
export function exactly(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.split(/e/i);
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(finest - fraction.length + Number(exponent));
}
