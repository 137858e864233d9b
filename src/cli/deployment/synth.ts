import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import type { SettingsEnvironment } from '#domain/settings/deployment-target.ts';
import { UnknownRegion } from '#infrastructure/check-region.ts';
import { synthesize, type SynthesizedStack } from '#infrastructure/synthesize.ts';
import { aligned, asJson, type CommandOutcome } from '../settings/command-outcome.ts';

export interface SynthOptions {
  /** Path of the settings file. */
  readonly settings: string;
  /** Folder of the cloud assembly, made where it is missing. */
  readonly output: string;
  /** Where people log in to the console, beside us-east-1 and the region of the system. */
  readonly identityCenterRegions: readonly string[];
  readonly validate: boolean;
  readonly json: boolean;
  readonly environment?: SettingsEnvironment;
}

/** `spa synth`: writes the templates of all stacks, and lists them. Throws InvalidSettings. */
export async function synth({
  settings,
  environment,
  json,
  ...options
}: SynthOptions): Promise<CommandOutcome> {
  try {
    const stacks = await synthesize(await loadSettings(settings, environment), options);
    if (json) return { exitStatus: 0, stdout: asJson({ output: options.output, stacks }), stderr: '' };
    return { exitStatus: 0, stdout: '', stderr: `${listOf(stacks)}Written to ${options.output}.\n` };
  } catch (fault) {
    if (!(fault instanceof UnknownRegion)) throw fault;
    return { exitStatus: 1, stdout: '', stderr: `${settings}: ${fault.message}\n` };
  }
}

function listOf(stacks: readonly SynthesizedStack[]): string {
  const heading = ['Stack', 'Account', 'Region', 'Resources', 'Template'];
  return aligned([heading, ...stacks.map(lineOf)]);
}

const lineOf = ({ name, account, region, resources, templateBytes }: SynthesizedStack) => [
  name,
  account ?? 'any member',
  region ?? 'its own',
  String(resources),
  `${Math.ceil(templateBytes / 1024)} KB`,
];
