import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNumbers,
  canonicalNumber,
  compareNumbers,
  subtractNumbers,
} from '#emulator/services/dynamodb/decimal.ts';
import { createSortedList } from '#emulator/services/dynamodb/sorted-list.ts';

describe('when a number is written', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.00', '0'],
    ['007', '7'],
    ['+5', '5'],
    ['1.50', '1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['-1.25E-2', '-0.0125'],
    ['100000000000000000000', '100000000000000000000'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ])('%s is kept as %s', (written, kept) => {
    expect(canonicalNumber(written)).toBe(kept);
  });

  it.each([
    ['', 'The parameter cannot be converted to a numeric value'],
    ['1,5', 'The parameter cannot be converted to a numeric value: 1,5'],
    ['NaN', 'The parameter cannot be converted to a numeric value: NaN'],
    ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['1e-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
    ['1'.repeat(39), 'Attempting to store more than 38 significant digits in a Number'],
  ])('%j is refused', (written, message) => {
    expect(() => canonicalNumber(written)).toThrow(message);
  });
});

describe('when numbers are calculated with', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 18 }))
    .map(([digits, scale]) => ({
      text: canonicalNumber(`${digits}e-${scale}`),
      exact: digits * 10n ** BigInt(18 - scale),
    }));

  it('loses nothing', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(addNumbers(a.text, b.text)).toBe(canonicalNumber(`${a.exact + b.exact}e-18`));
        expect(subtractNumbers(a.text, b.text)).toBe(canonicalNumber(`${a.exact - b.exact}e-18`));
      }),
    );
  });

  it('orders them by value', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sign = a.exact < b.exact ? -1 : a.exact > b.exact ? 1 : 0;
        expect(Math.sign(compareNumbers(a.text, b.text))).toBe(sign);
      }),
    );
  });
});

describe('when items are kept in order', () => {
  it('is as good as new once everything has gone', () => {
    const list = createSortedList<number>((a, b) => a - b);
    for (let item = 0; item < 2000; item += 1) list.put(item);

    for (let item = 1999; item >= 0; item -= 1) list.remove(item);
    list.put(7);
    list.put(5);

    expect([...list.ascending()]).toEqual([5, 7]);
    expect([...list.descending()]).toEqual([7, 5]);
    expect(list.size).toBe(2);
  });

  it('finds, removes and walks like a sorted array', () => {
    const number = fc.integer({ min: 0, max: 3000 });
    const actions = fc.array(fc.tuple(fc.constantFrom('put', 'put', 'remove'), number), {
      maxLength: 4000,
      size: 'max',
    });
    fc.assert(
      fc.property(actions, number, (all, from) => {
        const list = createSortedList<number>((a, b) => a - b);
        const model = new Set<number>();
        for (const [action, item] of all) {
          list[action](item);
          if (action === 'put') model.add(item);
          else model.delete(item);
        }
        const sorted = [...model].sort((a, b) => a - b);
        expect(list.size).toBe(sorted.length);
        expect(list.first()).toBe(sorted[0]);
        expect([...list.ascending((item) => item < from)]).toEqual(sorted.filter((item) => item >= from));
        expect([...list.descending((item) => item > from)]).toEqual(
          sorted.filter((item) => item <= from).reverse(),
        );
        expect(list.find(from)).toBe(model.has(from) ? from : undefined);
      }),
      { numRuns: 30 },
    );
  });
});
