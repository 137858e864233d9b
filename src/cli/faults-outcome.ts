import type { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import type { InvalidFaultPlan } from '#local/faults/invalid-fault-plan.ts';
import type { InvalidWorld } from '#local/world/invalid-world.ts';
import { asJson, type CommandOutcome } from './settings/command-outcome.ts';

/** A faulty file, of settings, of a world or of faults to play, for every command that can't go on with it. */
export function faultsOutcome(
  { message, faults }: Pick<InvalidSettings | InvalidWorld | InvalidFaultPlan, 'message' | 'faults'>,
  json: boolean,
): CommandOutcome {
  return {
    exitStatus: 1,
    stdout: json ? asJson({ valid: false, faults }) : '',
    stderr: json ? '' : `${message}\n`,
  };
}
