/** What CloudWatch keeps of the values of a moment: enough for every plain statistic, not for percentiles. */
export interface Statistics {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

export const statisticNames = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export type StatisticName = (typeof statisticNames)[number];

export const isStatisticName = (name: string): name is StatisticName =>
  statisticNames.some((known) => known === name);

export function combined(a: Statistics | undefined, b: Statistics): Statistics {
  if (!a) return b;
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  };
}

/** One value, seen so many times. */
export const single = (value: number, count = 1): Statistics => ({
  count,
  sum: value * count,
  minimum: value,
  maximum: value,
});

export function statisticOf({ count, sum, minimum, maximum }: Statistics, name: StatisticName): number {
  switch (name) {
    case 'SampleCount':
      return count;
    case 'Average':
      return sum / count;
    case 'Sum':
      return sum;
    case 'Minimum':
      return minimum;
    case 'Maximum':
      return maximum;
  }
}
