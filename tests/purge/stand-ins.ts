import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { Engine } from '#domain/purge/engine.ts';
import { environmentOn, onMachine, runCommands, type Ended } from './build-machine.ts';

/** A call of the AWS command line: its arguments, and the JSON that it was given. */
export interface Call {
  readonly args: readonly string[];
  readonly input: unknown;
}

export interface BuildMachine {
  readonly variables: Readonly<Record<string, string>>;
  /** What the AWS command line answers, by `service operation`; `{}` to anything else. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** What the engine prints, by configuration and mode (`tag`, `age-run`, …), and the status it ends with. */
  readonly engine?: Readonly<Record<string, { readonly log: string; readonly status?: number }>>;
}

export interface BuildResult extends Ended {
  readonly calls: readonly Call[];
  /** Arguments with which the engine was started. */
  readonly runs: readonly string[];
  /** Downloads, and other programs that were started. */
  readonly others: readonly string[];
}

const awsStub = `#!/bin/bash
input=
for ((i = 1; i < $#; i++)); do
  [ "\${!i}" = --cli-input-json ] || continue
  next=$((i + 1)) input=\${!next}
  [[ $input != file://* ]] || input=$(< "\${input#file://}")
done
printf '%s\\0' "$#" "$@" "$input" >> "$STUBS/calls"
answer="$STUBS/answers/$1 $2"
if [ -e "$answer.fault" ]; then printf '%s\\n' "$(< "$answer.fault")" >&2; exit 254; fi
if [ -e "$answer" ]; then printf '%s\\n' "$(< "$answer")"; else echo '{}'; fi
`;

/** Serves the archive of the engine that lies in the folder of stubs, whatever is asked for. */
export const curlStub = `#!/bin/bash
echo "curl $*" >> "$STUBS/others.txt"
while [ "$1" != -o ]; do shift; done
cp "$STUBS/engine.tar.gz" "$2"
`;

const otherStub = `#!/bin/bash
echo "\${0##*/} $*" >> "$STUBS/others.txt"
`;

const engineStub = `#!/bin/bash
echo "$*" >> "$STUBS/runs.txt"
key=\${3%.yaml}
[[ "$*" != *--no-dry-run* ]] || key="$key-run"
[ ! -e "$STUBS/$key.log" ] || cat "$STUBS/$key.log"
[ ! -e "$STUBS/$key.status" ] || exit "$(< "$STUBS/$key.status")"
`;

export function writeProgram(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** A release of an engine: its archive, and how a build knows it again on either machine. */
export interface Release {
  readonly archive: Buffer;
  readonly engine: Engine;
}

export function releaseOf(program: string): Release {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  writeProgram(join(folder, 'aws-nuke'), program);
  const archive = execFileSync('tar', ['--create', '--gzip', '--directory', folder, 'aws-nuke']);
  rmSync(folder, { recursive: true });
  const sha256 = createHash('sha256').update(archive).digest('hex');
  const pinned = { url: 'https://engines.example/engine.tar.gz', sha256 };
  return { archive, engine: { x86_64: pinned, aarch64: pinned } };
}

/** The engine that the machine downloads, with its true checksum: it prints what it is told to print. */
export const standInEngine = releaseOf(engineStub);

function furnish(home: string, { answers = {}, engine = {} }: BuildMachine): void {
  const stubs = join(home, 'stubs');
  mkdirSync(join(stubs, 'answers'), { recursive: true });
  writeProgram(join(home, 'bin/aws'), awsStub);
  writeProgram(join(home, 'bin/curl'), curlStub);
  for (const name of ['python3', 'prowler']) writeProgram(join(home, 'bin', name), otherStub);
  writeFileSync(join(stubs, 'engine.tar.gz'), standInEngine.archive);
  for (const [call, answer] of Object.entries({ 'events put-events': '0', ...answers })) {
    const { fault } = z.looseObject({ fault: z.string().optional() }).safeParse(answer).data ?? {};
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    writeFileSync(join(stubs, 'answers', fault === undefined ? call : `${call}.fault`), fault ?? text);
  }
  for (const [key, { log, status = 0 }] of Object.entries(engine)) {
    writeFileSync(join(stubs, `${key}.log`), log);
    writeFileSync(join(stubs, `${key}.status`), `${status}`);
  }
}

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const linesOf = (path: string) =>
  textOf(path)
    .split('\n')
    .filter((line) => line !== '');

/** Each call is the number of its arguments, these, and the JSON that it was given, each ended by a zero byte. */
function callsIn(written: string): readonly Call[] {
  const fields = written.split('\0');
  const calls: Call[] = [];
  while (fields.length > 1) {
    const args = fields.splice(0, Number(fields[0]) + 1).slice(1);
    const [input = ''] = fields.splice(0, 1);
    calls.push({ args, input: input === '' ? undefined : JSON.parse(input) });
  }
  return calls;
}

/** Runs a build specification on a machine where AWS, downloads and the engine are stand-ins that write down their use. */
export const runBuild = (text: string, machine: BuildMachine): Promise<BuildResult> =>
  onMachine(async (home) => {
    furnish(home, machine);
    const stubs = join(home, 'stubs');
    const env = { ...environmentOn(home, machine.variables), STUBS: stubs };
    return {
      ...(await runCommands(text, home, env)),
      calls: callsIn(textOf(join(stubs, 'calls'))),
      runs: linesOf(join(stubs, 'runs.txt')),
      others: linesOf(join(stubs, 'others.txt')),
    };
  });

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

const detail = z.strictObject({
  Account: z.string(),
  Environment: z.string(),
  Message: z.string(),
  Part: z.number().optional(),
  Parts: z.number().optional(),
  Time: z.string().optional(),
});

/** The events that a build put on the bus, their details read. */
export const reportsOf = ({ calls }: BuildResult) =>
  calls
    .filter(({ args }) => args[1] === 'put-events')
    .map(({ input }) => {
      const [{ Detail, ...entry }] = entries.parse(input).Entries;
      return { ...entry, detail: detail.parse(JSON.parse(Detail)), bytes: Buffer.byteLength(Detail) };
    });

/** The only event that a build put on the bus. */
export function reportOf(build: BuildResult) {
  const [report, ...others] = reportsOf(build);
  if (!report || others.length > 0) throw new Error(`${others.length + 1} events instead of one`);
  return report;
}
