import { describe, expect, it } from 'vitest';
import { openCostTable } from '#domain/costs/cost-ledger.ts';
import { moneyText } from '#domain/costs/money.ts';
import type { CostTable } from '#domain/costs/cost-ledger.ts';
import { aLedger, alice, bob } from './world.ts';

const listed = (table: CostTable, account = alice) =>
  table.of(account).map(({ item, amount }) => [item, moneyText(amount)]);

describe('when lines of a bill are recorded', () => {
  it('counts costly record types by service and by usage type, and all of them as charges', () => {
    const ledger = aLedger(
      { recordType: 'Usage', amount: '10', service: 'AWS Lambda', usageType: 'Requests' },
      { recordType: 'Tax', amount: '2', service: 'AWS Lambda', usageType: '' },
      { recordType: 'Credit', amount: '-4', service: 'AWS Lambda', usageType: 'Requests' },
      { recordType: 'SavingsPlanNegation', amount: '-1' },
    );
    expect(listed(ledger.services)).toEqual([['AWS Lambda', '12']]);
    expect(listed(ledger.usages)).toEqual([
      ['', '2'],
      ['Requests', '10'],
    ]);
    expect(listed(ledger.charges)).toEqual([
      ['Credit', '-4'],
      ['SavingsPlanNegation', '-1'],
      ['Tax', '2'],
      ['Usage', '10'],
    ]);
  });

  it('leaves out the lines of other months', () => {
    const ledger = aLedger({ date: '2026-09-30' }, { date: '2026-11-01' });
    expect([...ledger.charges.accounts()]).toEqual([]);
  });
});

describe('when grouped answers fill a table', () => {
  it('adds up the amounts of the same account and item, and sorts items by code point', () => {
    const table = openCostTable();
    table.add(alice, '\u{1F600}', '1');
    table.add(alice, '\uFB01', '0.1');
    table.add(bob, '\uFB01', '5');
    table.add(alice, '\uFB01', '0.2');
    expect(listed(table)).toEqual([
      ['\uFB01', '0.3'],
      ['\u{1F600}', '1'],
    ]);
    expect(listed(table, bob)).toEqual([['\uFB01', '5']]);
    expect([...table.items()]).toHaveLength(2);
  });

  it('has nothing to tell of an account without lines', () => {
    expect(openCostTable().of(alice)).toEqual([]);
  });
});
