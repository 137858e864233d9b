import { csv } from '#adapters/csv/csv.ts';
import { workbook } from '#adapters/workbook/workbook.ts';
import { accountId, type AccountId } from '#domain/account.ts';
import type { AccountOfReport } from '#domain/costs/account-of-report.ts';
import { openCostLedger, type CostLedger, type CostTable } from '#domain/costs/cost-ledger.ts';
import { money } from '#domain/costs/money.ts';
import { monthlyCostReport } from '#domain/costs/monthly-cost-report.ts';

const month = '2026-10';
const services = Array.from({ length: 20 }, (_, n) => `Amazon Service ${n}`);
const usageTypes = Array.from({ length: 20 }, (_, n) => `EUW1-Type:${n}`);
const recordTypes = ['Usage', 'Recurring', 'Tax', 'Support', 'Credit', 'Refund', 'Discount'];
const costCenters = 97;
const euro = { currency: 'EUR', rate: money('0.92'), date: `${month}-31`, source: 'benchmark' };

/** Memory counts everything, the ledger included; files are let go one by one, as when they are stored. */
export interface CostsBenchmark {
  readonly benchmark: 'costs';
  readonly accounts: number;
  readonly files: number;
  readonly megabytes: number;
  readonly wallSeconds: number;
  readonly peakMemoryMB: number;
}

/** All files of a month from the ledger in memory to bytes in memory, for accounts with 20 services and 20 usage types each. */
export function benchCosts({ accounts }: { readonly accounts: number }): Promise<CostsBenchmark> {
  const organization = Array.from({ length: accounts }, (_, n) => accountNumber(n));
  const ledger = ledgerOf(organization);
  const opened = performance.now();
  const byId = new Map(organization.map((account) => [account.id, account]));
  const report = {
    ledger,
    accounts: byId,
    prefix: 'Costs',
    rates: [euro],
    budgets: new Map(),
    forecast: undefined,
  };
  const sizes = monthlyCostReport(report, { csv, workbook })
    .map(({ body }) => body.length)
    .toArray();
  return Promise.resolve({
    benchmark: 'costs',
    accounts,
    files: sizes.length,
    megabytes: Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6),
    wallSeconds: Math.round(performance.now() - opened) / 1000,
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
  });
}

/** Filled as Cost Explorer's grouped answers fill it: one amount for each account and item. */
function ledgerOf(organization: readonly AccountOfReport[]): CostLedger {
  const ledger = openCostLedger(month);
  const amounts = Array.from({ length: 997 }, (_, n) => ((n * 7919) / 1e4 + n / 1e10).toFixed(10));
  let line = 0;
  const fill = (table: CostTable, account: AccountId, items: readonly string[]) => {
    for (const item of items) table.add(account, item, amounts[(line += 1) % amounts.length] ?? '0');
  };
  for (const { id } of organization) {
    fill(ledger.services, id, services);
    fill(ledger.usages, id, usageTypes);
    fill(ledger.charges, id, recordTypes);
  }
  return ledger;
}

function accountNumber(n: number): AccountOfReport {
  const id: AccountId = accountId(String(200_000_000_000 + n));
  const costCenter = `Team ${n % costCenters}`;
  return { id, name: `Account ${n}`, unitName: `Sandboxes ${n % 7}`, costCenter };
}
