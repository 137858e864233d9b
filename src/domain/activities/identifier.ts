import { createHash } from 'node:crypto';

/** A UUID made from what it identifies, so that an event that comes twice gives the same one twice. */
export function identifierOf(...parts: readonly (string | number)[]): string {
  const digits = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const [a, b, c, d, e] = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(13, 16),
    digits.slice(17, 20),
    digits.slice(20, 32),
  ];
  return `${a}-${b}-5${c}-8${d}-${e}`;
}
