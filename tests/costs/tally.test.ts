import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidAmount, moneyText } from '#domain/costs/money.ts';
import { openTally } from '#domain/costs/tally.ts';
import { amountText, exactly } from './amounts.ts';

function total(...amounts: readonly string[]): string {
  const tally = openTally();
  const cell = tally.open();
  for (const amount of amounts) tally.add(cell, amount);
  return moneyText(tally.total(cell));
}

describe('when many amounts are tallied', () => {
  it('is exact for any amounts, in any order', () => {
    fc.assert(
      fc.property(fc.array(amountText), (amounts) => {
        const sum = total(...amounts);
        expect(exactly(sum)).toBe(amounts.map(exactly).reduce((a, b) => a + b, 0n));
        expect(total(...amounts.toReversed())).toBe(sum);
      }),
    );
  });

  it('is exact where two terms that a double rounds would cancel', () => {
    expect(total('9007199254740993', '-9007199254740992')).toBe('1');
    expect(total('1234567890123.4', '-1234567890123.39999')).toBe('0.00001');
    expect(total('900719925474.0993', '0.00001', '-900719925474.0992')).toBe('0.00011');
  });

  it('is exact beyond 53 bits, and back again', () => {
    expect(total('9007199254740991', '9007199254740990')).toBe('18014398509481981');
    const cents = Array.from({ length: 100 }, () => '0.0000000001');
    expect(total('9007199254740991', ...cents, '-9007199254740991')).toBe('0.00000001');
  });

  it('is exact to more decimals than a cell of plain numbers can tell', () => {
    const tiny = `0.${'0'.repeat(299)}1`;
    expect(total(tiny, tiny)).toBe(`0.${'0'.repeat(299)}2`);
  });

  it('keeps thousands of sums apart', () => {
    const tally = openTally();
    const cells = Array.from({ length: 5_000 }, () => tally.open());
    for (const cell of cells) tally.add(cell, `${cell}.5`);
    expect(cells.every((cell) => moneyText(tally.total(cell)) === `${cell}.5`)).toBe(true);
  });

  it.each(['', '.', '-', '-.', '1.2.3', '1,2', ' 1', '1e'])('refuses %j', (amount) => {
    expect(() => total(amount)).toThrow(InvalidAmount);
  });
});
