import { keyOf, type MetricIdentity } from './metric-identity.ts';
import { combined, type Statistics } from './statistics.ts';

/** What was measured around one moment. */
export interface Measured {
  readonly statistics: Statistics;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly unit: string;
  /** Values are kept by the minute, or by the second where somebody pays for that. */
  readonly resolutionInSeconds: 1 | 60;
}

export interface Interval {
  /** Seconds since the epoch; the end is not part of it. */
  readonly from: number;
  readonly until: number;
  readonly periodInSeconds: number;
}

export interface Datapoint {
  /** Seconds since the epoch at which the period begins. */
  readonly time: number;
  readonly unit: string;
  readonly statistics: Statistics;
}

/** The metrics of one account in one region. */
export interface MetricStore {
  put(metric: MetricIdentity, measured: Measured): void;
  /** In the order in which they first came; those alone that have been measured since the given second. */
  list(since: number): readonly MetricIdentity[];
  /** One point per period in which something was measured, oldest first; of one unit, or of the unit met first. */
  read(metric: MetricIdentity, interval: Interval, unit?: string): readonly Datapoint[];
}

interface Series {
  readonly metric: MetricIdentity;
  readonly kept: Map<string, Datapoint>;
  lastTime: number;
}

export function createMetricStore(): MetricStore {
  const all = new Map<string, Series>();

  function seriesOf(metric: MetricIdentity): Series {
    const key = keyOf(metric);
    const series = all.get(key) ?? { metric, kept: new Map<string, Datapoint>(), lastTime: 0 };
    all.set(key, series);
    return series;
  }

  return {
    put(metric, { statistics, time, unit, resolutionInSeconds }) {
      const series = seriesOf(metric);
      const second = aligned(time / 1000, resolutionInSeconds);
      const key = `${second} ${unit}`;
      const whole = combined(series.kept.get(key)?.statistics, statistics);
      series.kept.set(key, { time: second, unit, statistics: whole });
      series.lastTime = Math.max(series.lastTime, second);
    },
    list: (since) => [...all.values()].flatMap(({ metric, lastTime }) => (lastTime >= since ? [metric] : [])),
    read(metric, { from, until, periodInSeconds }, unit) {
      const begin = aligned(from, periodInSeconds);
      const kept = [...(all.get(keyOf(metric))?.kept.values() ?? [])];
      const wanted = unit ?? kept[0]?.unit;
      const periods = new Map<number, Datapoint>();
      for (const point of kept) {
        if (point.time < begin || point.time >= until || point.unit !== wanted) continue;
        const time = aligned(point.time, periodInSeconds);
        const statistics = combined(periods.get(time)?.statistics, point.statistics);
        periods.set(time, { time, unit: point.unit, statistics });
      }
      return [...periods.values()].toSorted((a, b) => a.time - b.time);
    },
  };
}

const aligned = (second: number, step: number) => Math.floor(second / step) * step;
