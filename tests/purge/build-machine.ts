import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { describe } from 'vitest';
import { parse } from 'yaml';

const found = new Map<string, boolean>();

function isHere(program: string): boolean {
  const here = found.get(program) ?? spawnSync(program, ['--version']).status === 0;
  found.set(program, here);
  return here;
}

/** Situations that take some programs; where this machine lacks one they are passed over, and their title says why. Builds run side by side. */
export function describeWith(programs: readonly string[], situation: string, tests: () => void): void {
  const missing = programs.filter((program) => !isHere(program));
  const reason = missing.length > 0 ? ` (passed over: there is no ${missing.join(', ')} here)` : '';
  describe.skipIf(missing.length > 0)(`${situation}${reason}`, { concurrent: true }, tests);
}

/** Programs of CodeBuild's images that builds use, beside the AWS command line. */
export const buildPrograms = ['bash', 'jq', 'tar', 'sha256sum', 'xargs'] as const;

/** Situations of builds whose AWS command line is a stand-in. */
export const describeBuild = (situation: string, tests: () => void) =>
  describeWith(buildPrograms, situation, tests);

const buildspec = z.looseObject({
  version: z.literal(0.2),
  env: z.looseObject({ shell: z.enum(['sh', 'bash']) }).default({ shell: 'sh' }),
  phases: z.record(z.string(), z.strictObject({ commands: z.array(z.string()) })),
});

/** Every command of a build specification, in the order in which CodeBuild runs them, and the shell that it asks for. */
export function programOf(text: string): { readonly shell: string; readonly commands: readonly string[] } {
  const { env, phases } = buildspec.parse(parse(text));
  const order = ['install', 'pre_build', 'build', 'post_build'];
  return { shell: env.shell, commands: order.flatMap((phase) => phases[phase]?.commands ?? []) };
}

export interface Ended {
  readonly status: number;
  /** Of both outputs, as a build log has them. */
  readonly output: string;
}

/** Both outputs go to one file, in their order. */
function start(shell: string, command: string, cwd: string, env: NodeJS.ProcessEnv, log: number) {
  return new Promise<number>((resolve, reject) => {
    const child = spawn(shell, ['-eu', '-c', command], { cwd, env, stdio: ['ignore', log, log] });
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? -1));
  });
}

/** Runs the commands of a build specification one by one on a machine, as CodeBuild does, until one fails. */
export async function runCommands(text: string, home: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const { shell, commands } = programOf(text);
  const path = join(home, 'build.log');
  const log = openSync(path, 'a');
  let status = 0;
  for (const command of commands) {
    status = await start(shell, command, join(home, 'work'), env, log);
    if (status !== 0) break;
  }
  closeSync(log);
  return { status, output: readFileSync(path, 'utf8') };
}

let free = availableParallelism();
const waiting: (() => void)[] = [];

/** A machine for one build: an empty folder with `bin` before the path, and `work` to work in. As many at a time as cores. */
export async function onMachine<T>(build: (home: string) => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  const home = mkdtempSync(join(tmpdir(), 'build-'));
  try {
    for (const folder of ['bin', 'work']) mkdirSync(join(home, folder));
    return await build(home);
  } finally {
    rmSync(home, { recursive: true });
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}

/** The environment of a build on its machine: its variables, and nothing of this process but the path. */
export const environmentOn = (home: string, variables: Readonly<Record<string, string>>) => ({
  ...variables,
  HOME: home,
  PATH: `${join(home, 'bin')}:${process.env['PATH']}`,
});
