import { csv } from '#adapters/csv/csv.ts';
import { workbook } from '#adapters/workbook/workbook.ts';
import { accountId } from '#domain/account.ts';
import type { AccountOfReport } from '#domain/costs/account-of-report.ts';
import { openCostLedger, recordCost, type CostLedger } from '#domain/costs/cost-ledger.ts';
import { monthlyCostReport, type MonthOfCosts } from '#domain/costs/monthly-cost-report.ts';
import { readWorkbook, type ReadSheet } from './read-workbook.ts';

export const month = '2026-10';
export const alice = accountId('200000000000');
export const bob = accountId('200000000001');

export function anAccount(difference: Partial<AccountOfReport> = {}): AccountOfReport {
  return { id: alice, name: 'Alice', unitName: 'Sandboxes', costCenter: 'Alpha', ...difference };
}

export interface Bill {
  readonly account?: string;
  readonly recordType?: string;
  readonly service?: string;
  readonly usageType?: string;
  readonly amount?: string;
  readonly date?: string;
}

export function aLedger(...bills: readonly Bill[]): CostLedger {
  const ledger = openCostLedger(month);
  for (const { account = alice, ...difference } of bills)
    recordCost(ledger, {
      account: accountId(account),
      date: `${month}-03`,
      recordType: 'Usage',
      service: 'AWS Lambda',
      usageType: 'Requests',
      amount: '1',
      ...difference,
    });
  return ledger;
}

export function aMonth(
  accounts: readonly AccountOfReport[],
  ledger: CostLedger,
  difference: Partial<MonthOfCosts> = {},
): MonthOfCosts {
  return {
    ledger,
    accounts: new Map(accounts.map((account) => [account.id, account])),
    prefix: 'Costs',
    rates: [],
    budgets: new Map(),
    forecast: undefined,
    ...difference,
  };
}

/** All files of a month by key, without their common prefix. */
export interface Files {
  readonly keys: readonly string[];
  readonly lines: (key: string) => string[];
  readonly sheets: (key: string) => ReadSheet[];
}

export function filesOf(costs: MonthOfCosts): Files {
  const bodies = bodiesOf(costs);
  const body = (key: string) => {
    const found = bodies.get(`Costs/${key}`);
    if (!found) throw new Error(`there is no file ${key}, only ${[...bodies.keys()].join(', ')}`);
    return found;
  };
  return {
    keys: [...bodies.keys()].map((key) => key.replace('Costs/', '')),
    lines: (key) => Buffer.from(body(key)).toString().split('\r\n').slice(0, -1),
    sheets: (key) => readWorkbook(body(key)),
  };
}

/** Throws when a key is written twice: what was written first would be lost. */
export function bodiesOf(costs: MonthOfCosts): ReadonlyMap<string, Uint8Array> {
  const bodies = new Map<string, Uint8Array>();
  for (const { key, body } of monthlyCostReport(costs, { csv, workbook })) {
    if (bodies.has(key)) throw new Error(`${key} is written twice`);
    bodies.set(key, body);
  }
  return bodies;
}
