import type { Account } from './account.ts';
import type { Central, Order } from './equipment.ts';
import { projects } from './lifecycle.ts';
import { asksFor, preparationPermissions } from './preparation/preparation-permissions.ts';

/** An IAM role as it should be. Policies of its own that are not described, and managed ones that people attach, stay. */
export interface Role {
  readonly name: string;
  readonly purpose: string;
  readonly trust: PolicyDocument;
  readonly managedPolicies: readonly string[];
  /** Managed policies that another description of this role wants, and this one does not: they are taken away. */
  readonly retiredPolicies: readonly string[];
  readonly policies: Readonly<Record<string, PolicyDocument>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** Roles by whom they are for. */
export const roleNames = {
  preparation: 'SpaRoleForServerlessComputing',
  purge: 'SpaRoleForPurge',
  events: 'SpaRoleForEvents',
} as const;

const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';
const auditing = [
  'arn:aws:iam::aws:policy/SecurityAudit',
  'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
] as const;

/** Managed policies that a role of builds may be given, in one account or another. */
export const attachablePolicies = {
  preparation: [administratorAccess, ...auditing],
  purge: [administratorAccess],
} as const satisfies Record<string, readonly string[]>;

/**
 * The role of preparations. It may do what our build specification does, and everything where the settings ask for that.
 * Accounts have it since times when it was always an administrator, and purged too.
 */
export function roleOfPreparations({ account, central, variables, asAdministrator }: Order): Role {
  const wanted = [
    ...(asAdministrator ? [administratorAccess] : []),
    ...(asksFor(variables, 'WITH_PROWLER') ? auditing : []),
  ];
  const name = roleNames.preparation;
  const place = { account: account.id, region: central.region, busArn: central.busArn, roleName: name };
  return {
    name,
    purpose: 'Assumed by the builds that prepare this account',
    trust: trusting([
      'codebuild.amazonaws.com',
      'ecs.amazonaws.com',
      'ecs-tasks.amazonaws.com',
      'lambda.amazonaws.com',
    ]),
    managedPolicies: wanted,
    retiredPolicies: attachablePolicies.preparation.filter((policy) => !wanted.includes(policy)),
    policies: { SpaPermissionToPrepare: document(preparationPermissions(place, variables)) },
  };
}

/** The role of purges may do everything, since nobody knows what there will be to delete: so it is lent to one project only. */
export function roleOfPurges({ account, central }: Pick<Order, 'account' | 'central'>): Role {
  const project = `arn:aws:codebuild:${central.region}:${account.id}:project/${projects.purge}`;
  return {
    name: roleNames.purge,
    purpose: 'Assumed by the builds that purge this account',
    trust: trusting(['codebuild.amazonaws.com'], { ArnEquals: { 'aws:SourceArn': project } }),
    managedPolicies: [administratorAccess],
    retiredPolicies: [],
    policies: {},
  };
}

/** The role of forwarding rules; none where nothing is forwarded. */
export function rolesOfEvents(account: Account, central: Central): readonly Role[] {
  if (account.id === central.automationAccount) return [];
  return [
    {
      name: roleNames.events,
      purpose: 'Assumed by the rules that forward events to the automation account',
      trust: trusting(['events.amazonaws.com']),
      managedPolicies: [],
      retiredPolicies: [],
      policies: {
        SpaPermissionToPutEvents: document([
          { Effect: 'Allow', Action: 'events:PutEvents', Resource: central.busArn },
        ]),
      },
    },
  ];
}

const document = (Statement: PolicyDocument['Statement']): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
});

const trusting = (services: readonly string[], condition?: object) =>
  document([
    {
      Effect: 'Allow',
      Principal: { Service: services },
      Action: 'sts:AssumeRole',
      ...(condition && { Condition: condition }),
    },
  ]);
