import type { MetricDatum, PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { notImplemented } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import { invalidValue, missing } from './cloudwatch-refusals.ts';
import { dimensionsIn, nameIn, numberIn, timeIn } from './metric-input.ts';
import type { MetricStore } from './metric-store.ts';
import { combined, single, type Statistics } from './statistics.ts';

const mostPerCall = 1000;
const mostValues = 150;
const twoWeeks = 14 * 24 * 3600_000;
const twoHours = 2 * 3600_000;

/** Takes all data of a call, or none of them. */
export function createPutMetricData(storeOf: (call: Call) => MetricStore, now: () => number) {
  return (input: PutMetricDataCommandInput, call: Call) => {
    const namespace = nameIn(input.Namespace, 'Namespace');
    if (namespace.startsWith('AWS/'))
      throw invalidValue('The value AWS/ for parameter Namespace is invalid.');
    if (input.EntityMetricData) throw notImplemented('cloudwatch', 'entities of metric data');
    const data = input.MetricData ?? [];
    if (data.length === 0) throw missing('MetricData');
    if (data.length > mostPerCall)
      throw invalidValue(`The collection MetricData must not have a size greater than ${mostPerCall}.`);
    const read = data.map((datum) => readDatum(datum, namespace, now()));
    const store = storeOf(call);
    for (const { metric, measured } of read) store.put(metric, measured);
    return undefined;
  };
}

function readDatum(datum: MetricDatum, namespace: string, now: number) {
  const resolution = numberIn(datum.StorageResolution ?? 60, 'StorageResolution');
  if (resolution !== 1 && resolution !== 60) throw invalidValue('StorageResolution must be 1 or 60.');
  return {
    metric: {
      namespace,
      name: nameIn(datum.MetricName, 'MetricName'),
      dimensions: dimensionsIn(datum.Dimensions),
    },
    measured: {
      statistics: statisticsIn(datum),
      time: measuredAt(datum, now),
      unit: datum.Unit ?? 'None',
      resolutionInSeconds: resolution,
    } as const,
  };
}

function measuredAt({ Timestamp }: MetricDatum, now: number): number {
  const time = Timestamp === undefined ? now : timeIn(Timestamp, 'Timestamp');
  if (time < now - twoWeeks || time > now + twoHours)
    throw invalidValue(
      'The parameter MetricData.member.N.Timestamp must specify a time no more than two weeks in the past, and no more than two hours in the future.',
    );
  return time;
}

function statisticsIn({ Value, Values, Counts, StatisticValues: given }: MetricDatum): Statistics {
  if (given) {
    return {
      count: numberIn(given.SampleCount, 'SampleCount'),
      sum: numberIn(given.Sum, 'Sum'),
      minimum: numberIn(given.Minimum, 'Minimum'),
      maximum: numberIn(given.Maximum, 'Maximum'),
    };
  }
  if (Value !== undefined) return single(numberIn(Value, 'Value'));
  if (!Values?.length) throw missing('MetricData.member.N.Value');
  if (Values.length > mostValues || (Counts && Counts.length !== Values.length))
    throw invalidValue('Values holds 150 numbers at most, and Counts as many as Values.');
  const [first, ...others] = Values.map((value, index) =>
    single(numberIn(value, 'Values'), Counts ? numberIn(Counts[index], 'Counts') : 1),
  );
  return others.reduce<Statistics>(combined, first ?? single(0, 0));
}
