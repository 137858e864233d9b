import { textMember } from '#events/shape.ts';
import { createClock } from '#emulator/clock.ts';
import type { FaultPlan } from '#local/faults/fault-plan.ts';
import { managedAccountsOf } from '#local/managed-accounts.ts';
import { openWorld, type OpeningOptions, type OpenWorld } from '#local/open-world.ts';
import { openWindowByHand, settle } from '#local/run-until-idle.ts';
import { judge, type Verdict, type Witness } from './judge-chaos.ts';
import { benchSettings, benchWorld } from './worlds.ts';

const opensAt = Date.UTC(2026, 10, 21, 22, 0, 0);

/** What goes wrong while a window is played: far more than AWS has ever let anybody see at once. */
export const chaos = (seed: number): FaultPlan => ({
  seed,
  calls: [{ fault: 'throttled', share: 0.1 }],
  events: [
    { fault: 'doubled', share: 0.05 },
    { fault: 'lost', share: 0.02 },
    { fault: 'late', share: 0.05 },
  ],
  functions: [{ fault: 'killed', share: 0.02 }],
  builds: [{ fault: 'failed', share: 0.03 }],
  clocks: [],
});

export interface ChaosRun {
  readonly accounts: number;
  readonly seed: number;
  readonly plan?: FaultPlan;
  /** Functions that do nothing at all, named without their environment. */
  readonly idle?: readonly string[];
  readonly options?: Partial<OpeningOptions>;
}

/** One window under chaos, then as much time as the sweeps need, and what became of each account. */
export async function playChaos({
  accounts,
  seed,
  plan = chaos(seed),
  idle = [],
  options,
}: ChaosRun): Promise<Verdict> {
  const told: Witness[] = [];
  const clock = createClock(opensAt);
  const world = await openWorld({
    world: benchWorld(accounts, 'released'),
    settings: benchSettings(),
    clock,
    quotas: true,
    faults: plan,
    events: { accepted: (event) => void told.push(...witnessed(event)) },
    ...options,
  });
  for (const name of idle) putToSleep(name, world);
  const opened = clock.now();
  await openWindowByHand(world);
  await settle(world);
  return {
    seed,
    simulatedSeconds: Math.round((clock.now() - opened) / 1000),
    ...judge(managedAccountsOf(world), told),
  };
}

/** What is told on the central bus; events that are forwarded to it are others. */
function witnessed(event: Readonly<Record<string, unknown>>): readonly Witness[] {
  if (textMember(event, 'source') !== 'SustainablePersonalAccounts') return [];
  const label = textMember(event, 'detail-type') ?? '';
  const account = textMember(event, 'detail', 'Account') ?? textMember(event, 'detail', 'Payload', 'account');
  const identifier = textMember(event, 'detail', 'Payload', 'identifier');
  return account === undefined ? [] : [{ label, account, identifier }];
}

/** To see that somebody notices. */
function putToSleep(name: string, { cloud, settings }: OpenWorld): void {
  const { accountId: account, region } = settings.automation;
  cloud.lambda.behave({ account, region, name: `${settings.environment}${name}` }, async () => ({}));
}
