import type { AwsAccess } from '#adapters/aws/access.ts';
import { sendBack } from '#adapters/dead-letters/send-back.ts';
import { look } from '#adapters/doctor/look.ts';
import { deadLetters } from '#adapters/doctor/trouble.ts';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { inALine } from '#domain/doctor/diagnosis.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { functionsFor } from '#functions/catalogue.ts';
import { deadLettersOf } from '#infrastructure/function-grants.ts';
import { aligned, asJson, type CommandOutcome } from '../settings/command-outcome.ts';
import { ownAccess } from '../own-access.ts';

export interface RedriveOptions {
  /** Path of the settings file. */
  readonly settings: string;
  /** Name of one function, without the environment; all of them unless given. */
  readonly function: string | undefined;
  /** Only tells what waits. */
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Dead letters of one function, and what has become of them. */
interface Redriven {
  readonly waiting: number;
  readonly sentBack: number;
  readonly left: number;
}

/** `spa accounts redrive`: sends dead letters back to where they were meant to go. Throws InvalidSettings. */
export async function redrive(
  options: RedriveOptions,
  accessTo: (region: string) => AwsAccess = ownAccess,
): Promise<CommandOutcome> {
  const settings = await loadSettings(options.settings);
  const names = functionsFor(settings).map(({ name }) => name);
  const wanted = names.filter((name) => options.function === undefined || name === options.function);
  if (wanted.length === 0) {
    const stderr = `no function is called ${options.function}: there are ${names.join(', ')}\n`;
    return { exitStatus: 2, stdout: '', stderr };
  }
  const access = accessTo(settings.automation.region);
  const sight = await look(() => redriveAll(settings, wanted, access, options.dryRun));
  if ('seen' in sight) return told(sight.seen, options);
  return { exitStatus: 1, stdout: '', stderr: `Dead letters are not all sent back: ${inALine(sight)}\n` };
}

/** By function; those without any dead letter are left out. */
async function redriveAll(
  { environment, automation: { accountId, region } }: Settings,
  functions: readonly string[],
  access: AwsAccess,
  dryRun: boolean,
): Promise<Readonly<Record<string, Redriven>>> {
  const queueOf = (name: string) => `${environment}${deadLettersOf(name)}`;
  const found = await deadLetters(access, environment, functions.map(queueOf));
  const redriven: Record<string, Redriven> = {};
  for (const [index, name] of functions.entries()) {
    const waiting = found[index]?.messages ?? 0;
    if (waiting === 0) continue;
    const arn = `arn:aws:sqs:${region}:${accountId}:${queueOf(name)}`;
    const done = dryRun ? { sentBack: 0, left: waiting } : await sendBack(access, arn, waiting);
    redriven[name] = { waiting, ...done };
  }
  return redriven;
}

function told(functions: Readonly<Record<string, Redriven>>, { json }: RedriveOptions): CommandOutcome {
  const lines = Object.entries(functions);
  const exitStatus = lines.some(([, { left }]) => left > 0) ? 1 : 0;
  if (json) return { exitStatus, stdout: asJson({ functions }), stderr: '' };
  if (lines.length === 0) return { exitStatus, stdout: '', stderr: 'There are no dead letters.\n' };
  const rows = lines.map(([name, { sentBack, left }]) => [name, `${sentBack} sent back`, `${left} left`]);
  return { exitStatus, stdout: '', stderr: aligned(rows) };
}
