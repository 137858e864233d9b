import type { Account, AccountId } from './account.ts';
import { roleNames, roleOfPreparations, roleOfPurges, rolesOfEvents, type Role } from './equipment-roles.ts';
import { projects, type Phase } from './lifecycle.ts';
import { purgeBuildVariables, purgeInstructions, refusal } from './purge/purge-build.ts';
import { purgeSettings } from './purge/purge-settings.ts';

/** Everything that the system puts in a member account: a description, which the workshop makes true. */
export interface Equipment {
  readonly roles: readonly Role[];
  readonly rules: readonly ForwardingRule[];
  readonly topic: Topic | undefined;
  readonly project: Project;
}

/** Forwards events of the account to the central bus. */
export interface ForwardingRule {
  readonly name: string;
  readonly purpose: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly busArn: string;
  readonly roleName: string;
  /** Whether builds show that it works: the end of each is heard of through it. */
  readonly showsInBuilds: boolean;
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
  /** Whether preparations may do everything, and not just what our build specification does. */
  readonly asAdministrator: boolean;
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
    roles: [roleOfPreparations(order), ...rolesOfEvents(account, central)],
    rules: forwardingRules(account, central, ['builds', 'logins']),
    topic: { name: topicName, publisher: 'budgets.amazonaws.com', queueArn: central.alertQueueArn },
    project: project('preparation', order, variables),
  };
}

/** Purge wants its builds forwarded, and the plan of its engine; where variables make none, the build reports why. */
export function equipmentForPurge(order: Order, protectedAccounts: readonly AccountId[]): Equipment {
  const { account, central } = order;
  const parsed = purgeSettings(order.variables);
  const plan = purgeBuildVariables(
    parsed.outcome === 'accepted'
      ? purgeInstructions({ account: account.id, protectedAccounts, settings: parsed.settings })
      : refusal(account.id, parsed.faults),
  );
  return {
    roles: [roleOfPurges(order), ...rolesOfEvents(account, central)],
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
    roleName: roleNames[phase],
    buildspec: order.buildspec,
    variables,
    architecture: order.central.architecture,
    timeoutInMinutes,
  };
}

function forwardingRules(
  account: Account,
  central: Central,
  wanted: readonly ('builds' | 'logins')[],
): readonly ForwardingRule[] {
  // An event that reached its own bus again would loop.
  if (account.id === central.automationAccount) return [];
  const common = { busArn: central.busArn, roleName: roleNames.events };
  const rules = {
    builds: {
      name: 'SpaEventsRuleForCodebuild',
      purpose: 'Tells the automation account how builds end',
      pattern: {
        source: ['aws.codebuild'],
        'detail-type': ['CodeBuild Build State Change'],
        detail: { 'build-status': finalStatuses, 'project-name': Object.values(projects) },
      },
      showsInBuilds: true,
    },
    logins: {
      name: 'SpaEventsRuleForConsoleLogin',
      purpose: 'Tells the automation account of logins on the console',
      pattern: { 'detail-type': ['AWS Console Sign In via CloudTrail'] },
      showsInBuilds: false,
    },
  };
  return wanted.map((name) => ({ ...common, ...rules[name] }));
}
