import { parseArgs } from 'node:util';

interface BenchOptions {
  readonly accounts: number;
  readonly seeds: number;
}

type Benchmark = (options: BenchOptions) => Promise<object>;

/** Every benchmark by its name, with its usual size; each is loaded alone, so that none weighs on the memory of another. */
const benchmarks: Readonly<
  Record<string, { readonly accounts: number; readonly load: () => Promise<Benchmark> }>
> = {
  lifecycle: { accounts: 100, load: async () => (await import('./lifecycle.ts')).benchLifecycle },
  window: { accounts: 100, load: async () => (await import('./window.ts')).benchWindow },
  growth: { accounts: 10_000, load: async () => (await import('./growth.ts')).benchGrowth },
  settings: { accounts: 10_000, load: async () => (await import('./settings.ts')).benchSettingsFile },
  costs: { accounts: 10_000, load: async () => (await import('./costs.ts')).benchCosts },
  activities: { accounts: 10_000, load: async () => (await import('./activities.ts')).benchActivities },
  chaos: { accounts: 1000, load: async () => (await import('./chaos.ts')).benchChaos },
  'cold-start': { accounts: 0, load: async () => (await import('./cold-start.ts')).benchColdStart },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { accounts: { type: 'string' }, seeds: { type: 'string', default: '2' } },
});

function wholeNumber(text: string, option: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  process.stderr.write(`--${option} takes a whole number from 1 to 999999\n`);
  process.exit(2);
}

for (const name of positionals.length > 0 ? positionals : Object.keys(benchmarks)) {
  const benchmark = benchmarks[name];
  if (!benchmark) {
    process.stderr.write(`no benchmark is called ${name}: there are ${Object.keys(benchmarks).join(', ')}\n`);
    process.exit(2);
  }
  const run = await benchmark.load();
  const accounts =
    values.accounts === undefined ? benchmark.accounts : wholeNumber(values.accounts, 'accounts');
  const seeds = wholeNumber(values.seeds, 'seeds');
  process.stdout.write(`${JSON.stringify(await run({ accounts, seeds }))}\n`);
}
