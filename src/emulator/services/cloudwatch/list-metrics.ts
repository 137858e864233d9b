import type { ListMetricsCommandInput } from '@aws-sdk/client-cloudwatch';
import type { Call } from '../../service.ts';
import { pageOf } from '../../pages.ts';
import { invalidToken, invalidValue } from './cloudwatch-refusals.ts';
import type { MetricIdentity } from './metric-identity.ts';
import type { MetricStore } from './metric-store.ts';

const mostPerPage = 500;
const twoWeeksInSeconds = 14 * 24 * 3600;
const threeHoursInSeconds = 3 * 3600;

/** Metrics of the past two weeks: CloudWatch shows no others. */
export function createListMetrics(storeOf: (call: Call) => MetricStore, now: () => number) {
  return (input: ListMetricsCommandInput, call: Call) => {
    const recent = input.RecentlyActive;
    if (recent !== undefined && recent !== 'PT3H')
      throw invalidValue(`The value ${String(recent)} for parameter RecentlyActive is invalid.`);
    const span = recent ? threeHoursInSeconds : twoWeeksInSeconds;
    const found = storeOf(call)
      .list(now() / 1000 - span)
      .filter((metric) => isAsked(metric, input));
    const { items, next } = pageOf(found, input.NextToken, mostPerPage, invalidToken());
    return { Metrics: items.map(described), NextToken: next };
  };
}

function isAsked(metric: MetricIdentity, { Namespace, MetricName, Dimensions }: ListMetricsCommandInput) {
  const filters = Dimensions ?? [];
  return (
    (Namespace === undefined || metric.namespace === Namespace) &&
    (MetricName === undefined || metric.name === MetricName) &&
    filters.every(({ Name, Value }) =>
      metric.dimensions.some(({ name, value }) => name === Name && (Value === undefined || value === Value)),
    )
  );
}

const described = ({ namespace, name, dimensions }: MetricIdentity) => ({
  Namespace: namespace,
  MetricName: name,
  Dimensions: dimensions.map(({ name: Name, value: Value }) => ({ Name, Value })),
});
