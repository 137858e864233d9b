import type { HeldResource } from '#domain/purge/held-resource.ts';

type Resource = Pick<HeldResource, 'region' | 'type' | 'id'>;
type Fate = 'deleted' | 'planned' | 'kept';

/** What one purge of an account has done, or would do. */
export type Purged = { readonly account: string } & Readonly<Record<Fate, readonly Resource[]>>;

/** What has become of resources in all purges: the last word on each counts, since a purge may be tried again. */
export interface PurgeTally {
  add(purged: Purged): void;
  /** Identifiers of what was deleted, and of what would be. */
  summary(): {
    readonly deleted: readonly string[];
    readonly planned: readonly string[];
    readonly kept: number;
  };
}

export function createPurgeTally(): PurgeTally {
  const fates = new Map<string, { readonly id: string; readonly fate: Fate }>();
  const idsOf = (asked: Fate) =>
    fates
      .values()
      .filter(({ fate }) => fate === asked)
      .map(({ id }) => id)
      .toArray();
  return {
    add({ account, ...purged }) {
      for (const fate of ['kept', 'planned', 'deleted'] as const) {
        for (const { region, type, id } of purged[fate])
          fates.set(JSON.stringify([account, region, type, id]), { id, fate });
      }
    },
    summary: () => ({
      deleted: idsOf('deleted'),
      planned: idsOf('planned'),
      kept: idsOf('kept').length,
    }),
  };
}
