import type { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import type { InvalidWorld } from '#local/world/invalid-world.ts';
import { asJson, type CommandOutcome } from './settings/command-outcome.ts';

/** A faulty file, of settings or of a world, for every command that can't go on with it. */
export function faultsOutcome(
  { message, faults }: Pick<InvalidSettings | InvalidWorld, 'message' | 'faults'>,
  json: boolean,
): CommandOutcome {
  return {
    exitStatus: 1,
    stdout: json ? asJson({ valid: false, faults }) : '',
    stderr: json ? '' : `${message}\n`,
  };
}
