import { costFolder, costSummaryKey } from '#domain/reports/report-keys.ts';
import { accountBilled, type AccountOfReport, type AccountsOfReport } from './account-of-report.ts';
import { budgetSheet, type Budgets } from './budget-sheet.ts';
import { chargesSheet, convertedCharges, summarizeCharges, type ChargesSummary } from './charges-summary.ts';
import { chartSheet } from './chart-sheet.ts';
import { costCenterFiles } from './cost-center-files.ts';
import type { CostLedger } from './cost-ledger.ts';
import { rateSheet, type ExchangeRate } from './exchange-rate.ts';
import { linesOf, valuesOf } from './fold.ts';
import { grouped } from './grouped.ts';
import { csvFile, workbookFile, type ReportFile, type ReportFormats } from './report-file.ts';
import { costsOfUnits, foldByUnit, unitsSheet, type CostOfUnit } from './services-summary.ts';
import { headingsOf, type Sheet, type Value } from './sheet.ts';
import { usageTypesSheet } from './usage-types-sheet.ts';

/** What the reports of a month are made of. */
export interface MonthOfCosts {
  readonly ledger: CostLedger;
  readonly accounts: AccountsOfReport;
  /** Of keys in the reports bucket: `costs_prefix` of the settings. */
  readonly prefix: string;
  /** One for each further currency that has a rate. */
  readonly rates: readonly ExchangeRate[];
  readonly budgets: Budgets;
  readonly forecast: CostForecast | undefined;
}

/** What the units are expected to spend in a month that still runs. */
export interface CostForecast {
  readonly month: string;
  readonly units: readonly CostOfUnit[];
}

/**
 * All files of a month, each made when it is asked for, so that memory holds one at a time. Summaries come last: who
 * finds them has the whole month.
 */
export function* monthlyCostReport(costs: MonthOfCosts, formats: ReportFormats): Generator<ReportFile> {
  const { ledger, prefix } = costs;
  for (const [folder, accounts] of grouped(accountsBilled(costs), ({ costCenter }) => costFolder(costCenter)))
    yield* costCenterFiles({ ledger, prefix, folder, accounts }, formats);
  yield* servicesFiles(costs, formats);
  yield* chargesFiles(costs, formats);
}

/** How many files that makes, without making them: for those who wait. */
export function countFiles(costs: MonthOfCosts): number {
  const folders = new Set(accountsBilled(costs).map(({ costCenter }) => costFolder(costCenter)));
  return filesOfFolder * folders.size + filesOfSummaries + costs.rates.length;
}

const filesOfFolder = 3;
const filesOfSummaries = 4;

function accountsBilled({ ledger, accounts }: MonthOfCosts): AccountOfReport[] {
  const { services, usages, charges } = ledger;
  const withCosts = new Set(services.accounts()).union(new Set(usages.accounts()));
  const billed = withCosts.union(new Set(charges.accounts()));
  return [...billed].map((id) => accountBilled(id, accounts));
}

function* servicesFiles(costs: MonthOfCosts, { csv, workbook }: ReportFormats): Generator<ReportFile> {
  const { ledger, accounts, prefix } = costs;
  const { month, services } = ledger;
  const whole = foldByUnit(costsOfUnits(services, accounts));
  const sheet = unitsSheet('Services', 'Amount (USD)', month, whole);
  const lines = linesOf(whole).map((fold) => valuesOf(month, fold));
  yield csvFile(costSummaryKey(prefix, month, 'services.csv'), csv(headingsOf(sheet), lines));

  const chart = chartSheet(`Costs of ${month} by cost center (USD)`, 'Amount (USD)', whole);
  const sheets = [sheet, chart, usageTypesSheet(ledger), ...budgetSheets(costs), ...forecastSheets(costs)];
  yield workbookFile(costSummaryKey(prefix, month, 'services.xlsx'), workbook(sheets));
}

const budgetSheets = ({ ledger, accounts, budgets }: MonthOfCosts): Sheet[] =>
  budgets.size === 0 ? [] : [budgetSheet(ledger, accounts, budgets)];

const forecastSheets = ({ forecast }: MonthOfCosts): Sheet[] =>
  forecast ? [unitsSheet('Forecast', 'Forecast (USD)', forecast.month, foldByUnit(forecast.units))] : [];

function* chargesFiles(costs: MonthOfCosts, { csv, workbook }: ReportFormats): Generator<ReportFile> {
  const { ledger, accounts, prefix, rates } = costs;
  const { month } = ledger;
  const charges = summarizeCharges(ledger.charges, accounts);
  const [sheet, chart] = chargesSheets(month, 'USD', charges);
  yield csvFile(
    costSummaryKey(prefix, month, 'charges.csv'),
    csv(headingsOf(sheet), chargesLines(month, charges)),
  );
  yield workbookFile(costSummaryKey(prefix, month, 'charges.xlsx'), workbook([sheet, chart]));

  for (const rate of rates) {
    const sheets = chargesSheets(month, rate.currency, convertedCharges(charges, rate.rate));
    const key = costSummaryKey(prefix, month, `charges-${rate.currency}.xlsx`);
    yield workbookFile(key, workbook([...sheets, rateSheet(rate)]));
  }
}

const chargesSheets = (month: string, currency: string, charges: ChargesSummary): [Sheet, Sheet] => [
  chargesSheet(month, currency, charges),
  chartSheet(`Charges of ${month} by cost center (${currency})`, `Charges (${currency})`, charges.fold),
];

/** Accounts only: the CSV of charges has no totals. */
function* chargesLines(month: string, { fold }: ChargesSummary): Generator<Value[]> {
  for (const line of linesOf(fold)) if (line.labels.at(-1) !== undefined) yield valuesOf(month, line);
}
