import type { AccountId } from '#domain/account.ts';
import { costAndUsageKey } from '#domain/reports/report-keys.ts';
import type { CostLedger } from './cost-ledger.ts';
import { workbookFile, type ReportFile, type ReportFormats } from './report-file.ts';
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

/** This month's costs of one account by service, for whoever handles an incident there; made even when there are none yet. */
export function accountReport(
  {
    ledger,
    account,
    prefix,
  }: { readonly ledger: CostLedger; readonly account: AccountId; readonly prefix: string },
  { workbook }: Pick<ReportFormats, 'workbook'>,
): ReportFile {
  const key = costAndUsageKey(prefix, account, ledger.month);
  return workbookFile(key, workbook([accountSheet(ledger, account)]));
}

export function accountSheet({ month, services }: CostLedger, account: AccountId): Sheet {
  const lines = services.of(account);
  const rows: Row[] = lines.map(({ item, amount }) => ({
    cells: [month, account, item, amount],
    style: plain,
  }));
  const sum = sumOfRows(services.total(account), 3, firstRow, rows.length);
  return {
    name: 'Services',
    columns: [...textColumns('Month', 'Account', 'Service'), amountColumn('Amount (USD)')],
    rows: [...rows, { cells: [month, account, 'TOTAL', sum], style: total }],
    chart: undefined,
  };
}
