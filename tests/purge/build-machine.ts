import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { describe } from 'vitest';
import { parse } from 'yaml';
import type { Engine } from '#domain/purge/engine.ts';

const programs = ['bash', 'jq', 'tar', 'sha256sum', 'xargs'];

/** Programs of CodeBuild's images that this machine lacks: builds cannot run on it. */
const missing = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);

/** Situations that take a machine with the programs of CodeBuild's images; elsewhere they are passed over, and say why. */
export const describeBuild = (situation: string, tests: () => void) =>
  describe.skipIf(missing.length > 0)(
    missing.length > 0 ? `${situation} (passed over: there is no ${missing.join(', ')} here)` : situation,
    tests,
  );

const buildspec = z.looseObject({
  version: z.literal(0.2),
  env: z.looseObject({ shell: z.literal('bash') }),
  phases: z.record(z.string(), z.strictObject({ commands: z.array(z.string()) })),
});

/** Every command of a build specification, in the order in which CodeBuild runs them. */
export function commandsOf(text: string): readonly string[] {
  const { phases } = buildspec.parse(parse(text));
  return ['install', 'pre_build', 'build', 'post_build'].flatMap((phase) => phases[phase]?.commands ?? []);
}

/** A call of the AWS command line: its arguments, and what it read from the file that they name. */
const call = z.object({ args: z.array(z.string()), input: z.json() });
export type Call = z.infer<typeof call>;

export interface BuildMachine {
  readonly variables: Readonly<Record<string, string>>;
  /** What the AWS command line answers, by `service operation`; `{}` to anything else. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** What the engine prints, by configuration and mode (`tag`, `age --no-dry-run`, …), and the status it ends with. */
  readonly engine?: Readonly<Record<string, { readonly log: string; readonly status?: number }>>;
}

export interface BuildResult {
  readonly status: number;
  readonly output: string;
  readonly calls: readonly Call[];
  /** Arguments with which the engine was started. */
  readonly runs: readonly string[];
  /** Downloads, and other programs that were started. */
  readonly others: readonly string[];
}

const awsStub = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
const file = args[args.indexOf('--cli-input-json') + 1] ?? '';
const input = file.startsWith('file://') ? JSON.parse(readFileSync(file.slice(7), 'utf8')) : undefined;
appendFileSync(process.env.STUBS + '/calls.jsonl', JSON.stringify({ args, input: input ?? null }) + '\\n');
const answers = JSON.parse(readFileSync(process.env.STUBS + '/answers.json', 'utf8'));
const answer = answers[args.slice(0, 2).join(' ')] ?? {};
if (answer.fault) { console.error(answer.fault); process.exit(254); }
console.log(typeof answer === 'string' ? answer : JSON.stringify(answer));
`;

const curlStub = `#!/bin/bash
echo "curl $*" >> "$STUBS/others.txt"
while [ "$1" != --output ]; do shift; done
cp "$STUBS/engine.tar.gz" "$2"
`;

const otherStub = `#!/bin/bash
echo "$(basename "$0") $*" >> "$STUBS/others.txt"
`;

const engineStub = `#!/bin/bash
echo "$*" >> "$STUBS/runs.txt"
key=$(basename "$3" .yaml)
[[ "$*" == *--no-dry-run* ]] && key="$key-run"
[ ! -e "$STUBS/$key.log" ] || cat "$STUBS/$key.log"
[ ! -e "$STUBS/$key.status" ] || exit "$(cat "$STUBS/$key.status")"
`;

function writeProgram(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function packEngine(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  writeProgram(join(folder, 'aws-nuke'), engineStub);
  const bytes = execFileSync('tar', ['--create', '--gzip', '--directory', folder, 'aws-nuke']);
  rmSync(folder, { recursive: true });
  return bytes;
}

const archive = packEngine();

const pinned = {
  url: 'https://engines.example/engine.tar.gz',
  sha256: createHash('sha256').update(archive).digest('hex'),
};

/** The engine that the machine downloads, with its true checksum. */
export const standInEngine: Engine = { x86_64: pinned, aarch64: pinned };

const linesOf = (path: string) =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];

function furnish(home: string, { answers = {}, engine = {} }: BuildMachine): void {
  ['bin', 'stubs', 'work'].forEach((folder) => mkdirSync(join(home, folder)));
  writeProgram(join(home, 'bin/aws'), awsStub);
  writeProgram(join(home, 'bin/curl'), curlStub);
  ['python3', 'prowler'].forEach((name) => writeProgram(join(home, 'bin', name), otherStub));
  writeFileSync(join(home, 'stubs/engine.tar.gz'), archive);
  writeFileSync(join(home, 'stubs/answers.json'), JSON.stringify({ 'events put-events': '0', ...answers }));
  for (const [key, { log, status = 0 }] of Object.entries(engine)) {
    writeFileSync(join(home, `stubs/${key}.log`), log);
    writeFileSync(join(home, `stubs/${key}.status`), `${status}`);
  }
}

/** Runs the commands one by one, as CodeBuild does, until one fails. */
function runCommands(commands: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  let output = '';
  for (const command of commands) {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8' });
    output += stdout + stderr;
    if (status !== 0) return { status: status ?? -1, output };
  }
  return { status: 0, output };
}

/** Runs a build specification on a machine where AWS, downloads and the engine are stand-ins that write down their use. */
export function runBuild(text: string, machine: BuildMachine): BuildResult {
  const home = mkdtempSync(join(tmpdir(), 'build-'));
  furnish(home, machine);
  const path = `${join(home, 'bin')}:${process.env['PATH']}`;
  const env = { ...machine.variables, STUBS: join(home, 'stubs'), HOME: home, PATH: path };
  const result = {
    ...runCommands(commandsOf(text), join(home, 'work'), env),
    calls: linesOf(join(home, 'stubs/calls.jsonl')).map((line) => call.parse(JSON.parse(line))),
    runs: linesOf(join(home, 'stubs/runs.txt')),
    others: linesOf(join(home, 'stubs/others.txt')),
  };
  rmSync(home, { recursive: true });
  return result;
}

const entries = z.object({
  Entries: z.tuple([
    z.strictObject({
      Source: z.string(),
      DetailType: z.string(),
      EventBusName: z.string(),
      Detail: z.string(),
    }),
  ]),
});

/** The only event that a build put on the bus, its detail read. */
export function reportOf({ calls }: BuildResult) {
  const puts = calls.filter(({ args }) => args[1] === 'put-events');
  if (puts.length !== 1) throw new Error(`${puts.length} events instead of one`);
  const [{ Detail, ...entry }] = entries.parse(puts[0]?.input).Entries;
  const detail = z.strictObject({ Account: z.string(), Environment: z.string(), Message: z.string() });
  return { ...entry, detail: detail.parse(JSON.parse(Detail)) };
}
