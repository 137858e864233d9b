import type {
  AttachRolePolicyCommandInput,
  DeleteRolePolicyCommandInput,
  DetachRolePolicyCommandInput,
  GetRolePolicyCommandInput,
  ListAttachedRolePoliciesCommandInput,
  ListRolePoliciesCommandInput,
  PutRolePolicyCommandInput,
} from '@aws-sdk/client-iam';
import { AwsError } from '../../aws-error.ts';
import { parsePolicy, type Policy } from '../../identity/policy-document.ts';
import { operation } from '../../identity/query-input.ts';
import type { RoleStore } from '../../identity/role-store.ts';
import type { Run } from '../../service.ts';
import { noSuchEntity, quotaExceeded } from './iam-faults.ts';
import { paging, policyArn, policyDocument, policyName, policyPath, roleName } from './iam-members.ts';
import { iamPage } from './iam-pages.ts';
import type { ManagedPolicies } from './managed-policies.ts';
import { attachable } from './policy-operations.ts';
import { checkPermissions, sizeOf } from './policy-rules.ts';
import { roleNamed } from './role-operations.ts';
import { urlEncoded } from './url-encoded.ts';

const inlineSizePerRole = 10_240;
const attachedPerRole = 10;

/** The permissions of roles: policies of their own, and managed ones that are attached. */
export function rolePolicyOperations(roles: RoleStore, policies: ManagedPolicies): Record<string, Run> {
  return { ...inlineOperations(roles), ...attachmentOperations(roles, policies) };
}

function inlineOperations(roles: RoleStore): Record<string, Run> {
  return {
    PutRolePolicy: operation<PutRolePolicyCommandInput>(
      'iam',
      { RoleName: roleName, PolicyName: policyName, PolicyDocument: policyDocument },
      (input, { account }) => {
        const role = roleNamed(roles, account, input.RoleName);
        const policy = checkPermissions(parsePolicy(input.PolicyDocument));
        const inline = new Map(role.inline).set(input.PolicyName, policy);
        checkInlineSize(role.name, inline);
        roles.change(role, { inline });
      },
    ),
    GetRolePolicy: operation<GetRolePolicyCommandInput>(
      'iam',
      { RoleName: roleName, PolicyName: policyName },
      (input, { account }) => {
        const policy = roleNamed(roles, account, input.RoleName).inline.get(input.PolicyName);
        if (!policy) throw noSuchInline(input.PolicyName);
        return {
          RoleName: input.RoleName,
          PolicyName: input.PolicyName,
          PolicyDocument: urlEncoded(policy.text),
        };
      },
    ),
    ListRolePolicies: operation<ListRolePoliciesCommandInput>(
      'iam',
      { RoleName: roleName, ...paging },
      (input, { account }) => {
        const names = [...roleNamed(roles, account, input.RoleName).inline.keys()].sort();
        const { items, rest } = iamPage(names, input);
        return { PolicyNames: items, ...rest };
      },
    ),
    DeleteRolePolicy: operation<DeleteRolePolicyCommandInput>(
      'iam',
      { RoleName: roleName, PolicyName: policyName },
      (input, { account }) => {
        const role = roleNamed(roles, account, input.RoleName);
        const inline = new Map(role.inline);
        if (!inline.delete(input.PolicyName)) throw noSuchInline(input.PolicyName);
        roles.change(role, { inline });
      },
    ),
  };
}

function attachmentOperations(roles: RoleStore, policies: ManagedPolicies): Record<string, Run> {
  return {
    AttachRolePolicy: operation<AttachRolePolicyCommandInput>(
      'iam',
      { RoleName: roleName, PolicyArn: policyArn },
      (input, { account }) => {
        const role = roleNamed(roles, account, input.RoleName);
        const { arn, policy } = attachable(policies, account, input.PolicyArn);
        if (role.attached.has(arn)) return;
        if (role.attached.size >= attachedPerRole) throw quotaExceeded('PoliciesPerRole', attachedPerRole);
        roles.change(role, { attached: new Map(role.attached).set(arn, policy) });
      },
    ),
    DetachRolePolicy: operation<DetachRolePolicyCommandInput>(
      'iam',
      { RoleName: roleName, PolicyArn: policyArn },
      (input, { account }) => {
        const role = roleNamed(roles, account, input.RoleName);
        const attached = new Map(role.attached);
        if (!attached.delete(input.PolicyArn)) {
          throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
        }
        roles.change(role, { attached });
      },
    ),
    ListAttachedRolePolicies: operation<ListAttachedRolePoliciesCommandInput>(
      'iam',
      { RoleName: roleName, PathPrefix: policyPath, ...paging },
      (input, { account }) => {
        const attached = [...roleNamed(roles, account, input.RoleName).attached.keys()]
          .map((arn) => attachable(policies, account, arn))
          .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
        const { items, rest } = iamPage(attached, input);
        return {
          AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
          ...rest,
        };
      },
    ),
  };
}

function noSuchInline(name: string): AwsError {
  return noSuchEntity(`The role policy with name ${name} cannot be found.`);
}

function checkInlineSize(role: string, inline: ReadonlyMap<string, Policy>) {
  const size = [...inline.values()].reduce((sum, policy) => sum + sizeOf(policy), 0);
  if (size > inlineSizePerRole) {
    const message = `Maximum policy size of ${inlineSizePerRole} bytes exceeded for role ${role}`;
    throw new AwsError('LimitExceeded', message, 409);
  }
}
