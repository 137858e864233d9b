import type { Account, AccountId } from './account.ts';
import { projects, type Phase } from './lifecycle.ts';
import { purgeBuildVariables, purgeInstructions } from './purge/purge-build.ts';
import { purgeSettings } from './purge/purge-settings.ts';

/** Everything that the system puts in a member account: a description, which the workshop makes true. */
export interface Equipment {
  readonly roles: readonly Role[];
  readonly rules: readonly ForwardingRule[];
  readonly topic: Topic | undefined;
  readonly project: Project;
}

export interface Role {
  readonly name: string;
  readonly purpose: string;
  readonly trust: PolicyDocument;
  readonly managedPolicies: readonly string[];
  readonly policies: Readonly<Record<string, PolicyDocument>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** Forwards events of the account to the central bus. */
export interface ForwardingRule {
  readonly name: string;
  readonly purpose: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly busArn: string;
  readonly roleName: string;
}

export interface Topic {
  readonly name: string;
  readonly publisher: string;
  /** ARN of the central queue that receives all that is published. */
  readonly queueArn: string;
}

export interface Project {
  readonly name: string;
  readonly purpose: string;
  readonly roleName: string;
  readonly buildspec: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly architecture: Architecture;
  readonly timeoutInMinutes: number;
}

export type Architecture = 'arm' | 'intel';

/** What the central account is called by those who write to it from member accounts. */
export interface Central {
  readonly environment: string;
  readonly automationAccount: AccountId;
  readonly region: string;
  readonly busArn: string;
  readonly alertQueueArn: string;
  readonly architecture: Architecture;
}

export const origin = { key: 'origin', value: 'SustainablePersonalAccounts' } as const;

const buildRole = 'SpaRoleForServerlessComputing';
const eventsRole = 'SpaRoleForEvents';
const topicName = 'SpaAlertTopic';
const timeoutInMinutes = 480;
/** A month's budget of an account whose settings name none. */
export const defaultBudgetInUsd = '200';

/** Every status with which a build may end. */
const finalStatuses = ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT', 'FAULT'];

export interface Order {
  readonly account: Account;
  readonly central: Central;
  readonly buildspec: string;
  /** Variables from the settings, which win over those that the system gives. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Preparation wants alerts, console logins and builds forwarded, and a project that knows its budget. */
export function equipmentForPreparation(order: Order): Equipment {
  const { account, central } = order;
  const variables = {
    ...commonVariables(central),
    TOPIC_ARN: `arn:aws:sns:${central.region}:${account.id}:${topicName}`,
    BUDGET_EMAIL: account.holder || account.email,
    BUDGET_AMOUNT: defaultBudgetInUsd,
    ...order.variables,
  };
  return {
    roles: rolesIn(account, central),
    rules: forwardingRules(account, central, ['builds', 'logins']),
    topic: { name: topicName, publisher: 'budgets.amazonaws.com', queueArn: central.alertQueueArn },
    project: project('preparation', order, variables),
  };
}

/** Purge wants its builds forwarded, and the plan of its engine; variables that make no plan are left to the build to refuse. */
export function equipmentForPurge(order: Order, protectedAccounts: readonly AccountId[]): Equipment {
  const { account, central } = order;
  const parsed = purgeSettings(order.variables);
  const plan =
    parsed.outcome === 'accepted'
      ? purgeBuildVariables(
          purgeInstructions({ account: account.id, protectedAccounts, settings: parsed.settings }),
        )
      : {};
  return {
    roles: rolesIn(account, central),
    rules: forwardingRules(account, central, ['builds']),
    topic: undefined,
    project: project('purge', order, { ...commonVariables(central), ...order.variables, ...plan }),
  };
}

const commonVariables = (central: Central) => ({
  ENVIRONMENT_IDENTIFIER: central.environment,
  EVENT_BUS_ARN: central.busArn,
});

function project(phase: Phase, order: Order, variables: Readonly<Record<string, string>>): Project {
  return {
    name: projects[phase],
    purpose: `${phase === 'preparation' ? 'Prepares' : 'Purges'} this account for Sustainable Personal Accounts`,
    roleName: buildRole,
    buildspec: order.buildspec,
    variables,
    architecture: order.central.architecture,
    timeoutInMinutes,
  };
}

/** In the automation account nothing is forwarded: an event that reached its own bus again would loop. */
const isCentral = (account: Account, central: Central) => account.id === central.automationAccount;

function rolesIn(account: Account, central: Central): readonly Role[] {
  const forBuilds: Role = {
    name: buildRole,
    purpose: 'Assumed by the builds that prepare and purge this account',
    trust: trusting(
      'codebuild.amazonaws.com',
      'ecs.amazonaws.com',
      'ecs-tasks.amazonaws.com',
      'lambda.amazonaws.com',
    ),
    managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    policies: {},
  };
  const forEvents: Role = {
    name: eventsRole,
    purpose: 'Assumed by the rules that forward events to the automation account',
    trust: trusting('events.amazonaws.com'),
    managedPolicies: [],
    policies: { SpaPermissionToPutEvents: allowing('events:PutEvents', central.busArn) },
  };
  return isCentral(account, central) ? [forBuilds] : [forBuilds, forEvents];
}

function trusting(...services: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' }],
  };
}

function allowing(action: string, resource: string): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] };
}

function forwardingRules(
  account: Account,
  central: Central,
  wanted: readonly ('builds' | 'logins')[],
): readonly ForwardingRule[] {
  if (isCentral(account, central)) return [];
  const common = { busArn: central.busArn, roleName: eventsRole };
  const rules = {
    builds: {
      name: 'SpaEventsRuleForCodebuild',
      purpose: 'Tells the automation account how builds end',
      pattern: {
        source: ['aws.codebuild'],
        'detail-type': ['CodeBuild Build State Change'],
        detail: { 'build-status': finalStatuses, 'project-name': Object.values(projects) },
      },
    },
    logins: {
      name: 'SpaEventsRuleForConsoleLogin',
      purpose: 'Tells the automation account of logins on the console',
      pattern: { 'detail-type': ['AWS Console Sign In via CloudTrail'] },
    },
  };
  return wanted.map((name) => ({ ...common, ...rules[name] }));
}
