import type {
  CreatePolicyCommandInput,
  DeletePolicyCommandInput,
  GetPolicyCommandInput,
  GetPolicyVersionCommandInput,
  ListPoliciesCommandInput,
  Policy as WrittenPolicy,
} from '@aws-sdk/client-iam';
import type { AccountId } from '#domain/account.ts';
import { malformed, parsePolicy } from '../../identity/policy-document.ts';
import { flag, operation, required, text } from '../../identity/query-input.ts';
import type { RoleStore } from '../../identity/role-store.ts';
import type { Run } from '../../service.ts';
import { deleteConflict, noSuchEntity, quotaExceeded } from './iam-faults.ts';
import {
  description,
  paging,
  policyArn,
  policyDocument,
  policyName,
  policyPath,
  tags,
} from './iam-members.ts';
import { iamPage } from './iam-pages.ts';
import { tagsOf, withTags } from './iam-tags.ts';
import { awsManagedPolicies, type ManagedPolicies, type ManagedPolicy } from './managed-policies.ts';
import { checkPermissions, sizeOf } from './policy-rules.ts';
import { urlEncoded } from './url-encoded.ts';

const policySize = 6144;

/** IAM's operations on managed policies, which have one version each. */
export function policyOperations(roles: RoleStore, policies: ManagedPolicies): Record<string, Run> {
  const attachments = (account: AccountId, arn: string) =>
    roles.list(account).filter((role) => role.attached.has(arn)).length;

  return {
    CreatePolicy: operation<CreatePolicyCommandInput>(
      'iam',
      {
        PolicyName: policyName,
        Path: policyPath,
        PolicyDocument: policyDocument,
        Description: description,
        Tags: tags,
      },
      (input, { account }) => {
        const managed = policies.create(account, {
          name: input.PolicyName,
          path: input.Path ?? '/',
          policy: permissionsFrom(input.PolicyDocument),
          description: input.Description,
          tags: withTags(new Map(), input.Tags),
        });
        return { Policy: written(managed, 0) };
      },
    ),
    GetPolicy: operation<GetPolicyCommandInput>('iam', { PolicyArn: policyArn }, (input, { account }) => {
      const managed = policyAt(policies, account, input.PolicyArn);
      const count = attachments(account, managed.arn);
      return { Policy: { ...written(managed, count), Description: managed.description } };
    }),
    GetPolicyVersion: operation<GetPolicyVersionCommandInput>(
      'iam',
      { PolicyArn: policyArn, VersionId: required(text({ pattern: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/ })) },
      (input, { account }) => {
        const { arn, policy, created } = policyAt(policies, account, input.PolicyArn);
        if (input.VersionId !== 'v1') {
          throw noSuchEntity(`Policy ${arn} version ${input.VersionId} does not exist or is not attachable.`);
        }
        const document = urlEncoded(policy.text);
        return {
          PolicyVersion: {
            Document: document,
            VersionId: 'v1',
            IsDefaultVersion: true,
            CreateDate: created,
          },
        };
      },
    ),
    ListPolicies: operation<ListPoliciesCommandInput>(
      'iam',
      {
        Scope: text({ pattern: /^(All|AWS|Local)$/ }),
        OnlyAttached: flag(),
        PathPrefix: policyPath,
        ...paging,
      },
      (input, { account }) => {
        const { Scope: scope = 'All', PathPrefix: prefix = '/' } = input;
        const found = [
          ...(scope === 'Local' ? [] : awsManagedPolicies),
          ...(scope === 'AWS' ? [] : policies.list(account)),
        ]
          .filter(({ path }) => path.startsWith(prefix))
          .map((managed) => written(managed, attachments(account, managed.arn)))
          .filter(({ AttachmentCount: count }) => !input.OnlyAttached || count !== 0);
        const { items, rest } = iamPage(found, input);
        return { Policies: items, ...rest };
      },
    ),
    DeletePolicy: operation<DeletePolicyCommandInput>(
      'iam',
      { PolicyArn: policyArn },
      (input, { account }) => {
        const { arn } = policyAt(policies, account, input.PolicyArn);
        if (attachments(account, arn) > 0) {
          throw deleteConflict('Cannot delete a policy attached to entities.');
        }
        policies.remove(account, arn);
      },
    ),
  };
}

/** A policy that may be attached. Throws NoSuchEntity. */
export function attachable(policies: ManagedPolicies, account: AccountId, arn: string): ManagedPolicy {
  const found = policies.find(account, arn);
  if (found) return found;
  const remedy = arn.startsWith('arn:aws:iam::aws:')
    ? ` The local cloud knows of AWS's own policies only ${awsManagedPolicies.map(({ name }) => name).join(', ')}.`
    : '';
  throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.${remedy}`);
}

function policyAt(policies: ManagedPolicies, account: AccountId, arn: string): ManagedPolicy {
  const found = policies.find(account, arn);
  if (!found) throw noSuchEntity(`Policy ${arn} was not found.`);
  return found;
}

function permissionsFrom(document: string) {
  const policy = checkPermissions(parsePolicy(document));
  if (policy.version !== '2012-10-17') {
    throw malformed('Policy document must be version 2012-10-17 or greater.');
  }
  if (sizeOf(policy) > policySize) throw quotaExceeded('PolicySize', policySize);
  return policy;
}

function written(managed: ManagedPolicy, attachments: number): WrittenPolicy {
  return {
    PolicyName: managed.name,
    PolicyId: managed.id,
    Arn: managed.arn,
    Path: managed.path,
    DefaultVersionId: 'v1',
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: managed.created,
    UpdateDate: managed.created,
    ...(managed.tags.size > 0 ? { Tags: tagsOf(managed.tags) } : {}),
  };
}
