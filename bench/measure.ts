import { performance } from 'node:perf_hooks';
import { textMember } from '#events/shape.ts';
import { createCallCounter, type Counts } from '#local/counts.ts';
import { managedAccountsOf, unreleased } from '#local/managed-accounts.ts';
import { openWorld, type OpeningOptions, type OpenWorld } from '#local/open-world.ts';
import { benchSettings, benchWorld } from './worlds.ts';

export interface Measured {
  readonly calls: Counts;
  readonly throttled: Counts;
  /** Until the last account was released; what is written down about it may come a minute later. */
  readonly simulatedSeconds: number;
  readonly released: number;
  readonly stuck: number;
  readonly wallSeconds: number;
  readonly peakMemoryMB: number;
}

/** Opens an organization of so many accounts and measures what something done to it costs. */
export async function measure(
  accounts: number,
  state: 'new' | 'released',
  options: Partial<OpeningOptions>,
  run: (world: OpenWorld) => Promise<void>,
): Promise<Measured> {
  let counter = createCallCounter();
  let lastRelease = 0;
  const world = await openWorld({
    world: benchWorld(accounts, state),
    settings: benchSettings(),
    ...options,
    observe: (...call) => counter.observe(...call),
    events: {
      accepted(event) {
        if (textMember(event, 'detail-type') === 'ReleasedAccount') lastRelease = world.cloud.clock.now();
      },
    },
  });
  counter = createCallCounter();
  const { clock } = world.cloud;
  const opened = { simulated: clock.now(), wall: performance.now() };
  await run(world);
  const left = unreleased(managedAccountsOf(world)).length;
  return {
    calls: counter.calls.counts(),
    throttled: counter.throttled.counts(),
    simulatedSeconds: Math.round(Math.max(0, lastRelease - opened.simulated) / 1000),
    released: accounts - left,
    stuck: left,
    wallSeconds: Number(((performance.now() - opened.wall) / 1000).toFixed(2)),
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

export const total = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
