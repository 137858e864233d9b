import { exceptionLabels } from '#events/system-event.ts';
import type { Counter, Counts } from './counts.ts';
import { countByState, managedAccountsOf, unreleased } from './managed-accounts.ts';
import type { OpenWorld } from './open-world.ts';

/** What `spa local --until-idle --json` prints; scripts read it. */
export interface Summary {
  /** Managed, active accounts by state. */
  readonly accounts: Counts;
  /** Managed, active accounts that are not released although nothing moves any more. */
  readonly stuck: readonly string[];
  readonly events: Counts;
  readonly exceptions: Counts;
  /** Calls that functions make through the SDK, by service and operation. */
  readonly calls: Counts;
  readonly throttled: Counts;
  readonly purge: {
    readonly deleted: readonly string[];
    readonly planned: readonly string[];
    readonly kept: number;
  };
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
}

export interface Measures {
  readonly labels: Counter;
  readonly calls: Counter;
  readonly throttled: Counter;
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
}

export function summarize(world: OpenWorld, measures: Measures): Summary {
  const accounts = managedAccountsOf(world);
  const labels = Object.entries(measures.labels.counts());
  const isException = (label: string) => exceptionLabels.some((known) => known === label);
  return {
    accounts: countByState(accounts),
    stuck: unreleased(accounts).map(({ id }) => id),
    events: Object.fromEntries(labels.filter(([label]) => !isException(label))),
    exceptions: Object.fromEntries(labels.filter(([label]) => isException(label))),
    calls: measures.calls.counts(),
    throttled: measures.throttled.counts(),
    purge: world.purge.summary(),
    simulatedSeconds: Math.round(measures.simulatedSeconds),
    wallSeconds: Number(measures.wallSeconds.toFixed(2)),
  };
}
