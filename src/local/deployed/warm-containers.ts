import type { Container } from './container.ts';

/** A container, and when its time is over. */
export interface Lease {
  readonly container: Container;
  /** Milliseconds since the epoch, in simulated time. */
  readonly until: number;
}

/** Containers that wait for the next invocation of their function; each is worth some 20 MB. */
export interface WarmContainers {
  /** The one that was kept last and is still good, else a new one. */
  take(key: string, now: number, open: () => Promise<Lease>): Promise<Lease>;
  /** Takes back what is still alive; beyond the most that are kept, the one that has waited longest goes. */
  keep(key: string, lease: Lease): void;
  close(): Promise<void>;
}

const mostKept = 48;

export function createWarmContainers(): WarmContainers {
  const all = new Set<Container>();
  const kept: { readonly key: string; readonly lease: Lease }[] = [];

  async function drop(container: Container): Promise<void> {
    all.delete(container);
    await container.dispose();
  }

  return {
    async take(key, now, open) {
      for (;;) {
        const index = kept.findLastIndex((entry) => entry.key === key);
        const [entry] = index < 0 ? [] : kept.splice(index, 1);
        const lease = entry?.lease ?? (await open());
        all.add(lease.container);
        if (!entry || (lease.container.isAlive() && lease.until > now)) return lease;
        void drop(lease.container);
      }
    },
    keep(key, lease) {
      if (!lease.container.isAlive()) return void drop(lease.container);
      kept.push({ key, lease });
      const oldest = kept.length > mostKept ? kept.shift() : undefined;
      if (oldest) void drop(oldest.lease.container);
    },
    async close() {
      kept.length = 0;
      await Promise.all([...all].map(drop));
    },
  };
}
