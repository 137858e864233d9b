import type { AttributeValue, Item } from './attribute-value.ts';
import { sizeOfNumber } from './decimal.ts';

/** No item may be larger, in bytes, names of attributes included. */
export const largestItem = 400 * 1024;

const containerOverhead = 3;

/** Bytes that AWS counts for an item: names and values. */
export function sizeOfItem(item: Item): number {
  let size = 0;
  for (const [name, value] of Object.entries(item)) size += Buffer.byteLength(name) + sizeOfValue(value);
  return size;
}

function sizeOfValue(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return sizeOfNumber(value.N);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('SS' in value) return total(value.SS, (member) => Buffer.byteLength(member));
  if ('NS' in value) return total(value.NS, sizeOfNumber);
  if ('BS' in value) return total(value.BS, (member) => Buffer.byteLength(member, 'base64'));
  if ('L' in value) return containerOverhead + total(value.L, (member) => 1 + sizeOfValue(member));
  return containerOverhead + Object.keys(value.M).length + sizeOfItem(value.M);
}

function total<T>(members: readonly T[], size: (member: T) => number): number {
  return members.reduce((sum, member) => sum + size(member), 0);
}
