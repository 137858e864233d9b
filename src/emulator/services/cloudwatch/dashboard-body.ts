/** What is wrong with the body of a dashboard, and where. */
export interface DashboardFault {
  readonly DataPath: string;
  readonly Message: string;
}

const mostWidgets = 500;
const mostMetricsPerWidget = 500;
const mostMetrics = 2500;
const mostAlarms = 100;
const columns = 24;
const tallest = 1000;
const types = ['metric', 'text', 'log', 'alarm', 'explorer', 'custom', 'chart'];

type Members = Readonly<Record<string, unknown>>;

/** Checks what CloudWatch refuses: no JSON, no widgets, too many of them, widgets of no known type or size. */
export function dashboardFaults(body: string): readonly DashboardFault[] {
  const root = objectIn(body);
  if (!root) return [{ DataPath: '', Message: 'The dashboard body is invalid: it is no JSON object' }];
  const { widgets } = root;
  if (!Array.isArray(widgets)) return [{ DataPath: '', Message: 'The field "widgets" must be an array' }];
  if (widgets.length > mostWidgets)
    return [{ DataPath: '/widgets', Message: `Should have no more than ${mostWidgets} items` }];
  const metrics = widgets.reduce((sum: number, widget) => sum + metricsOf(widget).length, 0);
  return [
    ...widgets.flatMap(widgetFaults),
    ...(metrics > mostMetrics
      ? [{ DataPath: '/widgets', Message: `Should show no more than ${mostMetrics} metrics` }]
      : []),
  ];
}

function widgetFaults(widget: unknown, index: number): readonly DashboardFault[] {
  const path = `/widgets/${index}`;
  if (!isObject(widget)) return [{ DataPath: path, Message: 'Should be an object' }];
  const { type, properties, width = 6, height = 6 } = widget;
  const faults: DashboardFault[] = [];
  const check = (holds: boolean, at: string, Message: string) => {
    if (!holds) faults.push({ DataPath: `${path}${at}`, Message });
  };
  check(
    types.some((known) => known === type),
    '/type',
    `Should be one of ${types.join(', ')}`,
  );
  check(isObject(properties), '/properties', 'Should be an object');
  check(isBetween(width, 1, columns), '/width', `Should be from 1 to ${columns}`);
  check(isBetween(height, 1, tallest), '/height', `Should be from 1 to ${tallest}`);
  return isObject(properties)
    ? [...faults, ...propertyFaults(type, properties, `${path}/properties`)]
    : faults;
}

function propertyFaults(type: unknown, properties: Members, path: string): readonly DashboardFault[] {
  switch (type) {
    case 'text':
      return typeof properties['markdown'] === 'string'
        ? []
        : [{ DataPath: `${path}/markdown`, Message: 'Should be text' }];
    case 'alarm':
      return Array.isArray(properties['alarms']) && properties['alarms'].length <= mostAlarms
        ? []
        : [{ DataPath: `${path}/alarms`, Message: `Should hold ${mostAlarms} alarms at most` }];
    case 'metric':
      return metricFaults(properties, path);
    default:
      return [];
  }
}

function metricFaults({ metrics, region, annotations }: Members, path: string): readonly DashboardFault[] {
  if (!Array.isArray(metrics))
    return annotations ? [] : [{ DataPath: `${path}/metrics`, Message: 'Should be an array' }];
  const tooMany = metrics.length > mostMetricsPerWidget;
  return [
    ...(tooMany
      ? [{ DataPath: `${path}/metrics`, Message: `Should have no more than ${mostMetricsPerWidget} items` }]
      : []),
    ...(typeof region === 'string' ? [] : [{ DataPath: `${path}/region`, Message: 'Should be a region' }]),
    ...metrics.flatMap((metric, index) =>
      isMetric(metric) ? [] : [{ DataPath: `${path}/metrics/${index}`, Message: 'Should be a metric' }],
    ),
  ];
}

/** Namespace, name, pairs of dimension and value, perhaps options; or an expression alone. */
function isMetric(metric: unknown): boolean {
  if (!Array.isArray(metric) || metric.length === 0) return false;
  const last: unknown = metric.at(-1);
  const words: readonly unknown[] = isObject(last) ? metric.slice(0, -1) : metric;
  if (words.length === 0) return isObject(last) && typeof last['expression'] === 'string';
  return words.length >= 2 && words.length % 2 === 0 && words.every((word) => typeof word === 'string');
}

function metricsOf(widget: unknown): readonly unknown[] {
  const properties = isObject(widget) ? widget['properties'] : undefined;
  const metrics = isObject(properties) ? properties['metrics'] : undefined;
  return Array.isArray(metrics) ? metrics : [];
}

const isBetween = (value: unknown, least: number, most: number) =>
  typeof value === 'number' && value >= least && value <= most;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectIn(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
