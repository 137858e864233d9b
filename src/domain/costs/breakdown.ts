import type { AccountOfReport } from './account-of-report.ts';
import type { CostTable } from './cost-ledger.ts';
import { nothing, plus, type Money } from './money.ts';
import { repeatable } from './repeatable.ts';
import {
  amountColumn,
  firstRow,
  plain,
  sumOfRows,
  textColumns,
  total,
  type Column,
  type Row,
  type Sheet,
  type Value,
} from './sheet.ts';

/** What the accounts of one cost center spent, item by item: services or usage types. */
export interface Breakdown {
  readonly month: string;
  readonly costCenter: string;
  readonly table: CostTable;
  /** In the order in which their lines come. */
  readonly accounts: readonly AccountOfReport[];
}

export const breakdownColumns = (item: 'Service' | 'Usage'): Column[] => [
  ...textColumns('Month', 'Cost Center', 'Organizational Unit', 'Account', 'Name', item),
  amountColumn('Amount (USD)'),
];

interface Line extends Row {
  readonly cells: readonly Value[];
  readonly amount: Money;
}

/** Made anew each time: kept lines of large cost centers would take more memory than the ledger. */
function* linesOf({ month, costCenter, table, accounts }: Breakdown): Generator<Line> {
  for (const { id, name, unitName } of accounts)
    for (const { item, amount } of table.of(id))
      yield { cells: [month, costCenter, unitName, id, name, item, amount], style: plain, amount };
}

/** Lines for CSV, with the total below them: the word stands in the column of accounts. */
export function* breakdownLines(breakdowns: readonly Breakdown[]): Generator<readonly Value[]> {
  for (const breakdown of breakdowns) {
    let sum = nothing;
    for (const { cells, amount } of linesOf(breakdown)) {
      sum = plus(sum, amount);
      yield cells;
    }
    yield [breakdown.month, breakdown.costCenter, '', 'TOTAL', '', '', sum];
  }
}

/** Rows for Excel, with the total below them: in spreadsheets that people link to, the word stands in the column of units. */
function* breakdownRows(breakdown: Breakdown, start: number): Generator<Row, number> {
  let sum = nothing;
  let row = start;
  for (const line of linesOf(breakdown)) {
    sum = plus(sum, line.amount);
    row += 1;
    yield line;
  }
  const { month, costCenter } = breakdown;
  const sumCell = sumOfRows(sum, amountIndex, start, row - start);
  yield { cells: [month, costCenter, 'TOTAL', undefined, undefined, undefined, sumCell], style: total };
  return row + 1;
}

const amountIndex = 6;

/** The breakdowns of cost centers that share a file, one below the other. */
export function servicesSheet(breakdowns: readonly Breakdown[]): Sheet {
  const rows = function* () {
    let start = firstRow;
    for (const breakdown of breakdowns) start = yield* breakdownRows(breakdown, start);
  };
  return {
    name: 'Services',
    columns: breakdownColumns('Service'),
    rows: repeatable(rows),
    chart: undefined,
  };
}
