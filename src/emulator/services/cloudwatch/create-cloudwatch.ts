import type { Platform } from '../../platform.ts';
import type { Call, Service } from '../../service.ts';
import { alarmArn, createAlarmOperations } from './alarms.ts';
import { cloudWatchProtocol } from './cloudwatch-wire.ts';
import { createDashboardOperations, dashboardArn } from './dashboards.ts';
import { ingestEmbeddedMetrics } from './embedded-metrics.ts';
import { createGetMetricData } from './get-metric-data.ts';
import { createGetMetricStatistics } from './get-metric-statistics.ts';
import { createListMetrics } from './list-metrics.ts';
import { createMetricStore, type MetricStore } from './metric-store.ts';
import { createPutMetricData } from './put-metric-data.ts';

export interface CloudWatch {
  readonly service: Service;
  /** A line that a function has logged: metrics in embedded format are kept, anything else is passed over. */
  ingest(line: string, place: Pick<Call, 'account' | 'region'>): void;
}

/** CloudWatch: metrics per account and region, dashboards, and alarms that nothing evaluates. */
export function createCloudWatch({ clock, nextId }: Pick<Platform, 'clock' | 'nextId'>): CloudWatch {
  const stores = new Map<string, MetricStore>();
  const { now } = clock;

  function storeOf({ account, region }: Pick<Call, 'account' | 'region'>): MetricStore {
    const key = `${account} ${region}`;
    const store = stores.get(key) ?? createMetricStore();
    stores.set(key, store);
    return store;
  }

  return {
    service: {
      name: 'monitoring',
      prefix: 'cloudwatch',
      protocol: cloudWatchProtocol(nextId),
      operations: {
        PutMetricData: createPutMetricData(storeOf, now),
        GetMetricData: createGetMetricData(storeOf),
        GetMetricStatistics: createGetMetricStatistics(storeOf),
        ListMetrics: createListMetrics(storeOf, now),
        ...createDashboardOperations(now),
        ...createAlarmOperations(now),
      },
      access,
    },
    ingest: (line, place) => ingestEmbeddedMetrics(line, storeOf(place)),
  };
}

const onDashboard = ({ DashboardName = '' }: { DashboardName?: string }, call: Call) => ({
  resource: dashboardArn(call, DashboardName),
});

/** Metrics have no resource of their own: a namespace may be demanded instead. */
const access: NonNullable<Service['access']> = {
  PutMetricData: ({ Namespace }: { Namespace?: string }) => ({
    context: { 'cloudwatch:namespace': Namespace },
  }),
  PutDashboard: onDashboard,
  GetDashboard: onDashboard,
  DeleteDashboards: ({ DashboardNames = [] }: { DashboardNames?: readonly string[] }, call: Call) => ({
    resource: DashboardNames.map((name) => dashboardArn(call, name)),
  }),
  PutMetricAlarm: ({ AlarmName = '' }: { AlarmName?: string }, call: Call) => ({
    resource: alarmArn(call, AlarmName),
  }),
  DescribeAlarms: (_: unknown, call: Call) => ({ resource: alarmArn(call, '*') }),
  DeleteAlarms: ({ AlarmNames = [] }: { AlarmNames?: readonly string[] }, call: Call) => ({
    resource: AlarmNames.map((name) => alarmArn(call, name)),
  }),
};
