import { lastDayOf, dayOf, firstDayOf, monthAfter, monthOf } from '#domain/calendar.ts';
import type { Account } from '#domain/account.ts';
import { accountOfReport, type AccountsOfReport } from '#domain/costs/account-of-report.ts';
import type { ExchangeRate } from '#domain/costs/exchange-rate.ts';
import { forecastOf } from '#domain/costs/forecast.ts';
import { money } from '#domain/costs/money.ts';
import { monthlyBudgets } from '#domain/costs/monthly-budgets.ts';
import type { CostForecast, MonthOfCosts } from '#domain/costs/monthly-cost-report.ts';
import type { CostSettings } from '#domain/settings/settings.ts';
import type { AccountDirectory } from '#ports/account-directory.ts';
import type { Clock } from '#ports/clock.ts';
import type { ExchangeRates } from '#ports/exchange-rates.ts';
import type { OrganizationCosts, Told } from '#ports/organization-costs.ts';
import type { SettingsSource } from '#ports/settings-source.ts';

/** What it takes to gather a month, on Lambda or on a laptop. */
export interface GatheringPorts {
  readonly accounts: Pick<AccountDirectory, 'list' | 'unitNames'>;
  readonly settings: Pick<SettingsSource, 'book'>;
  readonly organizationCosts: OrganizationCosts;
  readonly exchangeRates: ExchangeRates;
  readonly clock: Pick<Clock, 'now'>;
}

/** All that the reports of a month are made of, and what could not be had. */
export interface GatheredMonth {
  readonly costs: MonthOfCosts;
  /** Asked of Cost Explorer. */
  readonly requests: number;
  readonly withoutRate: WithoutRate | undefined;
}

/** Currencies that cannot be reported, and why. */
export interface WithoutRate {
  readonly currencies: readonly string[];
  readonly reason: string;
}

/** Reads everything before anything is written: a month is reported whole or not at all. */
export async function gatherMonth(month: string, ports: GatheringPorts): Promise<GatheredMonth> {
  const { accounts: directory, settings, organizationCosts } = ports;
  const book = await settings.book();
  const known = await directory.list();
  const [ledger, accounts, rates] = await Promise.all([
    organizationCosts.ofMonth(month),
    accountsOfReport(known, book.costs, ports),
    ratesOf(month, book.costs, ports),
  ]);
  const forecast = book.costs.forecast ? await forecastNow(accounts, ports) : unasked;
  return {
    costs: {
      ledger: ledger.costs,
      accounts,
      prefix: book.reporting.costsPrefix,
      rates: rates.known,
      budgets: monthlyBudgets(book, known),
      forecast: forecast.costs,
    },
    requests: ledger.requests + forecast.requests,
    withoutRate: rates.unknown,
  };
}

async function accountsOfReport(
  known: readonly Account[],
  { tag: costTag }: CostSettings,
  { accounts }: GatheringPorts,
): Promise<AccountsOfReport> {
  const unitNames = await accounts.unitNames(known.flatMap(({ path }) => path.at(-1) ?? []));
  return new Map(known.map((account) => [account.id, accountOfReport(account, { costTag, unitNames })]));
}

interface Rates {
  readonly known: readonly ExchangeRate[];
  readonly unknown: WithoutRate | undefined;
}

/** Rates of the last day of the month, or of today while it runs. */
async function ratesOf(
  month: string,
  { extraCurrencies: currencies, ratesProvider }: CostSettings,
  { exchangeRates, clock }: GatheringPorts,
): Promise<Rates> {
  if (currencies.length === 0) return { known: [], unknown: undefined };
  const today = dayOf(clock.now());
  const last = lastDayOf(month);
  const told = await exchangeRates.on(last < today ? last : today, ratesProvider);
  if ('unavailable' in told) return { known: [], unknown: { currencies, reason: told.unavailable } };
  const { date, source, rates } = told;
  const known = currencies.flatMap((currency) => {
    const rate = rates[currency];
    return rate === undefined ? [] : [{ currency, rate: money(rate), date, source }];
  });
  const missing = currencies.filter((currency) => rates[currency] === undefined);
  const reason = `${source}, does not know them`;
  return { known, unknown: missing.length === 0 ? undefined : { currencies: missing, reason } };
}

const unasked: Told<CostForecast | undefined> = { costs: undefined, requests: 0 };

/** Where the month that runs now is heading; nothing can be told on its first day. */
async function forecastNow(
  accounts: AccountsOfReport,
  { organizationCosts, clock }: GatheringPorts,
): Promise<Told<CostForecast | undefined>> {
  const today = dayOf(clock.now());
  const month = monthOf(clock.now());
  const begin = firstDayOf(month);
  if (today === begin) return unasked;
  const spent = await organizationCosts.byAccount({ from: begin, until: today }, 'costly');
  const expected = await organizationCosts.expected({ from: today, until: firstDayOf(monthAfter(month)) });
  const requests = spent.requests + expected.requests;
  return { costs: expected.costs && forecastOf(month, spent.costs, expected.costs, accounts), requests };
}
