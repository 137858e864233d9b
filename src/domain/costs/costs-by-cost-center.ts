import { accountBilled, type AccountsOfReport } from './account-of-report.ts';
import type { CostTable } from './cost-ledger.ts';
import { nothing, plus, type Money } from './money.ts';

export type CostsByCostCenter = ReadonlyMap<string, Money>;

/** What each cost center spent, exactly; accounts that have left count for those without a cost tag. */
export function costsByCostCenter(table: CostTable, accounts: AccountsOfReport): CostsByCostCenter {
  const sums = new Map<string, Money>();
  for (const id of table.accounts()) {
    const { costCenter } = accountBilled(id, accounts);
    sums.set(costCenter, plus(sums.get(costCenter) ?? nothing, table.total(id)));
  }
  return sums;
}
