import { accountBilled, type AccountsOfReport } from './account-of-report.ts';
import { byCodePoint } from './by-code-point.ts';
import type { CostTable } from './cost-ledger.ts';
import { folded, foldedRows, type Fold } from './fold.ts';
import { nothing, plus, type Money } from './money.ts';
import { amountColumn, textColumns, type Sheet } from './sheet.ts';

/** What an organizational unit spends on account of a cost center. */
export interface CostOfUnit {
  readonly costCenter: string;
  readonly unitName: string;
  readonly amount: Money;
}

/** One cost for each account of the table, whatever it was spent on. */
export function* costsOfUnits(table: CostTable, accounts: AccountsOfReport): Generator<CostOfUnit> {
  for (const id of table.accounts()) {
    const { costCenter, unitName } = accountBilled(id, accounts);
    yield { costCenter, unitName, amount: table.total(id) };
  }
}

/** Summary by cost center and unit: of services, and of what they are expected to cost. */
export function foldByUnit(costs: Iterable<CostOfUnit>): Fold {
  const costCenters = sorted(sumsByUnit(costs)).map(([costCenter, sums]) => {
    const units = sorted(sums).map(([unitName, amount]) => ({
      labels: [costCenter, unitName],
      amounts: [amount],
      parts: undefined,
    }));
    return folded([costCenter, undefined], units, 1);
  });
  return folded(['TOTAL', undefined], costCenters, 1);
}

function sumsByUnit(costs: Iterable<CostOfUnit>): Map<string, Map<string, Money>> {
  const sums = new Map<string, Map<string, Money>>();
  for (const { costCenter, unitName, amount } of costs) {
    const ofUnits = sums.get(costCenter) ?? new Map<string, Money>();
    sums.set(costCenter, ofUnits.set(unitName, plus(ofUnits.get(unitName) ?? nothing, amount)));
  }
  return sums;
}

const sorted = <T>(byName: ReadonlyMap<string, T>) => [...byName].sort(([a], [b]) => byCodePoint(a, b));

export function unitsSheet(name: string, heading: string, month: string, fold: Fold): Sheet {
  const columns = [...textColumns('Month', 'Cost Center', 'Organizational Unit'), amountColumn(heading)];
  return { name, columns, rows: foldedRows(month, fold), chart: undefined };
}
