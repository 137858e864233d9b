import type {
  GetMetricDataCommandInput,
  MetricDataQuery,
  MetricDataResult,
  MetricStat,
} from '@aws-sdk/client-cloudwatch';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import { invalidToken, missing } from './cloudwatch-refusals.ts';
import { dimensionsIn, nameIn, numberIn, timeIn } from './metric-input.ts';
import type { MetricIdentity } from './metric-identity.ts';
import type { Interval, MetricStore } from './metric-store.ts';
import { parseSearch } from './search-expression.ts';
import { isStatisticName, statisticOf, type StatisticName } from './statistics.ts';

const mostQueries = 500;
const defaultPeriodInSeconds = 300;

interface Range {
  readonly from: number;
  readonly until: number;
  readonly newestFirst: boolean;
}

/** Reads metrics back: plain statistics, and searches; all in one page. */
export function createGetMetricData(storeOf: (call: Call) => MetricStore) {
  return (input: GetMetricDataCommandInput, call: Call) => {
    if (input.NextToken !== undefined) throw invalidToken();
    const queries = input.MetricDataQueries ?? [];
    if (queries.length === 0) throw missing('MetricDataQueries');
    if (queries.length > mostQueries)
      throw invalid(`The collection MetricDataQueries must not have a size greater than ${mostQueries}.`);
    const from = timeIn(input.StartTime, 'StartTime') / 1000;
    const until = timeIn(input.EndTime, 'EndTime') / 1000;
    if (from >= until) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
    const range = { from, until, newestFirst: input.ScanBy !== 'TimestampAscending' };
    return {
      MetricDataResults: queries.flatMap((query) => answer(query, range, storeOf(call))),
      Messages: [],
    };
  };
}

function answer(query: MetricDataQuery, range: Range, store: MetricStore): readonly MetricDataResult[] {
  if (!query.Id || !/^[a-z]\w*$/.test(query.Id))
    throw invalid(`The value ${query.Id} for parameter Id begins with no lower-case letter.`);
  if (String(query.ReturnData) === 'false') return [];
  if (query.Expression !== undefined) return searched(query.Expression, query, range, store);
  if (!query.MetricStat) throw missing('MetricDataQueries.member.N.MetricStat');
  return [measured(query.MetricStat, query, range, store)];
}

function measured(stat: MetricStat, query: MetricDataQuery, range: Range, store: MetricStore) {
  const metric: MetricIdentity = {
    namespace: nameIn(stat.Metric?.Namespace, 'Namespace'),
    name: nameIn(stat.Metric?.MetricName, 'MetricName'),
    dimensions: dimensionsIn(stat.Metric?.Dimensions),
  };
  const period = numberIn(stat.Period, 'Period');
  const points = { metric, statistic: statisticNamed(stat.Stat), ...intervalOf(range, period) };
  return result(query.Id, query.Label ?? metric.name, points, range, store, stat.Unit);
}

function searched(text: string, query: MetricDataQuery, range: Range, store: MetricStore) {
  const { statistic, periodInSeconds, matches } = parseSearch(text);
  const period = periodInSeconds ?? numberIn(query.Period ?? defaultPeriodInSeconds, 'Period');
  return store
    .list(0)
    .filter(matches)
    .map((metric) => {
      const points = { metric, statistic: statisticNamed(statistic), ...intervalOf(range, period) };
      const label = metric.dimensions.map(({ value }) => value).join(' ');
      return result(query.Id, [query.Label, label].filter(Boolean).join(' '), points, range, store);
    });
}

interface Points extends Interval {
  readonly metric: MetricIdentity;
  readonly statistic: StatisticName;
}

function result(
  id: string | undefined,
  label: string,
  { metric, statistic, ...interval }: Points,
  { newestFirst }: Range,
  store: MetricStore,
  unit?: string,
): MetricDataResult {
  const points = store.read(metric, interval, unit);
  const ordered = newestFirst ? points.toReversed() : points;
  return {
    Id: id,
    Label: label,
    Timestamps: ordered.map(({ time }) => new Date(time * 1000)),
    Values: ordered.map((point) => statisticOf(point.statistics, statistic)),
    StatusCode: 'Complete',
  };
}

function intervalOf({ from, until }: Range, periodInSeconds: number): Interval {
  const isKnown = [1, 5, 10, 20, 30].includes(periodInSeconds);
  if (!isKnown && (periodInSeconds < 60 || periodInSeconds % 60 !== 0))
    throw invalid('The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
  return { from, until, periodInSeconds };
}

function statisticNamed(name: string | undefined): StatisticName {
  if (!name) throw missing('Stat');
  if (!isStatisticName(name)) throw notImplemented('cloudwatch', `the statistic ${name}`);
  return name;
}

const invalid = (message: string) => new AwsError('ValidationError', message);
