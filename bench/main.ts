import { parseArgs } from 'node:util';
import { benchLifecycle } from './lifecycle.ts';
import { benchWindow } from './window.ts';

interface BenchOptions {
  readonly accounts: number;
}

/** Every benchmark by its name; each gives what is printed as one line of JSON. */
const benchmarks: Readonly<Record<string, (options: BenchOptions) => Promise<object>>> = {
  lifecycle: benchLifecycle,
  window: benchWindow,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { accounts: { type: 'string', default: '100' } },
});

for (const name of positionals.length > 0 ? positionals : Object.keys(benchmarks)) {
  const benchmark = benchmarks[name];
  if (!benchmark) {
    process.stderr.write(`no benchmark is called ${name}: there are ${Object.keys(benchmarks).join(', ')}\n`);
    process.exit(2);
  }
  process.stdout.write(`${JSON.stringify(await benchmark({ accounts: Number(values.accounts) }))}\n`);
}
