import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** What grows with an organization, as the benchmark of a window tells it. */
const measures = ['simulatedSeconds', 'callsPerAccount', 'wallSeconds', 'peakMemoryMB'] as const;

type Window = Readonly<Record<(typeof measures)[number] | 'accounts' | 'ratio' | 'throttledShare', number>>;

/**
 * The window of an organization, of one of a tenth, and of one of a hundredth, each in a process of its own. Growth is
 * the power of the number of accounts that a measure follows between two sizes: 0 stays, 1 is in proportion.
 */
export async function benchGrowth({ accounts }: { readonly accounts: number }): Promise<object> {
  const windows: Window[] = [];
  for (const size of [accounts / 100, accounts / 10, accounts]) {
    const window = await windowOf(Math.max(1, Math.round(size)));
    tell(window);
    windows.push(window);
  }
  const growth = measures.map((measure) => [
    measure,
    windows.slice(1).map((larger, index) => powerBetween(windows[index] ?? larger, larger, measure)),
  ]);
  return { benchmark: 'growth', accounts, windows, growth: Object.fromEntries(growth) };
}

async function windowOf(accounts: number): Promise<Window> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    main,
    'window',
    '--accounts',
    String(accounts),
  ]);
  return JSON.parse(stdout) as Window;
}

function powerBetween(smaller: Window, larger: Window, measure: (typeof measures)[number]): number {
  const power = Math.log(larger[measure] / smaller[measure]) / Math.log(larger.accounts / smaller.accounts);
  return Number(power.toFixed(2));
}

function tell({ accounts, ratio, throttledShare, ...rest }: Window): void {
  const { simulatedSeconds, callsPerAccount, wallSeconds, peakMemoryMB } = rest;
  process.stderr.write(
    `${accounts} accounts: ${simulatedSeconds} s simulated (${ratio} of the bound), ${callsPerAccount} calls per account, ${throttledShare * 100} % throttled, ${wallSeconds} s, ${peakMemoryMB} MB\n`,
  );
}
