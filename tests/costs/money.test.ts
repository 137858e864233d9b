import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareMoney,
  InvalidAmount,
  money,
  moneyNumber,
  moneyText,
  nothing,
  plus,
  sumOf,
  times,
} from '#domain/costs/money.ts';
import { amountText, exactly } from './amounts.ts';

describe('when amounts come as decimal text', () => {
  it.each([
    ['0', '0'],
    ['-0.00', '0'],
    ['12.500', '12.5'],
    ['1E-7', '0.0000001'],
    ['-2.5e+3', '-2500'],
    ['+.5', '0.5'],
    ['7.', '7'],
    [
      '123456789012345678901234567890.123456789012345678901',
      '123456789012345678901234567890.123456789012345678901',
    ],
    ['-0.0000000000000000000000000001', '-0.0000000000000000000000000001'],
  ])('reads %s and writes it as %s', (text, written) => {
    expect(moneyText(money(text))).toBe(written);
  });

  it.each(['', '.', '-', '1,5', '1 000', '0x10', 'NaN', 'Infinity', '1.2.3', '1e', '1e999', '--1', '12a'])(
    'refuses %j and says what is right',
    (text) => {
      expect(() => money(text)).toThrow(InvalidAmount);
      expect(() => money(text)).toThrow('decimal text');
    },
  );

  it('gives the nearest double to those who know no other number', () => {
    fc.assert(
      fc.property(amountText, (text) => moneyNumber(money(text)) === Number(text) || Number(text) === 0),
    );
  });
});

describe('when amounts are summed up', () => {
  it('keeps every digit, where doubles would lose some', () => {
    expect(moneyText(sumOf(['0.1', '0.2', '1e16', '-1e16'].map(money)))).toBe('0.3');
    expect(0.1 + 0.2).not.toBe(0.3);
  });

  it('gives the exact sum of any amounts, in any order', () => {
    fc.assert(
      fc.property(fc.array(amountText), (texts) => {
        const sum = sumOf(texts.map(money));
        expect(exactly(moneyText(sum))).toBe(texts.map(exactly).reduce((a, b) => a + b, 0n));
        expect(moneyText(sumOf(texts.toReversed().map(money)))).toBe(moneyText(sum));
      }),
    );
  });

  it('comes back to nothing when everything is refunded', () => {
    fc.assert(
      fc.property(amountText, (text) => {
        const refunded = plus(money(text), times(money(text), money('-1')));
        expect(moneyText(refunded)).toBe('0');
        expect(compareMoney(refunded, nothing)).toBe(0);
      }),
    );
  });
});

describe('when an amount is expressed in another currency', () => {
  it('multiplies without rounding', () => {
    expect(moneyText(times(money('0.00000123456789'), money('0.92')))).toBe('0.0000011358024588');
  });

  it('converts a sum to the sum of what was converted', () => {
    fc.assert(
      fc.property(fc.array(amountText), amountText, (texts, rate) => {
        const amounts = texts.map(money);
        const converted = sumOf(amounts.map((amount) => times(amount, money(rate))));
        expect(moneyText(converted)).toBe(moneyText(times(sumOf(amounts), money(rate))));
      }),
    );
  });
});

describe('when amounts are compared', () => {
  it('orders them by worth, whatever their number of digits', () => {
    fc.assert(
      fc.property(amountText, amountText, (a, b) => {
        const difference = exactly(a) - exactly(b);
        expect(Math.sign(compareMoney(money(a), money(b)))).toBe(
          difference < 0n ? -1 : Number(difference > 0n),
        );
      }),
    );
  });
});
