import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Access, Call, Run, Service } from '../../service.ts';
import { accountCreation } from './account-creation.ts';
import { accountOperations } from './account-operations.ts';
import { createDirectory, type Directory, type Member, type OrganizationSeed } from './directory.ts';
import { policyOperations } from './policy-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { createTagStore, type TagStore } from './tags.ts';
import { unitOperations } from './unit-operations.ts';

export interface Organizations {
  readonly service: Service;
  readonly directory: Directory;
  readonly tags: TagStore;
}

export interface OrganizationOptions {
  readonly seed: OrganizationSeed;
  /** Furnishes an account that has just been created. */
  readonly onCreated?: (member: Member) => void;
}

/** AWS Organizations: the tree, its accounts, their tags and policies; changes become CloudTrail events. */
export function createOrganizations(
  platform: Platform,
  { seed, onCreated }: OrganizationOptions,
): Organizations {
  const directory = createDirectory(seed, new Date(platform.clock.now()));
  const tags = createTagStore(platform.clock);
  for (const { id, tags: given } of seed.accounts) if (Object.keys(given).length > 0) tags.open(id, given);
  const operations: Record<string, Run> = {
    ...accountOperations(platform, directory, tags),
    ...accountCreation(platform, directory, tags, onCreated ?? (() => {})),
    ...unitOperations(platform, directory, tags),
    ...tagOperations(platform, directory, tags),
    ...policyOperations(platform, directory),
  };
  const guarded = Object.entries(operations).map(
    ([name, run]) => [name, fromManagement(directory, name, run)] as const,
  );
  const service: Service = {
    name: 'organizations',
    protocol: { kind: 'json', version: '1.1', target: 'AWSOrganizationsV20161128' },
    operations: Object.fromEntries(guarded),
    access: Object.fromEntries(Object.keys(operations).map((name) => [name, accessTo(directory)])),
  };
  return { service, directory, tags };
}

/** Only the management account may call Organizations; members may ask what organization they are in. */
function fromManagement(directory: Directory, name: string, run: Run): Run {
  return (input: never, call: Call) => {
    if (call.account !== directory.managementAccount && name !== 'DescribeOrganization') {
      throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.");
    }
    return run(input, call);
  };
}

/** Permission is asked on what the input names: an account, a unit, or everything. */
function accessTo(directory: Directory) {
  return (input: {
    AccountId?: string;
    ResourceId?: string;
    OrganizationalUnitId?: string;
    ParentId?: string;
  }): Access => {
    const id = input.AccountId ?? input.ResourceId ?? input.OrganizationalUnitId ?? input.ParentId;
    if (id === undefined) return {};
    if (/^\d+$/.test(id)) return { resource: directory.accountArn(id) };
    return id.startsWith('ou-') ? { resource: directory.unitArn(id) } : {};
  };
}
