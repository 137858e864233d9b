import { dayOf, monthBefore, monthOf } from '#domain/calendar.ts';
import { costAlarms } from '#domain/costs/cost-alarm.ts';
import { isAttachment } from '#domain/costs/cost-mail.ts';
import { monthlyCostReport } from '#domain/costs/monthly-cost-report.ts';
import { priceOfRequests } from '#domain/costs/price-of-requests.ts';
import type { ReportFile } from '#domain/costs/report-file.ts';
import type { SystemEvent } from '#events/system-event.ts';
import type { MonthAsked } from '#events/date-asked.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { gatherMonth, type WithoutRate } from './gather-month.ts';
import { raiseCostAlarms } from './raise-cost-alarms.ts';

export type ReportingPorts = Ports<
  'accounts' | 'settings' | 'organizationCosts' | 'exchangeRates' | 'costReports' | 'progress' | 'bus'
>;

/** A month whose files are all in the bucket of reports. */
export interface ReportedMonth {
  readonly month: string;
  /** Those that go with the mail. */
  readonly attachments: readonly ReportFile[];
  readonly line: Readonly<Record<string, unknown>>;
}

/** The costs of a month before they are final: for those who would rather know early than exactly. */
export async function reportCostsEarly(asked: MonthAsked, ports: ReportingPorts): Promise<Outcome> {
  const month = monthToReport(asked, ports);
  if (typeof month !== 'string') return month;
  const { line } = await reportMonth(month, ports);
  return { outcome: 'reported', ...line };
}

/** The month that is asked for, or the one before this; a business no for months to come. */
export function monthToReport({ month }: MonthAsked, { clock }: Pick<ReportingPorts, 'clock'>) {
  const now = monthOf(clock.now());
  if (month === undefined) return monthBefore(now);
  return month <= now ? month : ({ outcome: 'refused', month, reason: 'has not begun yet' } as const);
}

/** Writes all files of a month, summaries last, and tells of currencies without a rate and of cost centers that ran away. */
export async function reportMonth(month: string, ports: ReportingPorts): Promise<ReportedMonth> {
  const { settings, costReports, bus, clock } = ports;
  const { costs, requests, withoutRate } = await gatherMonth(month, ports);
  const attachments: ReportFile[] = [];
  let files = 0;
  for (const file of monthlyCostReport(costs, costReports.formats)) {
    await costReports.keep(file);
    files += 1;
    if (isAttachment(file, costs.prefix, month)) attachments.push(file);
  }
  if (withoutRate) await bus.put(missingRates(month, withoutRate, dayOf(clock.now())));
  const { alarmThresholds } = (await settings.book()).costs;
  const alarms = await raiseCostAlarms(
    costAlarms(month, costs.ledger.services, costs.accounts, alarmThresholds),
    ports,
  );
  const { currencies = [] } = withoutRate ?? {};
  const price = priceOfRequests(requests);
  return {
    month,
    attachments,
    line: { month, files, withoutRate: currencies, alarms, requests, price },
  };
}

/** Told once a day at most, however often the month is asked for. */
function missingRates(month: string, { currencies, reason }: WithoutRate, today: string): SystemEvent {
  const list = currencies.join(', ');
  return {
    label: 'GenericException',
    payload: {
      title: `Costs of ${month} are not reported in ${list}`,
      message:
        `No exchange rates for ${list}: ${reason}. Reports in USD are complete. Ask for the month again later, ` +
        'or name another provider under with_cost_rates_provider.',
      identifier: `RatesMissing-${month}-${list}-${today}`,
    },
  };
}
