import type { Measurement } from '#domain/metrics/measurement.ts';

/** What is counted and measured for dashboards and alarms: no call is made for it, and none can fail. */
export interface Metrics {
  record(...measurements: readonly Measurement[]): void;
}
