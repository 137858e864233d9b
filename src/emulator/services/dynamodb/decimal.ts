import { validationException } from './validation-exception.ts';

/** A number as DynamoDB keeps it: 38 significant digits, magnitudes from 1e-130 to 9.9…e125. */
interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const significantDigits = 38;
const largestMagnitude = 125;
const smallestMagnitude = -130;
const numberPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;
const plainInteger = /^(?:0|-?[1-9]\d{0,14})$/;

/** The one way to write a number, without exponent or idle zeros. Throws ValidationException. */
export function canonicalNumber(text: string): string {
  if (plainInteger.test(text)) return text;
  const [, sign = '', integer = '', fraction = '', exponent = '0'] = numberPattern.exec(text) ?? [];
  if (integer.length + fraction.length === 0) {
    const suffix = text === '' ? '' : `: ${text}`;
    throw validationException(`The parameter cannot be converted to a numeric value${suffix}`);
  }
  const digits = `${integer}${fraction}`.replace(/^0+/, '');
  return write(sign === '-', digits, Number(exponent) - fraction.length);
}

/** Orders two canonical numbers. */
export function compareNumbers(a: string, b: string): number {
  // Up to 15 digits a double tells any two decimals apart.
  if (a.length <= 15 && b.length <= 15) return Number(a) - Number(b);
  const [left, right] = aligned(a, b);
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Throws ValidationException when the sum leaves the range of DynamoDB's numbers. */
export function addNumbers(a: string, b: string): string {
  if (a.length <= 15 && b.length <= 15 && plainInteger.test(a) && plainInteger.test(b)) {
    return String(Number(a) + Number(b));
  }
  const [left, right, exponent] = aligned(a, b);
  const sum = left + right;
  return write(sum < 0n, String(sum).replace('-', ''), exponent);
}

/** Throws ValidationException when the difference leaves the range of DynamoDB's numbers. */
export function subtractNumbers(a: string, b: string): string {
  return addNumbers(a, b === '0' ? b : b.startsWith('-') ? b.slice(1) : `-${b}`);
}

/** Bytes that AWS counts for a number: two digits in each, and one for the exponent. */
export function sizeOfNumber(canonical: string): number {
  const digits = canonical.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + (canonical.startsWith('-') ? 2 : 1);
}

function write(negative: boolean, digits: string, exponent: number): string {
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const shift = exponent + digits.length - significant.length;
  checkRange(significant.length, significant.length - 1 + shift);
  const text = plain(significant, shift);
  return negative ? `-${text}` : text;
}

function plain(digits: string, shift: number): string {
  if (shift >= 0) return digits + '0'.repeat(shift);
  const point = digits.length + shift;
  return point > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : `0.${'0'.repeat(-point)}${digits}`;
}

function checkRange(digits: number, magnitude: number) {
  const attempt = 'Attempting to store a number with magnitude';
  if (magnitude > largestMagnitude) {
    throw validationException(`Number overflow. ${attempt} larger than supported range`);
  }
  if (magnitude < smallestMagnitude) {
    throw validationException(`Number underflow. ${attempt} smaller than supported range`);
  }
  if (digits > significantDigits) {
    throw validationException('Attempting to store more than 38 significant digits in a Number');
  }
}

/** Both as whole multiples of one power of ten. */
function aligned(a: string, b: string): [bigint, bigint, number] {
  const left = decimalOf(a);
  const right = decimalOf(b);
  const exponent = Math.min(left.exponent, right.exponent);
  return [scaled(left, exponent), scaled(right, exponent), exponent];
}

function scaled({ coefficient, exponent }: Decimal, to: number): bigint {
  return coefficient * 10n ** BigInt(exponent - to);
}

function decimalOf(canonical: string): Decimal {
  const [integer = '0', fraction = ''] = canonical.split('.');
  return { coefficient: BigInt(integer + fraction), exponent: -fraction.length };
}
