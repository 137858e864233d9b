import type { Dimension } from './metric-identity.ts';
import type { MetricStore } from './metric-store.ts';
import { combined, single, type Statistics } from './statistics.ts';

interface Directive {
  readonly Namespace?: unknown;
  readonly Dimensions?: unknown;
  readonly Metrics?: unknown;
}

/** Reads a line of a log as CloudWatch Logs does: one in embedded metric format is kept as metrics, any other is not. */
export function ingestEmbeddedMetrics(line: string, store: MetricStore): void {
  const root = objectIn(line);
  const marker = root?.['_aws'];
  if (!root || !isObject(marker)) return;
  const { CloudWatchMetrics: directives, Timestamp: time } = marker;
  if (!Array.isArray(directives) || typeof time !== 'number') return;
  for (const directive of directives.filter(isObject)) ingest(directive, root, time, store);
}

function ingest(directive: Directive, root: Members, time: number, store: MetricStore): void {
  const { Namespace: namespace, Metrics: metrics, Dimensions: sets } = directive;
  if (typeof namespace !== 'string' || !Array.isArray(metrics)) return;
  for (const { Name, Unit, StorageResolution } of metrics.filter(isObject)) {
    const statistics = typeof Name === 'string' ? statisticsIn(root[Name]) : undefined;
    if (typeof Name !== 'string' || !statistics) continue;
    for (const dimensions of dimensionSets(sets, root)) {
      store.put(
        { namespace, name: Name, dimensions },
        {
          statistics,
          time,
          unit: typeof Unit === 'string' ? Unit : 'None',
          resolutionInSeconds: StorageResolution === 1 ? 1 : 60,
        },
      );
    }
  }
}

/** A set that names a member which is not there, or is no text, gives no metric. */
function dimensionSets(sets: unknown, root: Members): readonly (readonly Dimension[])[] {
  const lists: readonly unknown[] = Array.isArray(sets) && sets.length > 0 ? sets : [[]];
  return lists.flatMap((names): readonly (readonly Dimension[])[] => {
    if (!Array.isArray(names)) return [];
    const found = names.flatMap((name): readonly Dimension[] => {
      const value = typeof name === 'string' ? root[name] : undefined;
      return typeof name === 'string' && typeof value === 'string' && value.trim() !== ''
        ? [{ name, value }]
        : [];
    });
    return found.length === names.length ? [found] : [];
  });
}

function statisticsIn(value: unknown): Statistics | undefined {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values
    .filter((one) => typeof one === 'number')
    .map((one) => single(one))
    .reduce<Statistics | undefined>(combined, undefined);
}

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectIn(line: string): Members | undefined {
  if (!line.includes('"_aws"')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
