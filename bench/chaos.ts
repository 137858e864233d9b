import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { isClean, type Verdict } from './judge-chaos.ts';

/** One window under chaos for each seed from 1 on, on all cores; the process fails when an account is not well. */
export async function benchChaos(options: {
  readonly accounts: number;
  readonly seeds: number;
}): Promise<object> {
  const { accounts, seeds } = options;
  const began = performance.now();
  const waiting = Array.from({ length: seeds }, (_, index) => index + 1);
  const verdicts: Played[] = [];

  async function playOn(): Promise<void> {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const verdict = await playApart(accounts, seed);
      tell(verdict);
      verdicts.push(verdict);
    }
  }

  await Promise.all(Array.from({ length: availableParallelism() }, playOn));
  const unclean = verdicts.filter((verdict) => !isClean(verdict));
  if (unclean.length > 0) process.exitCode = 1;
  const sum = (count: (verdict: Played) => number) =>
    verdicts.reduce((total, verdict) => total + count(verdict), 0);
  return {
    benchmark: 'chaos',
    accounts,
    seeds,
    clean: verdicts.length - unclean.length,
    uncleanSeeds: unclean.map(({ seed }) => seed),
    released: sum(({ released }) => released),
    failed: sum(({ failed }) => failed),
    stuck: sum(({ stuck }) => stuck.length),
    purgedTwice: sum(({ purgedTwice }) => purgedTwice.length),
    unpurged: sum(({ unpurged }) => unpurged.length),
    toldTwice: sum(({ toldTwice }) => toldTwice.length),
    longestSimulatedSeconds: Math.max(...verdicts.map(({ simulatedSeconds }) => simulatedSeconds)),
    wallSeconds: Number(((performance.now() - began) / 1000).toFixed(2)),
    peakMemoryMB: Math.max(...verdicts.map(({ peakMemoryMB }) => peakMemoryMB)),
  };
}

type Played = Verdict & { readonly peakMemoryMB: number };

/** In a process of its own, whose memory is its own too. */
function playApart(accounts: number, seed: number): Promise<Played> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('chaos-seed.ts', import.meta.url), [String(accounts), String(seed)]);
    child.once('message', (played) => resolve(played as Played));
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`seed ${seed} ended without a verdict`)));
  });
}

function tell({ seed, released, failed, simulatedSeconds, ...found }: Verdict): void {
  const { stuck, purgedTwice, unpurged, toldTwice } = found;
  const wrong = Object.entries({ stuck, purgedTwice, unpurged, toldTwice })
    .filter(([, accounts]) => accounts.length > 0)
    .map(([name, accounts]) => `${name} ${accounts.join(' ')}`);
  const outcome = wrong.length > 0 ? wrong.join('; ') : 'clean';
  process.stderr.write(
    `seed ${String(seed).padStart(3)}  released ${released}  told as failed ${failed}  ${simulatedSeconds} s  ${outcome}\n`,
  );
}
