import {
  customMetrics,
  environmentDimension,
  metricsNamespace,
  type MetricName,
} from '#domain/metrics/measurement.ts';

/** What a graph shows: one metric, by namespace, name, and pairs of dimension and value; or an expression. */
export type Shown =
  | readonly string[]
  | readonly [...string[], { readonly label: string }]
  | readonly [{ readonly expression: string; readonly id: string; readonly label: string }];

/** A part of a dashboard; where it stands is for the layout to say. */
export interface Widget {
  readonly type: 'metric' | 'text' | 'alarm';
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Graph {
  readonly title: string;
  readonly metrics: readonly Shown[];
  readonly stat: 'Sum' | 'Maximum' | 'Average';
  readonly periodInSeconds: number;
  /** What the axis says, where the unit needs saying. */
  readonly axis?: string;
  readonly stacked: boolean;
}

export function graph(
  region: string,
  { title, metrics, stat, periodInSeconds, axis, stacked }: Graph,
): Widget {
  const left = { min: 0, showUnits: false, ...(axis === undefined ? {} : { label: axis }) };
  return {
    type: 'metric',
    properties: {
      title,
      region,
      view: 'timeSeries',
      stacked,
      stat,
      period: periodInSeconds,
      metrics,
      yAxis: { left },
    },
  };
}

export const text = (markdown: string): Widget => ({ type: 'text', properties: { markdown } });

export const alarms = (title: string, arns: readonly string[]): Widget => ({
  type: 'alarm',
  properties: { title, alarms: arns },
});

/**
 * All metrics of ours of one name, whatever they are measured for: a search finds cost centers and labels that nobody
 * knew when the dashboard was made, and counts as one metric however many it finds.
 */
export function ours(
  metric: MetricName,
  environment: string,
  { stat, periodInSeconds }: Pick<Graph, 'stat' | 'periodInSeconds'>,
): Shown {
  const { dimension } = customMetrics[metric];
  if (dimension === undefined) return [metricsNamespace, metric, environmentDimension, environment];
  const schema = `{${metricsNamespace},${dimension},${environmentDimension}}`;
  const terms = `MetricName="${metric}" ${environmentDimension}="${environment}"`;
  const expression = `SEARCH('${schema} ${terms}', '${stat}', ${periodInSeconds})`;
  return [{ expression, id: 'found', label: '' }];
}
