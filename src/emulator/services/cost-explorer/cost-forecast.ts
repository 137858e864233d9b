import type {
  GetCostForecastCommandInput,
  GetCostForecastCommandOutput,
} from '@aws-sdk/client-cost-explorer';
import { notImplemented } from '../../aws-error.ts';
import { dataUnavailable, invalid } from './ce-refusals.ts';
import { createExactSum, decimalText } from './exact-sum.ts';
import { compileFilter } from './filter.ts';
import { dayOf, daysIn, nextDay, readPeriod, split, type Period } from './periods.ts';
import type { View } from './view.ts';

/** Days behind today from which the days ahead are told. */
const daysLookedBack = 30;
/** AWS looks ahead for so many days. */
const farthest = { DAILY: 93, MONTHLY: 18 * 31 } as const;
const digitsTold = 10;

const metrics = new Set([
  'UNBLENDED_COST',
  'BLENDED_COST',
  'AMORTIZED_COST',
  'NET_UNBLENDED_COST',
  'NET_AMORTIZED_COST',
]);

/** Each day ahead costs what a day of the last 30 has cost on average; AWS is cleverer than that. */
export function getCostForecast(
  input: GetCostForecastCommandInput,
  view: View,
): Omit<GetCostForecastCommandOutput, '$metadata'> {
  const period = checked(input, view.today);
  const past = costsOfThePast(input, view);
  const told = (days: number) => divided(past, days, daysLookedBack);
  return {
    Total: { Amount: told(daysIn(period)), Unit: 'USD' },
    ForecastResultsByTime: split(period, input.Granularity).map((part) => ({
      TimePeriod: { Start: part.start, End: part.end },
      MeanValue: told(daysIn(part)),
    })),
  };
}

function checked(
  { TimePeriod, Granularity, Metric, ...rest }: GetCostForecastCommandInput,
  today: string,
): Period {
  const period = readPeriod(TimePeriod);
  if (!metrics.has(Metric ?? '')) throw invalid(`Metric is invalid for forecasts: ${String(Metric)}`);
  if (rest.PredictionIntervalLevel !== undefined) throw notImplemented('ce', 'intervals of forecasts');
  if (period.start > nextDay(today)) throw invalid('start date should not be in the future');
  if (period.end <= today) throw invalid('end date should be in the future');
  if (Granularity !== 'HOURLY' && daysIn(period) > farthest[Granularity ?? 'DAILY'])
    throw invalid(
      `Forecasts of granularity ${Granularity} reach ${farthest[Granularity ?? 'DAILY']} days ahead`,
    );
  return period;
}

function costsOfThePast({ Filter }: GetCostForecastCommandInput, view: View): string {
  const start = dayOf(Date.parse(view.today) - daysLookedBack * 24 * 60 * 60_000);
  const { accepts, accounts } = compileFilter(Filter, view.accounts);
  const lines = Iterator.from(view.lines({ start, end: view.today }, accounts))
    .filter(accepts)
    .toArray();
  if (lines.length === 0)
    throw dataUnavailable('Insufficient amount of historical data to generate forecast.');
  const sum = createExactSum();
  for (const { amount } of lines) sum.add(amount);
  return sum.text();
}

/** An amount times `factor` over `divisor`, cut after ten digits. */
function divided(amount: string, factor: number, divisor: number): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const scale = fraction.length;
  const digits = BigInt(whole + fraction) * BigInt(Math.round(factor)) * 10n ** BigInt(digitsTold);
  return decimalText(digits / BigInt(divisor) / 10n ** BigInt(scale), digitsTold);
}
