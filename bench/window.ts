import { openWindowByHand } from '#local/run-until-idle.ts';
import { measure, total } from './measure.ts';

/** Tag writes that Organizations takes per second, and how many each account needs in a cycle. */
const writesPerSecond = 4;
const writesPerAccount = 3;

/** One maintenance window under AWS's quotas, with builds that take no time. */
export async function benchWindow({ accounts }: { readonly accounts: number }): Promise<object> {
  const measured = await measure(accounts, 'released', { quotas: true, buildSeconds: 0 }, async (world) => {
    await openWindowByHand(world);
    await world.cloud.clock.runUntilIdle();
  });
  const { calls, throttled, ...rest } = measured;
  const boundSeconds = (accounts * writesPerAccount) / writesPerSecond;
  for (const [name, count] of Object.entries(calls)) process.stderr.write(`${name.padEnd(40)} ${count}\n`);
  for (const [name, count] of Object.entries(throttled))
    process.stderr.write(`throttled ${name.padEnd(30)} ${count}\n`);
  return {
    benchmark: 'window',
    accounts,
    ...rest,
    boundSeconds,
    ratio: Number((measured.simulatedSeconds / boundSeconds).toFixed(3)),
    throttledShare: Number((total(throttled) / total(calls)).toFixed(4)),
    callsPerAccount: Number((total(calls) / accounts).toFixed(2)),
  };
}
