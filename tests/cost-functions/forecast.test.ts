import { describe, expect, it } from 'vitest';
import { openCostTable } from '#domain/costs/cost-ledger.ts';
import { forecastOf } from '#domain/costs/forecast.ts';
import { money, moneyText } from '#domain/costs/money.ts';
import { alice, anAccount, bob } from '../costs/world.ts';

const accounts = new Map([
  [alice, anAccount()],
  [bob, anAccount({ id: bob, unitName: 'Labs' })],
]);

function forecast(spent: readonly (readonly [account: typeof alice, amount: string])[], expected: string) {
  const table = openCostTable();
  for (const [account, amount] of spent) table.add(account, '', amount);
  return forecastOf('2026-11', table, money(expected), accounts);
}

describe('when a month is half over', () => {
  it('is heading for what was spent, and the share of each unit in what AWS expects', () => {
    const told = forecast(
      [
        [alice, '30.5'],
        [bob, '10.5'],
      ],
      '82',
    );

    expect(told?.month).toBe('2026-11');
    expect(told?.units.map(({ unitName, amount }) => [unitName, moneyText(amount)])).toEqual([
      ['Sandboxes', '91.5'],
      ['Labs', '31.5'],
    ]);
  });

  it('tells shares that never end to ten digits', () => {
    const told = forecast(
      [
        [alice, '1'],
        [bob, '2'],
      ],
      '1',
    );

    expect(told?.units.map(({ amount }) => moneyText(amount))).toEqual(['1.3333333333', '2.6666666666']);
  });

  it.each([[[]], [[[alice, '0'] as const]], [[[alice, '5'] as const, [bob, '-7'] as const]]])(
    'tells nothing while nothing has been spent: %j',
    (spent) => {
      expect(forecast(spent, '100')).toBeUndefined();
    },
  );
});
