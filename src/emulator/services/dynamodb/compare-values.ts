import { attributeOf, type AttributeValue, type Item } from './attribute-value.ts';
import { compareNumbers } from './decimal.ts';

/** Whether two values are the same; sets have no order. */
export function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  if ('S' in a) return 'S' in b && a.S === b.S;
  if ('N' in a) return 'N' in b && a.N === b.N;
  if ('B' in a) return 'B' in b && a.B === b.B;
  if ('BOOL' in a) return 'BOOL' in b && a.BOOL === b.BOOL;
  if ('NULL' in a) return 'NULL' in b;
  if ('L' in a) return 'L' in b && sameList(a.L, b.L);
  if ('M' in a) return 'M' in b && sameItem(a.M, b.M);
  if ('SS' in a) return 'SS' in b && sameSet(a.SS, b.SS);
  if ('NS' in a) return 'NS' in b && sameSet(a.NS, b.NS);
  return 'BS' in b && sameSet(a.BS, b.BS);
}

export function sameItem(a: Item, b: Item): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [left, right] = [attributeOf(a, name), attributeOf(b, name)];
      return left !== undefined && right !== undefined && sameValue(left, right);
    })
  );
}

function sameList(a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean {
  return a.length === b.length && a.every((member, index) => sameValue(member, b[index] ?? { NULL: true }));
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const members = new Set(b);
  return a.length === members.size && a.every((member) => members.has(member));
}

/** Orders two texts, numbers or binaries; undefined where DynamoDB knows no order. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a && 'S' in b) return compareUtf8(a.S, b.S);
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('B' in a && 'B' in b) return compareBytes(bytesOf(a.B), bytesOf(b.B));
  return undefined;
}

/** The order of the bytes in UTF-8, where characters beyond the basic plane come after all others. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all that one unit can hold. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Base64 as text of one character for each byte, which compares as the bytes do. */
export function bytesOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

export function compareBytes(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
