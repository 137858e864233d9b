import { byCodePoint } from './by-code-point.ts';

/** Groups in the order of their names, as summaries list them. */
export function grouped<T>(items: Iterable<T>, nameOf: (item: T) => string): [name: string, items: T[]][] {
  return [...Map.groupBy(items, nameOf)].sort(([a], [b]) => byCodePoint(a, b));
}
