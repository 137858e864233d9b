import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { costAlarms, describeAlarm } from '#domain/costs/cost-alarm.ts';
import { openCostTable } from '#domain/costs/cost-ledger.ts';
import { alice, anAccount, bob } from '../costs/world.ts';

const stranger = accountId('299999999999');
const accounts = new Map([
  [alice, anAccount()],
  [bob, anAccount({ id: bob, name: 'Bob' })],
]);

function alarms(costs: Readonly<Record<string, string>>, thresholds: Readonly<Record<string, number>>) {
  const table = openCostTable();
  for (const [account, amount] of Object.entries(costs)) table.add(accountId(account), '', amount);
  return costAlarms('2026-11', table, accounts, thresholds).map(describeAlarm);
}

describe('when a cost center has a threshold', () => {
  it('is told as soon as it spends more, with the accounts to look at', () => {
    const [alarm, ...others] = alarms({ [alice]: '1000.004', [bob]: '234.5' }, { Alpha: 1000 });

    expect(others).toEqual([]);
    expect(alarm).toEqual({
      title: "Costs of cost center 'Alpha' above 1,000.00 USD in 2026-11",
      message:
        "Cost center 'Alpha' has spent 1,234.50 USD in 2026-11, more than its threshold of 1,000.00 USD a month. " +
        'Its most expensive accounts:\n\n- Alice (200000000000): 1,000.00 USD\n- Bob (200000000001): 234.50 USD',
      identifier: 'CostAlarm-2026-11-Alpha',
    });
  });

  it('may spend all of it, to the last digit', () => {
    expect(alarms({ [alice]: '1000' }, { Alpha: 1000 })).toEqual([]);
    expect(alarms({ [alice]: '1000.0000000001' }, { Alpha: 1000 })).toHaveLength(1);
  });

  it('counts for accounts without a cost tag and those that left under NoCostTag', () => {
    expect(alarms({ [stranger]: '2' }, { NoCostTag: 1 })[0]?.message).toContain(
      '- Unknown (299999999999): 2.00',
    );
  });

  it('is left alone where it spent nothing or has none', () => {
    expect(alarms({ [stranger]: '2' }, { Alpha: 1, constructor: 1 })).toEqual([]);
  });

  it('is told in the order of names, with five accounts at most', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`30000000000${n}`, `${n + 1}`]));

    const told = alarms({ ...many, [alice]: '3' }, { NoCostTag: 1, Alpha: 1 });

    expect(told.map(({ identifier }) => identifier)).toEqual([
      'CostAlarm-2026-11-Alpha',
      'CostAlarm-2026-11-NoCostTag',
    ]);
    expect(told[1]?.message.match(/^- .*$/gm)).toEqual(
      [8, 7, 6, 5, 4].map((n) => `- Unknown (30000000000${n}): ${n + 1}.00 USD`),
    );
  });
});
