import type { SimulatedClock } from '../clock.ts';
import type { Gate } from '../dispatch.ts';
import type { Call } from '../service.ts';
import { organizationsQuotas } from './organizations-quotas.ts';
import type { Quota, Sharing } from './quota.ts';
import { regionalQuotas } from './regional-quotas.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** AWS's throttling, in simulated time: a call beyond a quota is refused before it runs, and takes no token. */
export function createQuotas(
  clock: Pick<SimulatedClock, 'now'>,
  quotas: readonly Quota[] = [...organizationsQuotas, ...regionalQuotas],
): Gate {
  const meters = new Map<string, Meter>();
  for (const quota of quotas) {
    const meter = createMeter(quota, clock);
    for (const operation of quota.operations) meters.set(`${quota.service}.${operation}`, meter);
  }
  return (service, call) => meters.get(`${service}.${call.operation}`)?.(call);
}

type Meter = (call: Call) => void;

function createMeter({ limits, refusal }: Quota, clock: Pick<SimulatedClock, 'now'>): Meter {
  const shared = limits.map((limit) => ({ limit, buckets: new Map<string, TokenBucket>() }));
  return (call) => {
    const now = clock.now();
    const drawn = shared.map(({ limit, buckets }) => {
      const key = sharers[limit.per](call);
      return kept(buckets, key, () => createTokenBucket(limit, now));
    });
    if (!drawn.every((bucket) => bucket.has(now))) throw refusal();
    for (const bucket of drawn) bucket.take(now);
  };
}

const sharers: Record<Sharing, (call: Call) => string> = {
  organization: () => '',
  account: ({ account }) => account,
  'account and region': ({ account, region }) => `${account} ${region}`,
};

function kept<T>(map: Map<string, T>, key: string, create: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = create();
  map.set(key, made);
  return made;
}
