import type { AccountId } from '#domain/account.ts';
import { accountBilled, type AccountOfReport, type AccountsOfReport } from './account-of-report.ts';
import { byPlace } from './by-place.ts';
import type { CostLedger } from './cost-ledger.ts';
import { moneyNumber, type Money } from './money.ts';
import { amountColumn, firstRow, plain, textColumns, type Cell, type Row, type Sheet } from './sheet.ts';

/** Budgets in USD a month. */
export type Budgets = ReadonlyMap<AccountId, Money>;

/** How much of its budget each account has used; accounts without a budget have no line. */
export function budgetSheet(ledger: CostLedger, accounts: AccountsOfReport, budgets: Budgets): Sheet {
  const withBudget = [...budgets.keys()].map((id) => accountBilled(id, accounts)).sort(byPlace);
  return {
    name: 'Budgets',
    columns: [
      ...textColumns('Month', 'Cost Center', 'Organizational Unit', 'Account', 'Name'),
      ...['Spent (USD)', 'Budget (USD)'].map(amountColumn),
      { heading: 'Used', format: 'percent' },
    ],
    rows: withBudget.map((account, index) => budgetRow(ledger, account, budgets, firstRow + index)),
    chart: undefined,
  };
}

function budgetRow(
  { month, services }: CostLedger,
  { id, name, unitName, costCenter }: AccountOfReport,
  budgets: Budgets,
  row: number,
): Row {
  const spent = services.total(id);
  const budget = budgets.get(id);
  const cells = [month, costCenter, unitName, id, name, spent, budget, usedShare(spent, budget, row)];
  return { cells, style: plain };
}

/** A budget of zero has no share that could be told. */
function usedShare(spent: Money, budget: Money | undefined, row: number): Cell {
  if (!budget || budget.digits === 0n) return undefined;
  return { formula: `F${row}/G${row}`, value: moneyNumber(spent) / moneyNumber(budget) };
}
