import { money, plus, type Money } from './money.ts';

/**
 * Exact sums by the hundred thousand, each in a numbered cell. The bill of a large organization has millions of lines:
 * a sum whose digits fit 53 bits is kept as two plain numbers, without garbage, and only beyond that as Money.
 */
export interface Tally {
  /** Opens a cell that holds nothing, and gives its number. */
  readonly open: () => number;
  /** Throws InvalidAmount when the text is no decimal number. */
  readonly add: (cell: number, amount: string) => void;
  readonly total: (cell: number) => Money;
}

export function openTally(): Tally {
  let count = 0;
  let digits = new Float64Array(1024);
  let scales = new Uint8Array(1024);
  const beyond = new Map<number, Money>();

  const open = () => {
    if (count === digits.length) {
      digits = copied(digits, new Float64Array(2 * count));
      scales = copied(scales, new Uint8Array(2 * count));
    }
    return count++;
  };

  const total = (cell: number): Money =>
    beyond.get(cell) ?? { digits: BigInt(digits[cell] ?? 0), scale: scales[cell] ?? 0 };

  const add = (cell: number, amount: string) => {
    const scale = scaleOf(amount);
    const held = scales[cell] ?? 0;
    const finest = Math.max(scale, held);
    const before = (digits[cell] ?? 0) * tenTo(finest - held);
    const added = digitsOf(amount) * tenTo(finest - scale);
    if (areExact(before, added, before + added) && !beyond.has(cell)) {
      digits[cell] = before + added;
      scales[cell] = finest;
    } else beyond.set(cell, plus(total(cell), money(amount)));
  };

  return { open, add, total };
}

const largestScale = 255;
const powersOfTen = Array.from({ length: largestScale + 1 }, (_, power) => Number(`1e${power}`));
const tenTo = (power: number) => powersOfTen[power] ?? Number.NaN;

/** What a double has rounded is no safe integer any more; that shows in each term, for two errors may cancel in the sum. */
const areExact = (before: number, added: number, sum: number) =>
  Number.isSafeInteger(before) && Number.isSafeInteger(added) && Number.isSafeInteger(sum);

function scaleOf(amount: string): number {
  const point = amount.indexOf('.');
  return point < 0 ? 0 : amount.length - point - 1;
}

/** The digits of plain decimal text as a whole number; not a number for all that `money` has to judge. */
function digitsOf(amount: string): number {
  const isNegative = amount.startsWith('-');
  let value = 0;
  let others = 0;
  for (let at = Number(isNegative); at < amount.length; at += 1) {
    const digit = amount.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === -2) others += 1;
    else return Number.NaN;
  }
  const isPlain = others <= 1 && amount.length > others + Number(isNegative);
  if (!isPlain) return Number.NaN;
  return isNegative ? -value : value;
}

function copied<T extends Float64Array | Uint8Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
