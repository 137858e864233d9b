interface Purged {
  readonly deleted: readonly { readonly id: string }[];
  readonly planned: readonly { readonly id: string }[];
  readonly kept: readonly unknown[];
}

/** What purges have deleted, would have deleted, and kept: identifiers of resources, each once. */
export interface PurgeTally {
  add(purged: Purged): void;
  summary(): {
    readonly deleted: readonly string[];
    readonly planned: readonly string[];
    readonly kept: number;
  };
}

export function createPurgeTally(): PurgeTally {
  const deleted = new Set<string>();
  const planned = new Set<string>();
  let kept = 0;
  return {
    add(purged) {
      for (const { id } of purged.deleted) deleted.add(id);
      for (const { id } of purged.planned) planned.add(id);
      kept += purged.kept.length;
    },
    summary: () => ({ deleted: [...deleted], planned: [...planned], kept }),
  };
}
