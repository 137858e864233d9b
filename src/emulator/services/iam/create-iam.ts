import type { AccountId } from '#domain/account.ts';
import { createIdentity, type RoleIdentity } from '../../identity/create-identity.ts';
import { parsePolicy } from '../../identity/policy-document.ts';
import { createRoleStore } from '../../identity/role-store.ts';
import type { Platform } from '../../platform.ts';
import type { Service } from '../../service.ts';
import { accountOperations } from './account-operations.ts';
import { iamAccess } from './iam-access.ts';
import { createManagedPolicies } from './managed-policies.ts';
import { attachable, policyOperations } from './policy-operations.ts';
import { checkPermissions, checkTrust } from './policy-rules.ts';
import { roleOperations } from './role-operations.ts';
import { rolePolicyOperations } from './role-policy-operations.ts';

/** A role that is there when the world opens: trusted and permitted at once, in the words of IAM's policies. */
export interface OpeningRole {
  readonly account: AccountId;
  readonly name: string;
  /** Begins and ends with a slash; `/` unless given. */
  readonly path?: string;
  /** JSON text. Principals are taken as they come, since their roles may open later. */
  readonly trust: string;
  /** ARNs. */
  readonly managedPolicies?: readonly string[];
  /** JSON texts by name. */
  readonly inlinePolicies?: Readonly<Record<string, string>>;
}

/** IAM as a service, the identity that the cloud asks, and a way to furnish the world before it opens. */
export interface Iam {
  readonly service: Service;
  readonly identity: RoleIdentity;
  /** Answers the role's ARN. Throws EntityAlreadyExists, MalformedPolicyDocument, NoSuchEntity. */
  readonly createRole: (role: OpeningRole) => string;
}

/** How IAM behaves. */
export interface IamOptions {
  /** Simulated seconds before a new or changed role counts; on AWS some ten. */
  readonly propagationInSeconds?: number;
}

type World = Pick<Platform, 'clock' | 'nextId' | 'organizationId' | 'isMember'>;

/** IAM and the identity of the whole cloud, which rests on IAM's roles and policies. */
export function createIam(platform: World, { propagationInSeconds = 8 }: IamOptions = {}): Iam {
  const roles = createRoleStore(platform, propagationInSeconds);
  const policies = createManagedPolicies(platform);
  const service: Service = {
    name: 'iam',
    protocol: {
      kind: 'query',
      version: '2010-05-08',
      namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    },
    operations: {
      ...roleOperations(roles),
      ...rolePolicyOperations(roles, policies),
      ...policyOperations(roles, policies),
      ...accountOperations(),
    },
    access: iamAccess(roles),
  };

  function createRole({ account, name, path = '/', trust, ...permissions }: OpeningRole): string {
    const inline = Object.entries(permissions.inlinePolicies ?? {}).map(
      ([called, text]) => [called, checkPermissions(parsePolicy(text))] as const,
    );
    const attached = (permissions.managedPolicies ?? []).map(
      (arn) => [arn, attachable(policies, account, arn).policy] as const,
    );
    const role = {
      account,
      name,
      path,
      trust: checkTrust(parsePolicy(trust), () => true),
      inline: new Map(inline),
      attached: new Map(attached),
    };
    return roles.create(role, 'settled').arn;
  }

  return { service, identity: createIdentity(platform, roles), createRole };
}
