import { benchmarks } from './benchmarks.ts';

const [name = '', accounts, seeds] = process.argv.slice(2);

process.once('disconnect', () => process.exit());
const run = await benchmarks[name]?.load();
const told = await run?.({ accounts: Number(accounts), seeds: Number(seeds) });
process.stdout.write(`${JSON.stringify(told)}\n`);
if (process.connected) process.disconnect();
