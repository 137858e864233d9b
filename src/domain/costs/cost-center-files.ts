import { costCenterKey, type CostCenterFile } from '#domain/reports/report-keys.ts';
import type { AccountOfReport } from './account-of-report.ts';
import { breakdownColumns, breakdownLines, servicesSheet, type Breakdown } from './breakdown.ts';
import { byPlace } from './by-place.ts';
import type { CostLedger, CostTable } from './cost-ledger.ts';
import { grouped } from './grouped.ts';
import { csvFile, workbookFile, type ReportFile, type ReportFormats } from './report-file.ts';
import { headingsOf } from './sheet.ts';

/** Accounts whose costs belong in the same folder of the reports bucket. */
export interface AccountsOfFolder {
  readonly ledger: CostLedger;
  readonly prefix: string;
  readonly folder: string;
  readonly accounts: readonly AccountOfReport[];
}

/**
 * Services and usages of a cost center. Cost centers whose names differ only in what keys can not hold share their
 * files, one below the other, each with its own total.
 */
export function* costCenterFiles(
  { ledger, prefix, folder, accounts }: AccountsOfFolder,
  { csv, workbook }: ReportFormats,
): Generator<ReportFile> {
  const { month, services, usages } = ledger;
  const costCenters = grouped(accounts, ({ costCenter }) => costCenter);
  const keyOf = (file: CostCenterFile) => costCenterKey(prefix, folder, month, file);
  const breakdowns = (table: CostTable): Breakdown[] =>
    costCenters.map(([costCenter, accounts]) => ({
      month,
      costCenter,
      table,
      accounts: accounts.toSorted(byPlace),
    }));

  const byService = breakdowns(services);
  const sheet = servicesSheet(byService);
  yield csvFile(keyOf('services.csv'), csv(headingsOf(sheet), breakdownLines(byService)));
  yield workbookFile(keyOf('services.xlsx'), workbook([sheet]));

  const headings = breakdownColumns('Usage').map(({ heading }) => heading);
  yield csvFile(keyOf('usages.csv'), csv(headings, breakdownLines(breakdowns(usages))));
}
