import type { Tag } from '@aws-sdk/client-iam';
import type { RoleStore } from '../../identity/role-store.ts';
import type { Access, Call, Service } from '../../service.ts';

interface Named {
  readonly RoleName?: string;
  readonly PolicyName?: string;
  readonly PolicyArn?: string;
  readonly Path?: string;
  readonly PathPrefix?: string;
  /** As written: an empty text, when the list is empty. */
  readonly Tags?: unknown;
}

type Rule = (input: Named, call: Call) => Access;

/** What permission IAM's operations ask for, and on what; those that are not here are about the whole account. */
export function iamAccess(roles: RoleStore): NonNullable<Service['access']> {
  const created: Rule = ({ RoleName: name, Path: path = '/', Tags: tags }, { account }) => ({
    resource: `arn:aws:iam::${account}:role${path}${name}`,
    context: requestTags(tags),
  });
  const onRole: Rule = ({ RoleName: name = '', PolicyArn: policy, Tags: tags }, { account }) => ({
    resource: roles.find(account, name)?.arn ?? `arn:aws:iam::${account}:role/${name}`,
    context: { ...requestTags(tags), ...(policy === undefined ? {} : { 'iam:PolicyARN': policy }) },
  });
  const createdPolicy: Rule = ({ PolicyName: name, Path: path = '/', Tags: tags }, { account }) => ({
    resource: `arn:aws:iam::${account}:policy${path}${name}`,
    context: requestTags(tags),
  });
  const onPolicy: Rule = ({ PolicyArn: resource }) => (resource === undefined ? {} : { resource });
  const listed =
    (kind: 'role' | 'user'): Rule =>
    ({ PathPrefix: prefix = '/' }, { account }) => ({ resource: `arn:aws:iam::${account}:${kind}${prefix}` });

  return {
    CreateRole: created,
    ListRoles: listed('role'),
    ...Object.fromEntries(roleActions.map((action) => [action, onRole])),
    CreatePolicy: createdPolicy,
    GetPolicy: onPolicy,
    GetPolicyVersion: onPolicy,
    DeletePolicy: onPolicy,
    ListUsers: listed('user'),
  };
}

const roleActions = [
  'GetRole',
  'UpdateAssumeRolePolicy',
  'UpdateRole',
  'DeleteRole',
  'TagRole',
  'UntagRole',
  'ListRoleTags',
  'PutRolePolicy',
  'GetRolePolicy',
  'ListRolePolicies',
  'DeleteRolePolicy',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'ListAttachedRolePolicies',
];

function requestTags(tags: unknown): Record<string, string> {
  const written: readonly Tag[] = Array.isArray(tags) ? tags : [];
  return Object.fromEntries(
    written.map(({ Key: key = '', Value: value = '' }) => [`aws:RequestTag/${key}`, value]),
  );
}
