/** A metric is its namespace, its name, and the values of its dimensions, in whatever order these are written. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
}

export interface Dimension {
  readonly name: string;
  readonly value: string;
}

/** Two identities with one key are one metric. */
export function keyOf({ namespace, name, dimensions }: MetricIdentity): string {
  return JSON.stringify([namespace, name, ...sorted(dimensions).map(({ name, value }) => [name, value])]);
}

const sorted = (dimensions: readonly Dimension[]) =>
  dimensions.toSorted((a, b) => (a.name < b.name ? -1 : 1));
