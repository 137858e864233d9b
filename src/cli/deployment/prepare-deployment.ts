import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import type { SettingsEnvironment } from '#domain/settings/deployment-target.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { checkRegion, UnknownRegion } from '#infrastructure/check-region.ts';
import { synthesize, type SynthesizedStack } from '#infrastructure/synthesize.ts';
import type { CommandOutcome } from '../settings/command-outcome.ts';
import { CloudUnanswered, NoCredentials, reachCloud, type Cloud } from './cloud.ts';
import { identifyCaller, type Caller } from './preflight.ts';
import { runCdk, type RunCdk } from './run-cdk.ts';

export interface DeploymentOptions {
  /** Path of the settings file. */
  readonly settings: string;
  readonly output: string;
  readonly identityCenterRegions: readonly string[];
  readonly json: boolean;
  readonly environment?: SettingsEnvironment;
}

/** What a deployment reaches beyond this process; tests put something else in its place. */
export interface Surroundings {
  readonly reachCloud: (region: string) => Cloud;
  readonly synthesize: typeof synthesize;
  readonly runCdk: RunCdk;
}

export const realSurroundings: Surroundings = { reachCloud, synthesize, runCdk };

/** A deployment that may begin: who deploys, and what. */
export interface Prepared {
  readonly settings: Settings;
  readonly cloud: Cloud;
  readonly caller: Caller;
  /** Those of the caller's account, in the order in which they may be deployed. */
  readonly stacks: readonly SynthesizedStack[];
  readonly all: readonly SynthesizedStack[];
}

/** Reads the settings, asks whose credentials are in use, and synthesizes. Throws InvalidSettings and what `orRefuse` tells. */
export async function prepareDeployment(
  { settings: path, output, identityCenterRegions, environment }: DeploymentOptions,
  surroundings: Surroundings,
): Promise<Prepared | { readonly refused: CommandOutcome }> {
  const settings = await loadSettings(path, environment);
  checkRegion(settings.automation.region);
  const cloud = surroundings.reachCloud(settings.automation.region);
  const caller = await identifyCaller(settings, cloud);
  if ('obstacle' in caller) return { refused: refusal(caller.obstacle) };
  const all = await surroundings.synthesize(settings, { output, identityCenterRegions, validate: false });
  const stacks = all.filter(({ account }) => account === caller.account);
  return { settings, cloud, caller, stacks, all };
}

/** Runs a command; troubles that people can mend, all of them before anything changes, become its outcome. */
export async function orRefuse(run: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
  try {
    return await run();
  } catch (fault) {
    const isMendable = [UnknownRegion, NoCredentials, CloudUnanswered].some((kind) => fault instanceof kind);
    if (!isMendable || !(fault instanceof Error)) throw fault;
    return refusal(fault.message);
  }
}

/** Nothing has changed, and why. */
export const refusal = (...sentences: readonly string[]): CommandOutcome => ({
  exitStatus: 1,
  stdout: '',
  stderr: `${[...sentences, 'Nothing has been changed.'].join('\n')}\n`,
});
