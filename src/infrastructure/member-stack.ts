import { Aws, BootstraplessSynthesizer, Stack, type App, type IStackSynthesizer } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { origin } from '#domain/equipment.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { acknowledgeWildcards } from './acknowledge.ts';
import { policyOf } from './grants.ts';
import { memberGrants } from './member-grants.ts';
import { trustOfRoles } from './statements.ts';

/** Made by Control Tower in every account that it enrols, with all permissions. */
const controlTowerRole = 'AWSControlTowerExecution';

/** Offered where the settings still name the role of Control Tower, which no template may touch. */
const ownRole = 'SpaRoleForAutomation';

export const usesControlTower = ({ automation }: Pick<Settings, 'automation'>): boolean =>
  automation.memberRoleName === controlTowerRole;

/** Name of the role that the template of member accounts makes. */
export const memberRoleIn = (settings: Pick<Settings, 'automation'>): string =>
  usesControlTower(settings) ? ownRole : settings.automation.memberRoleName;

/** The template of member accounts, for any of them: a role that has just what the system does there. */
export function createMemberStack(app: App, settings: Settings): Stack {
  const { environment, automation } = settings;
  const roleName = memberRoleIn(settings);
  const stack = new Stack(app, `${environment}Member`, {
    description: `Sustainable Personal Accounts, environment ${environment}: role ${roleName} of member accounts`,
    synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
  });
  const lines = memberGrants({ account: Aws.ACCOUNT_ID, region: automation.region });
  const role = new CfnRole(stack, 'Role', {
    roleName,
    description: `Lets environment ${environment} of account ${automation.accountId} prepare and purge this account`,
    assumeRolePolicyDocument: trustOfRoles(automation.managementAccount, automation.managementRoleArn),
    tags: [origin],
    policies: [{ policyName: 'Needs', policyDocument: policyOf(lines) }],
  });
  acknowledgeWildcards(role, lines);
  return stack;
}
