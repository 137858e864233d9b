import { join } from 'node:path';
import { App, BootstraplessSynthesizer, CfnStackSet, Stack, type IStackSynthesizer } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Settings } from '#domain/settings/settings.ts';
import type { Pattern } from '#events/trigger.ts';
import { acknowledgeWildcards } from './acknowledge.ts';
import { managementGrants, policyOf, type Deployment } from './grants.ts';
import { createMemberStack, usesControlTower } from './member-stack.ts';
import { centralArn, functionRolesPath, nameOf, type Plan } from './plan.ts';
import { trustOf, trustOfRoles } from './statements.ts';

/** CloudTrail tells what happens in the organization in this region only. */
const homeRegion = 'us-east-1';

/**
 * The stacks of the management account: in us-east-1 the role by which accounts are managed and the rules that forward
 * events, then the rule for console logins in each further region. They hold no file, so that nothing has to be
 * bootstrapped in this account.
 */
export function createManagementStacks(
  app: App,
  plan: Plan,
  identityCenterRegions: readonly string[],
): readonly Stack[] {
  const { settings, deployment } = plan;
  const main = createStack(app, plan, homeRegion, 'Management');
  addManagementRole(main, plan);
  addForwardingRole(main, plan);
  if (!usesControlTower(settings)) addMemberRoles(main, plan);
  forward(main, plan, 'OrganizationEvents', { source: ['aws.organizations'] });
  forward(main, plan, 'ConsoleLogins', consoleLogins);
  const regions = new Set([deployment.region, ...identityCenterRegions]);
  regions.delete(homeRegion);
  // A stack with nothing in it is none.
  if (hasBus(plan, deployment.region)) regions.delete(deployment.region);
  const others = [...regions].map((region) => {
    const stack = createStack(app, plan, region, `Management-${region}`);
    forward(stack, plan, 'ConsoleLogins', consoleLogins);
    stack.addStackDependency(main);
    return stack;
  });
  return [main, ...others];
}

const consoleLogins: Pattern = { 'detail-type': ['AWS Console Sign In via CloudTrail'] };

function createStack(app: App, { settings, deployment }: Plan, region: string, name: string): Stack {
  const { environment } = deployment;
  return new Stack(app, nameOf(deployment, name), {
    env: { account: settings.automation.managementAccount, region },
    description: `Sustainable Personal Accounts, environment ${environment}: management account`,
    synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
  });
}

function addManagementRole(stack: Stack, { settings, deployment }: Plan): void {
  const lines = managementGrants(deployment);
  const { account, managementRoleArn } = deployment;
  const trusted = `arn:aws:iam::${account}:role${functionRolesPath(deployment)}*`;
  const role = new CfnRole(stack, 'ManagementRole', {
    ...roleNameAndPath(managementRoleArn),
    description: managementRoleDescription(settings),
    assumeRolePolicyDocument: trustOfRoles(account, trusted),
    policies: [{ policyName: 'Needs', policyDocument: policyOf(lines) }],
  });
  acknowledgeWildcards(role, lines);
}

/** Tells whose role it is: no two environments may share one. */
export const managementRoleDescription = ({ environment, automation }: Settings): string =>
  `Lets environment ${environment} of account ${automation.accountId} manage accounts`;

/** A role's ARN ends with its path and its name: `role/path/of/role/Name`. */
export function roleNameAndPath(arn: string): { readonly roleName: string; readonly path: string } {
  const parts = arn.split('/').slice(1);
  const roleName = parts.pop() ?? '';
  return { roleName, path: parts.length > 0 ? `/${parts.join('/')}/` : '/' };
}

const forwardingRole = 'OrganizationEvents';
const centralBus = (deployment: Deployment) => centralArn(deployment, 'events', 'event-bus/default');

function addForwardingRole(stack: Stack, { deployment }: Plan): CfnRole {
  const lines = [{ actions: ['events:PutEvents'], resources: [centralBus(deployment)] }];
  return new CfnRole(stack, 'ForwardingRole', {
    roleName: nameOf(deployment, forwardingRole),
    description: 'Taken by the rules that forward events to the automation account',
    assumeRolePolicyDocument: trustOf('events.amazonaws.com'),
    policies: [{ policyName: 'Forward', policyDocument: policyOf(lines) }],
  });
}

/** Where the automation account is the management account too, what the bus has already is not put there again. */
const hasBus = ({ settings: { automation }, deployment }: Plan, region: string): boolean =>
  automation.managementAccount === deployment.account && region === deployment.region;

function forward(stack: Stack, plan: Plan, name: string, eventPattern: Pattern): CfnRule | undefined {
  if (hasBus(plan, stack.region)) return undefined;
  const { settings, deployment } = plan;
  const { managementAccount } = settings.automation;
  const roleArn = `arn:aws:iam::${managementAccount}:role/${nameOf(deployment, forwardingRole)}`;
  return new CfnRule(stack, `${name}Rule`, {
    name: nameOf(deployment, name),
    description: 'Forwards events to the automation account',
    eventPattern,
    state: 'ENABLED',
    targets: [{ id: 'AutomationAccount', arn: centralBus(deployment), roleArn }],
  });
}

/** Without Control Tower, a stack set puts the role in all accounts of the listed units, those to come included. */
function addMemberRoles(stack: Stack, plan: Plan): CfnStackSet | undefined {
  const { settings } = plan;
  const organizationalUnitIds = Object.keys(settings.book.units);
  if (organizationalUnitIds.length === 0) return undefined;
  const { region } = settings.automation;
  return new CfnStackSet(stack, 'MemberRoles', {
    stackSetName: `${settings.environment}Member`,
    permissionModel: 'SERVICE_MANAGED',
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
    managedExecution: { Active: true },
    capabilities: ['CAPABILITY_NAMED_IAM'],
    stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds }, regions: [region] }],
    operationPreferences: { failureTolerancePercentage: 100, maxConcurrentPercentage: 100 },
    templateBody: memberTemplate(plan),
  });
}

function memberTemplate({ settings, workFolder }: Plan): string {
  const outdir = join(workFolder, 'member');
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const { stackName } = createMemberStack(app, settings);
  return JSON.stringify(app.synth().getStackByName(stackName).template);
}
