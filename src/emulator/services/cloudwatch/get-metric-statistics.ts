import type { Datapoint, GetMetricStatisticsCommandInput } from '@aws-sdk/client-cloudwatch';
import { notImplemented } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import { invalidValue, missing } from './cloudwatch-refusals.ts';
import { dimensionsIn, nameIn, numberIn, timeIn } from './metric-input.ts';
import type { MetricStore } from './metric-store.ts';
import { isStatisticName, statisticOf } from './statistics.ts';

const mostDatapoints = 1440;

/** Statistics of one metric, in no promised order. */
export function createGetMetricStatistics(storeOf: (call: Call) => MetricStore) {
  return (input: GetMetricStatisticsCommandInput, call: Call) => {
    if (input.ExtendedStatistics?.length) throw notImplemented('cloudwatch', 'percentiles');
    const statistics = (input.Statistics ?? []).filter(isStatisticName);
    if (statistics.length === 0) throw missing('Statistics');
    const metric = {
      namespace: nameIn(input.Namespace, 'Namespace'),
      name: nameIn(input.MetricName, 'MetricName'),
      dimensions: dimensionsIn(input.Dimensions),
    };
    const interval = {
      from: timeIn(input.StartTime, 'StartTime') / 1000,
      until: timeIn(input.EndTime, 'EndTime') / 1000,
      periodInSeconds: numberIn(input.Period, 'Period'),
    };
    if ((interval.until - interval.from) / interval.periodInSeconds > mostDatapoints)
      throw invalidValue(`You have requested up to more than ${mostDatapoints} datapoints.`);
    const points = storeOf(call).read(metric, interval, input.Unit);
    return {
      Label: metric.name,
      Datapoints: points.map(({ time, unit, statistics: kept }): Datapoint => ({
        Timestamp: new Date(time * 1000),
        ...Object.fromEntries(statistics.map((name) => [name, statisticOf(kept, name)])),
        Unit: unit as NonNullable<Datapoint['Unit']>,
      })),
    };
  };
}
