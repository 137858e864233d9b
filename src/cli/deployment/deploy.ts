import { organizationParameter } from '#infrastructure/automation-stack.ts';
import { memberRoleIn, usesControlTower } from '#infrastructure/member-stack.ts';
import { asJson, type CommandOutcome } from '../settings/command-outcome.ts';
import { obstaclesFor } from './preflight.ts';
import {
  orRefuse,
  prepareDeployment,
  realSurroundings,
  refusal,
  type DeploymentOptions,
  type Prepared,
  type Surroundings,
} from './prepare-deployment.ts';

export interface DeployOptions extends DeploymentOptions {
  /** Identifier of the organization, where AWS does not tell it. */
  readonly organization: string | undefined;
  /** Approve changes of permissions without being asked. */
  readonly yes: boolean;
}

/**
 * `spa deploy`: brings up the stacks that belong to the account of the credentials in use, and says what remains to be
 * done with other credentials. Run again, it takes up where it was interrupted. Throws InvalidSettings.
 */
export const deploy = (options: DeployOptions, surroundings = realSurroundings): Promise<CommandOutcome> =>
  orRefuse(() => deployPrepared(options, surroundings));

async function deployPrepared(options: DeployOptions, surroundings: Surroundings): Promise<CommandOutcome> {
  const prepared = await prepareDeployment(options, surroundings);
  if ('refused' in prepared) return prepared.refused;
  const { settings, caller, cloud, stacks } = prepared;
  const organization = caller.places.includes('automation')
    ? (options.organization ?? (await cloud.organizationId()))
    : undefined;
  const obstacles = await obstaclesFor(settings, caller, organization, cloud);
  if (obstacles.length > 0) return refusal(...obstacles);

  const names = stacks.map(({ name }) => name);
  const status = await surroundings.runCdk([
    'deploy',
    ...names,
    `--app=${options.output}`,
    '--exclusively',
    // What an earlier stack has left, or a deployment that broke off, is taken up again.
    '--import-existing-resources',
    `--require-approval=${options.yes ? 'never' : 'broadening'}`,
    ...(organization === undefined
      ? []
      : [`--parameters=${settings.environment}Automation:${organizationParameter}=${organization}`]),
  ]);
  if (status !== 0) return failed(names);
  if (caller.places.includes('automation')) await cloud.putSecrets(settings);
  const remaining = remainsOf(prepared, options.output);
  if (options.json) return { exitStatus: 0, stdout: asJson({ deployed: names, remaining }), stderr: '' };
  return {
    exitStatus: 0,
    stdout: '',
    stderr: [`Deployed: ${names.join(', ')}.`, ...remaining, ''].join('\n'),
  };
}

const failed = (names: readonly string[]): CommandOutcome => ({
  exitStatus: 1,
  stdout: '',
  stderr: `Not all of ${names.join(', ')} could be deployed, see above. Mend the cause and deploy again: what is done already stays.\n`,
});

/** What other credentials have to do, in the words of an operator. */
function remainsOf({ settings, caller, all }: Prepared, output: string): readonly string[] {
  const elsewhere = [...new Set(all.flatMap(({ account }) => account ?? []))].filter(
    (account) => account !== caller.account,
  );
  const others = elsewhere.map(
    (account) => `Deploy again with the credentials of account ${account}, unless you have done so already.`,
  );
  if (usesControlTower(settings)) return others;
  const role = memberRoleIn(settings);
  return [
    ...others,
    `Accounts outside of the listed organizational units need role ${role}: deploy ${output}/${settings.environment}Member.template.json there.`,
  ];
}
