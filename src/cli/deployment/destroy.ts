import { asJson, type CommandOutcome } from '../settings/command-outcome.ts';
import { dataOf, deleteData, namesOf, type Data, type DeleteData } from './data.ts';
import {
  orRefuse,
  prepareDeployment,
  realSurroundings,
  type DeploymentOptions,
  type Surroundings,
} from './prepare-deployment.ts';

export interface DestroyOptions extends DeploymentOptions {
  /** Destroy without asking. */
  readonly yes: boolean;
  /** Delete tables and reports too, for good. */
  readonly deleteData: boolean;
}

/** How a person is asked; undefined where there is nobody to ask. */
export type Ask = ((question: string) => Promise<string>) | undefined;

export interface DestroySurroundings extends Surroundings {
  readonly deleteData: DeleteData;
}

/**
 * `spa destroy`: asks, then deletes the stacks of the account whose credentials are in use. Tables and reports stay,
 * unless their deletion is asked for. Throws InvalidSettings.
 */
export async function destroy(
  options: DestroyOptions,
  ask: Ask,
  surroundings: DestroySurroundings = { ...realSurroundings, deleteData },
): Promise<CommandOutcome> {
  if (!options.yes && !ask) {
    const stderr = 'Nobody can be asked whether to destroy: run this in a terminal, or add --yes.\n';
    return { exitStatus: 2, stdout: '', stderr };
  }
  return orRefuse(() => destroyPrepared(options, ask, surroundings));
}

async function destroyPrepared(
  options: DestroyOptions,
  ask: Ask,
  surroundings: DestroySurroundings,
): Promise<CommandOutcome> {
  const prepared = await prepareDeployment(options, surroundings);
  if ('refused' in prepared) return prepared.refused;
  const { settings, caller, stacks } = prepared;
  const { environment, automation } = settings;
  const names = stacks.map(({ name }) => name);
  const data = caller.places.includes('automation') ? dataOf(settings) : undefined;
  if (!options.yes) {
    const answer = await ask?.(question(environment, names, data, options.deleteData));
    if (answer?.trim() !== environment) return unchanged;
  }
  const status = await surroundings.runCdk([
    'destroy',
    ...names,
    `--app=${options.output}`,
    '--exclusively',
    '--force',
  ]);
  if (status !== 0) return { exitStatus: 1, stdout: '', stderr: 'Not all could be destroyed, see above.\n' };
  if (data && options.deleteData) await surroundings.deleteData(automation.region, data);
  const kept = data && !options.deleteData ? namesOf(data) : [];
  if (options.json) return { exitStatus: 0, stdout: asJson({ destroyed: names, kept }), stderr: '' };
  return { exitStatus: 0, stdout: '', stderr: `Destroyed: ${names.join(', ')}.\n${keptLine(kept)}` };
}

const unchanged: CommandOutcome = { exitStatus: 1, stdout: '', stderr: 'Nothing has been changed.\n' };

function question(
  environment: string,
  names: readonly string[],
  data: Data | undefined,
  withData: boolean,
): string {
  const fate = withData ? 'Deleted for good with them' : 'Kept';
  const lines = data ? [`${fate}: ${namesOf(data).join(', ')}.`] : [];
  return [`To be destroyed: ${names.join(', ')}.`, ...lines, `Type ${environment} to go on: `].join('\n');
}

const keptLine = (kept: readonly string[]): string =>
  kept.length === 0 ? '' : `Kept, and taken up by the next deployment: ${kept.join(', ')}.\n`;
