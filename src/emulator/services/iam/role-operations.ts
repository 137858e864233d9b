import type {
  CreateRoleCommandInput,
  DeleteRoleCommandInput,
  GetRoleCommandInput,
  ListRolesCommandInput,
  ListRoleTagsCommandInput,
  Role as WrittenRole,
  TagRoleCommandInput,
  UntagRoleCommandInput,
  UpdateAssumeRolePolicyCommandInput,
  UpdateRoleCommandInput,
} from '@aws-sdk/client-iam';
import { parsePolicy, type Policy } from '../../identity/policy-document.ts';
import { operation, required, texts } from '../../identity/query-input.ts';
import type { Role, RoleStore } from '../../identity/role-store.ts';
import type { Run } from '../../service.ts';
import { deleteConflict, noSuchEntity, quotaExceeded } from './iam-faults.ts';
import {
  description,
  paging,
  pathPrefix,
  policyDocument,
  roleName,
  rolePath,
  sessionDuration,
  tags,
} from './iam-members.ts';
import { iamPage } from './iam-pages.ts';
import { tagsOf, withoutTags, withTags } from './iam-tags.ts';
import { checkTrust } from './policy-rules.ts';
import { isPrincipal } from './principals.ts';
import { urlEncoded } from './url-encoded.ts';

const rolesPerAccount = 1000;

/** IAM's operations on roles as such; their permissions are apart. */
export function roleOperations(roles: RoleStore): Record<string, Run> {
  return {
    CreateRole: operation<CreateRoleCommandInput>(
      'iam',
      {
        RoleName: roleName,
        Path: rolePath,
        AssumeRolePolicyDocument: policyDocument,
        Description: description,
        MaxSessionDuration: sessionDuration,
        Tags: tags,
      },
      (input, { account }) => {
        if (roles.list(account).length >= rolesPerAccount) {
          throw quotaExceeded('RolesPerAccount', rolesPerAccount);
        }
        const role = roles.create({
          account,
          name: input.RoleName,
          trust: trustFrom(roles, input.AssumeRolePolicyDocument),
          path: input.Path ?? '/',
          description: input.Description,
          maxSessionInSeconds: input.MaxSessionDuration ?? 3600,
          tags: withTags(new Map(), input.Tags),
        });
        return { Role: { ...written(role), ...tagsOrNone(role) } };
      },
    ),
    GetRole: operation<GetRoleCommandInput>('iam', { RoleName: roleName }, (input, { account }) => {
      const role = roleNamed(roles, account, input.RoleName);
      return { Role: { ...written(role), ...tagsOrNone(role), RoleLastUsed: {} } };
    }),
    ListRoles: operation<ListRolesCommandInput>(
      'iam',
      { PathPrefix: pathPrefix, ...paging },
      (input, { account }) => {
        const prefix = input.PathPrefix ?? '/';
        const found = roles.list(account).filter((role) => role.path.startsWith(prefix));
        const { items, rest } = iamPage(found, input);
        return { Roles: items.map(written), ...rest };
      },
    ),
    UpdateAssumeRolePolicy: operation<UpdateAssumeRolePolicyCommandInput>(
      'iam',
      { RoleName: roleName, PolicyDocument: policyDocument },
      (input, { account }) => {
        const role = roleNamed(roles, account, input.RoleName);
        roles.change(role, { trust: trustFrom(roles, input.PolicyDocument) });
      },
    ),
    UpdateRole: operation<UpdateRoleCommandInput>(
      'iam',
      { RoleName: roleName, Description: description, MaxSessionDuration: sessionDuration },
      (input, { account }) => {
        const role = roleNamed(roles, account, input.RoleName);
        roles.change(role, {
          description: input.Description ?? role.description,
          maxSessionInSeconds: input.MaxSessionDuration ?? role.maxSessionInSeconds,
        });
        return {};
      },
    ),
    DeleteRole: operation<DeleteRoleCommandInput>('iam', { RoleName: roleName }, (input, { account }) => {
      const role = roleNamed(roles, account, input.RoleName);
      if (role.attached.size > 0) {
        throw deleteConflict('Cannot delete entity, must detach all policies first.');
      }
      if (role.inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
      roles.remove(role);
    }),
    ...roleTagOperations(roles),
  };
}

function roleTagOperations(roles: RoleStore): Record<string, Run> {
  return {
    TagRole: operation<TagRoleCommandInput>(
      'iam',
      { RoleName: roleName, Tags: required(tags) },
      (input, { account }) => {
        const role = roleNamed(roles, account, input.RoleName);
        roles.change(role, { tags: withTags(role.tags, input.Tags) });
      },
    ),
    UntagRole: operation<UntagRoleCommandInput>(
      'iam',
      { RoleName: roleName, TagKeys: required(texts()) },
      (input, { account }) => {
        const role = roleNamed(roles, account, input.RoleName);
        roles.change(role, { tags: withoutTags(role.tags, input.TagKeys) });
      },
    ),
    ListRoleTags: operation<ListRoleTagsCommandInput>(
      'iam',
      { RoleName: roleName, ...paging },
      (input, { account }) => {
        const { items, rest } = iamPage(tagsOf(roleNamed(roles, account, input.RoleName).tags), input);
        return { Tags: items, ...rest };
      },
    ),
  };
}

/** Throws NoSuchEntity. */
export function roleNamed(roles: RoleStore, account: string, name: string): Role {
  const role = roles.find(account, name);
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

function trustFrom(roles: RoleStore, document: string): Policy {
  return checkTrust(parsePolicy(document), (arn) => isPrincipal(roles, arn));
}

function written(role: Role): WrittenRole {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.created,
    AssumeRolePolicyDocument: urlEncoded(role.trust.text),
    Description: role.description,
    MaxSessionDuration: role.maxSessionInSeconds,
  };
}

function tagsOrNone(role: Role): Pick<WrittenRole, 'Tags'> {
  return role.tags.size > 0 ? { Tags: tagsOf(role.tags) } : {};
}
