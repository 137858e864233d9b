/** An exact amount: `digits` × 10^-`scale`. Never rounded, whatever is added or multiplied. */
export interface Money {
  readonly digits: bigint;
  readonly scale: number;
}

export class InvalidAmount extends Error {
  override readonly name = 'InvalidAmount';
  readonly found: string;
  constructor(found: string) {
    super(`${JSON.stringify(found)} is no amount: write decimal text such as -12.345 or 1E-7`);
    this.found = found;
  }
}

export const nothing: Money = { digits: 0n, scale: 0 };

const decimal = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,2}))?$/;

/** Reads decimal text of any length, exponents up to two digits included, as Cost Explorer writes it. Throws InvalidAmount. */
export function money(text: string): Money {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  if (whole === '' && fraction === '') throw new InvalidAmount(text);
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { digits: digits * tenTo(-scale), scale: 0 } : { digits, scale };
}

/** All digits in plain decimals, without exponent or trailing zeros. */
export function moneyText({ digits, scale }: Money): string {
  const text = digits.toString();
  if (scale === 0) return text;
  const unsigned = (digits < 0n ? text.slice(1) : text).padStart(scale + 1, '0');
  const fraction = withoutTrailingZeros(unsigned.slice(-scale));
  const whole = unsigned.slice(0, -scale);
  return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The nearest double, for spreadsheets and metrics, which know no other number. */
export function moneyNumber(amount: Money): number {
  const digits = Number(amount.digits);
  const divisorIsExact = amount.scale <= 22;
  return divisorIsExact && Number.isSafeInteger(digits)
    ? digits / 10 ** amount.scale
    : Number(moneyText(amount));
}

export function plus(a: Money, b: Money): Money {
  if (a.scale === b.scale) return { digits: a.digits + b.digits, scale: a.scale };
  const scale = Math.max(a.scale, b.scale);
  return { digits: digitsAt(scale, a) + digitsAt(scale, b), scale };
}

export function sumOf(amounts: Iterable<Money>): Money {
  let sum = nothing;
  for (const amount of amounts) sum = plus(sum, amount);
  return sum;
}

/** The amount in another currency; `rate` is what one unit is worth there. */
export function times(amount: Money, rate: Money): Money {
  return { digits: amount.digits * rate.digits, scale: amount.scale + rate.scale };
}

/** Below zero when `a` is the smaller amount, zero when both are worth the same. */
export function compareMoney(a: Money, b: Money): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = digitsAt(scale, a) - digitsAt(scale, b);
  return difference < 0n ? -1 : Number(difference > 0n);
}

const powersOfTen = Array.from({ length: 64 }, (_, power) => 10n ** BigInt(power));
const tenTo = (power: number) => powersOfTen[power] ?? 10n ** BigInt(power);

const digitsAt = (scale: number, amount: Money) =>
  amount.scale === scale ? amount.digits : amount.digits * tenTo(scale - amount.scale);

const zero = 48;

function withoutTrailingZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === zero) end -= 1;
  return fraction.slice(0, end);
}
