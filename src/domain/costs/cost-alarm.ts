import { accountBilled, accountLabel, type AccountsOfReport } from './account-of-report.ts';
import { byCodePoint } from './by-code-point.ts';
import { costsByCostCenter } from './costs-by-cost-center.ts';
import type { CostTable } from './cost-ledger.ts';
import { compareMoney, money, moneyNumber, type Money } from './money.ts';

/** USD a month, by cost center. */
export type Thresholds = Readonly<Record<string, number>>;

/** A cost center that has spent more in a month than it may. */
export interface CostAlarm {
  readonly costCenter: string;
  /** YYYY-MM */
  readonly month: string;
  readonly spent: Money;
  readonly threshold: Money;
  /** The most expensive ones first. */
  readonly accounts: readonly { readonly label: string; readonly spent: Money }[];
}

/** Enough to know where to look. */
const mostAccounts = 5;

/** The cost centers above their thresholds, in the order of their names; `costs` are those of the month so far. */
export function costAlarms(
  month: string,
  costs: CostTable,
  accounts: AccountsOfReport,
  thresholds: Thresholds,
): readonly CostAlarm[] {
  return [...costsByCostCenter(costs, accounts)]
    .flatMap(([costCenter, spent]) => {
      const limit = Object.hasOwn(thresholds, costCenter) ? thresholds[costCenter] : undefined;
      const threshold = limit === undefined ? undefined : money(String(limit));
      if (!threshold || compareMoney(spent, threshold) <= 0) return [];
      return [{ costCenter, month, spent, threshold, accounts: mostExpensive(costCenter, costs, accounts) }];
    })
    .sort((a, b) => byCodePoint(a.costCenter, b.costCenter));
}

function mostExpensive(costCenter: string, costs: CostTable, accounts: AccountsOfReport) {
  return Iterator.from(costs.accounts())
    .map((id) => accountBilled(id, accounts))
    .filter((account) => account.costCenter === costCenter)
    .map((account) => ({ label: accountLabel(account), spent: costs.total(account.id) }))
    .toArray()
    .sort((a, b) => compareMoney(b.spent, a.spent))
    .slice(0, mostAccounts);
}

/** What people read: amounts are rounded to cents. */
export function describeAlarm({ costCenter, month, spent, threshold, accounts }: CostAlarm) {
  return {
    title: `Costs of cost center '${costCenter}' above ${inCents(threshold)} USD in ${month}`,
    message: [
      `Cost center '${costCenter}' has spent ${inCents(spent)} USD in ${month}, more than its threshold of ` +
        `${inCents(threshold)} USD a month. Its most expensive accounts:`,
      accounts.map((account) => `- ${account.label}: ${inCents(account.spent)} USD`).join('\n'),
    ].join('\n\n'),
    identifier: `CostAlarm-${month}-${costCenter}`,
  };
}

const inCents = (amount: Money) =>
  moneyNumber(amount).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
