import { onboardAll, openWindowByHand } from '#local/run-until-idle.ts';
import type { Counts } from '#local/counts.ts';
import { measure, total } from './measure.ts';

/** Calls that functions make per account: to on-board it, and for a whole cycle once it is set up. */
export async function benchLifecycle({ accounts }: { readonly accounts: number }): Promise<object> {
  const onboarding = await measure(accounts, 'new', {}, async (world) => {
    await onboardAll(world);
    await world.cloud.clock.runUntilIdle();
  });
  // The first window sets the purge up; it is the second one that counts.
  const twoWindows = await windows(accounts, 2);
  const oneWindow = await windows(accounts, 1);
  const cycle = difference(twoWindows.calls, oneWindow.calls);
  table('on-boarding', onboarding.calls, accounts);
  table('maintenance', cycle, accounts);
  return {
    benchmark: 'lifecycle',
    accounts,
    onboardingCallsPerAccount: perAccount(onboarding.calls, accounts),
    cycleCallsPerAccount: perAccount(cycle, accounts),
    tagWritesPerCycle:
      ((cycle['organizations.TagResource'] ?? 0) + (cycle['organizations.UntagResource'] ?? 0)) / accounts,
    released: twoWindows.released,
    stuck: twoWindows.stuck,
    wallSeconds: twoWindows.wallSeconds,
    peakMemoryMB: twoWindows.peakMemoryMB,
  };
}

const windows = (accounts: number, times: number) =>
  measure(accounts, 'released', {}, async (world) => {
    for (let time = 0; time < times; time += 1) {
      await openWindowByHand(world);
      await world.cloud.clock.runUntilIdle();
    }
  });

const difference = (more: Counts, less: Counts): Counts =>
  Object.fromEntries(Object.entries(more).map(([name, count]) => [name, count - (less[name] ?? 0)]));

const perAccount = (calls: Counts, accounts: number) => Number((total(calls) / accounts).toFixed(2));

function table(title: string, calls: Counts, accounts: number): void {
  process.stderr.write(`\n${title}: calls per account\n`);
  for (const [name, count] of Object.entries(calls)) {
    process.stderr.write(`  ${name.padEnd(40)} ${(count / accounts).toFixed(2).padStart(8)}\n`);
  }
}
