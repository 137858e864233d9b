/** How a filter compares a property with its value; the names are the engine's. */
export type FilterType =
  | 'exact'
  | 'contains'
  | 'glob'
  | 'regex'
  | 'prefix'
  | 'suffix'
  | 'In'
  | 'NotIn'
  | 'dateOlderThan'
  | 'dateOlderThanNow';

/** What to keep: the engine deletes a resource that no filter keeps. Absent keys have the engine's defaults. */
export interface EngineFilter {
  readonly type?: FilterType | undefined;
  /** The resource's own identifier when absent. */
  readonly property?: string | undefined;
  readonly value?: string | undefined;
  readonly values?: readonly string[] | undefined;
  readonly invert?: boolean | undefined;
}

/** Filters by resource type; those of `__global__` hold for every type. */
export type EngineFilters = Readonly<Record<string, readonly EngineFilter[]>>;

export const everyType = '__global__';

/** The part of the engine's configuration file that a purge uses. */
export interface EngineConfiguration {
  readonly regions: readonly string[];
  readonly blocklist: readonly string[];
  readonly 'bypass-alias-check-accounts': readonly string[];
  readonly 'resource-types': { readonly includes: readonly string[] };
  readonly settings: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  readonly accounts: Readonly<Record<string, { readonly presets: readonly string[] }>>;
  readonly presets: Readonly<Record<string, { readonly filters: EngineFilters }>>;
}
