import { dayAfter, dayOf, firstDayOf } from '#domain/calendar.ts';
import { accountOfReport, type AccountsOfReport } from '#domain/costs/account-of-report.ts';
import { costAlarms } from '#domain/costs/cost-alarm.ts';
import { costsByCostCenter } from '#domain/costs/costs-by-cost-center.ts';
import { moneyNumber } from '#domain/costs/money.ts';
import { priceOfRequests } from '#domain/costs/price-of-requests.ts';
import type { CostSettings } from '#domain/settings/settings.ts';
import type { DayAsked } from '#events/date-asked.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { raiseCostAlarms } from './raise-cost-alarms.ts';

type Needs = Ports<'accounts' | 'settings' | 'organizationCosts' | 'progress' | 'bus'>;

/** Cost Explorer knows of nearly all costs of a day two days later. */
const daysUntilKnown = 2;
/** CloudWatch takes no metric of a day before these. */
const daysMeasurable = 14;

/** Each day has the cost of each cost center as a metric; whoever has run away this month is told. */
export async function measureDailyCosts({ day: asked }: DayAsked, ports: Needs): Promise<Outcome> {
  const { settings, organizationCosts, metrics, clock } = ports;
  const today = dayOf(clock.now());
  const day = asked ?? dayAfter(today, -daysUntilKnown);
  if (day > today) return { outcome: 'refused', day, reason: 'has not begun yet' };
  if (day <= dayAfter(today, -daysMeasurable))
    return { outcome: 'refused', day, reason: 'CloudWatch takes no metrics of two weeks ago' };
  const { costs } = await settings.book();
  const accounts = await accountsByCostCenter(costs, ports);
  const ofDay = await organizationCosts.byAccount({ from: day, until: dayAfter(day) }, 'all');
  const at = new Date(`${day}T00:00:00Z`);
  const sums = [...costsByCostCenter(ofDay.costs, accounts)];
  metrics.record(
    ...sums.map(([of, sum]) => ({
      metric: 'DailyCostsByCostCenter' as const,
      of,
      value: moneyNumber(sum),
      at,
    })),
  );
  const watched = await watchThresholds(day, costs, accounts, ports);
  const requests = ofDay.requests + watched.requests;
  return {
    outcome: 'measured',
    day,
    costCenters: sums.length,
    alarms: watched.alarms,
    requests,
    price: priceOfRequests(requests),
  };
}

async function accountsByCostCenter(
  { tag: costTag }: CostSettings,
  { accounts }: Needs,
): Promise<AccountsOfReport> {
  const unitNames = new Map<string, string>();
  const known = await accounts.list();
  return new Map(known.map((account) => [account.id, accountOfReport(account, { costTag, unitNames })]));
}

/** Without thresholds, nobody pays for the question. */
async function watchThresholds(
  day: string,
  { alarmThresholds }: CostSettings,
  accounts: AccountsOfReport,
  ports: Needs,
) {
  if (Object.keys(alarmThresholds).length === 0) return { alarms: [], requests: 0 };
  const month = day.slice(0, 7);
  const days = { from: firstDayOf(month), until: dayAfter(day) };
  const { costs, requests } = await ports.organizationCosts.byAccount(days, 'costly');
  return {
    alarms: await raiseCostAlarms(costAlarms(month, costs, accounts, alarmThresholds), ports),
    requests,
  };
}
