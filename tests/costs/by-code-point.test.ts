import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCodePoint } from '#domain/costs/by-code-point.ts';

const codePoints = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0);

function byListOfCodePoints(a: string, b: string): number {
  const [ofA, ofB] = [codePoints(a), codePoints(b)];
  const at = ofA.findIndex((point, index) => point !== ofB[index]);
  if (at < 0) return ofA.length - ofB.length;
  return (ofA[at] ?? 0) - (ofB[at] ?? -1);
}

describe('when names are sorted', () => {
  it('goes by code point: not as locales do, and not by UTF-16 units', () => {
    const names = ['\u{1F600}', '\uFB01', 'é', 'z', 'Z', 'a', ''];
    expect(names.toSorted(byCodePoint)).toEqual(['', 'Z', 'a', 'z', 'é', '\uFB01', '\u{1F600}']);
    expect(names.toSorted().at(-1)).toBe('\uFB01');
  });

  it('agrees with the comparison of whole code points', () => {
    const name = fc.string({
      unit: fc.oneof(fc.constantFrom('a', 'b', '\uE000', '\uFFFD', '\u{10000}', '\u{1F600}')),
    });
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(Math.sign(byCodePoint(a, b))).toBe(Math.sign(byListOfCodePoints(a, b)));
      }),
    );
  });
});
