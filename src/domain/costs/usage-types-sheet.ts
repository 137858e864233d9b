import { byCodePoint } from './by-code-point.ts';
import type { CostLedger } from './cost-ledger.ts';
import { nothing, plus, sumOf, type Money } from './money.ts';
import {
  amountColumn,
  firstRow,
  plain,
  sumOfRows,
  textColumns,
  total,
  type Row,
  type Sheet,
} from './sheet.ts';

/** What the whole organization spent on each usage type: where to look for savings that no single account shows. */
export function usageTypesSheet({ month, usages }: CostLedger): Sheet {
  const amounts = new Map<string, Money>();
  for (const id of usages.accounts())
    for (const { item, amount } of usages.of(id))
      amounts.set(item, plus(amounts.get(item) ?? nothing, amount));
  const lines = [...amounts].sort(([a], [b]) => byCodePoint(a, b));
  const rows: Row[] = lines.map(([usage, amount]) => ({ cells: [month, usage, amount], style: plain }));
  const sum = sumOfRows(sumOf(amounts.values()), 2, firstRow, rows.length);
  return {
    name: 'Usage types',
    columns: [...textColumns('Month', 'Usage'), amountColumn('Amount (USD)')],
    rows: [...rows, { cells: [month, 'TOTAL', sum], style: total }],
    chart: undefined,
  };
}
