import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { catalogue } from '#functions/catalogue.ts';
import { bundleFunctions } from '#infrastructure/bundle-functions.ts';
import { functionEnvironmentOf } from '#infrastructure/deployment-of.ts';

const startsPerFunction = 10;

/** From the start of a process on one core until the handler of a function is ready, and its end: the median of ten. */
export async function benchColdStart(): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'spa-cold-start-'));
  try {
    const bundles = await bundleFunctions(catalogue, folder);
    const variables = functionEnvironmentOf(await loadSettings('settings.example.yaml', {}));
    const start = (module?: string) => startOf(module, { ...variables });
    const functions = [...bundles].map(([name, { folder, bytes }]) => {
      const milliseconds = Array.from({ length: startsPerFunction }, () => start(join(folder, 'index.mjs')));
      return { name, kilobytes: Math.round(bytes / 1000), milliseconds: median(milliseconds) };
    });
    const sizes = functions.map(({ kilobytes }) => kilobytes);
    const times = functions.map(({ milliseconds }) => milliseconds);
    return {
      benchmark: 'cold-start',
      bare: median(Array.from({ length: startsPerFunction }, () => start())),
      medianKilobytes: median(sizes),
      mostKilobytes: Math.max(...sizes),
      medianMilliseconds: median(times),
      mostMilliseconds: Math.max(...times),
      functions,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Pinned to one core where the machine knows how; milliseconds. */
function startOf(module: string | undefined, variables: NodeJS.ProcessEnv): number {
  const source = module === undefined ? '' : `await import(${JSON.stringify(pathToFileURL(module).href)})`;
  const node = [process.execPath, '--input-type=module', '--eval', source];
  const [command = '', ...args] =
    process.platform === 'linux' ? ['taskset', '--cpu-list', '0', ...node] : node;
  const begin = performance.now();
  const { status, stderr } = spawnSync(command, args, { env: { PATH: process.env['PATH'], ...variables } });
  if (status !== 0) throw new Error(`${module} does not start: ${stderr?.toString()}`);
  return Math.round(performance.now() - begin);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
