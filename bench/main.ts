import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { benchmarks } from './benchmarks.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { accounts: { type: 'string' }, seeds: { type: 'string', default: '2' } },
});

function wholeNumber(text: string, option: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  process.stderr.write(`--${option} takes a whole number from 1 to 999999\n`);
  process.exit(2);
}

/** Megabytes of the heap: Node takes what a machine has, and tells nothing then of what an organization needs. */
const heapFor = (accounts: number) => Math.max(1024, Math.ceil(accounts / 10));

/** In a process of its own, so that none weighs on the memory of another. */
function runAlone(name: string, accounts: number, seeds: number): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(new URL('alone.ts', import.meta.url), [name, String(accounts), String(seeds)], {
      execArgv: [...process.execArgv, `--max-old-space-size=${heapFor(accounts)}`],
    });
    child.once('exit', (status) => resolve(status ?? 1));
  });
}

const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
if (unknown !== undefined) {
  const known = Object.keys(benchmarks).join(', ');
  process.stderr.write(`no benchmark is called ${unknown}: there are ${known}\n`);
  process.exit(2);
}
const accounts = values.accounts === undefined ? undefined : wholeNumber(values.accounts, 'accounts');
const seeds = wholeNumber(values.seeds, 'seeds');
for (const name of names) {
  const status = await runAlone(name, accounts ?? benchmarks[name]?.accounts ?? 0, seeds);
  if (status !== 0) process.exitCode = status;
}
