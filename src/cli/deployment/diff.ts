import { asJson, type CommandOutcome } from '../settings/command-outcome.ts';
import {
  orRefuse,
  prepareDeployment,
  realSurroundings,
  type DeploymentOptions,
  type Surroundings,
} from './prepare-deployment.ts';

/** `spa diff`: shows what a deployment with the credentials in use would change, and changes nothing. Throws InvalidSettings. */
export const diff = (options: DeploymentOptions, surroundings = realSurroundings): Promise<CommandOutcome> =>
  orRefuse(() => compare(options, surroundings));

async function compare(options: DeploymentOptions, surroundings: Surroundings): Promise<CommandOutcome> {
  const prepared = await prepareDeployment(options, surroundings);
  if ('refused' in prepared) return prepared.refused;
  const compared = prepared.stacks.map(({ name }) => name);
  // Compared template by template: change sets would have to be made, and deleted again.
  const args = ['diff', ...compared, `--app=${options.output}`, '--exclusively', '--method=template'];
  const status = await surroundings.runCdk(args);
  const stdout = options.json ? asJson({ compared }) : '';
  return { exitStatus: status === 0 ? 0 : 1, stdout, stderr: '' };
}
