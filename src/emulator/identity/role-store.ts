import type { AccountId } from '#domain/account.ts';
import { AwsError } from '../aws-error.ts';
import type { Platform } from '../platform.ts';
import { iamIdentifier } from './identifiers.ts';
import type { Policy } from './policy-document.ts';

/** A role as it stands at a moment; each change makes another one. */
export interface Role {
  readonly account: AccountId;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly created: Date;
  readonly description: string | undefined;
  readonly maxSessionInSeconds: number;
  readonly trust: Policy;
  readonly inline: ReadonlyMap<string, Policy>;
  /** Managed policies attached, by ARN. */
  readonly attached: ReadonlyMap<string, Policy>;
  readonly tags: ReadonlyMap<string, string>;
}

/** What of a role can change. */
export type RoleChange = Partial<Omit<Role, 'account' | 'name' | 'path' | 'arn' | 'id' | 'created'>>;

/** A role to create; what is left out is empty, the path `/`, a session an hour at most. */
export type NewRole = Pick<Role, 'account' | 'name' | 'trust'> &
  Partial<Omit<Role, 'arn' | 'id' | 'created'>>;

/** All roles of the cloud, by account and name. */
export interface RoleStore {
  /** Throws EntityAlreadyExists. */
  create(role: NewRole, settled?: 'settled'): Role;
  change(role: Role, change: RoleChange): Role;
  remove(role: Role): void;
  find(account: string, name: string): Role | undefined;
  /** Roles of an account, by name. */
  list(account: string): readonly Role[];
  /** The role as everybody but IAM itself sees it: what is newer than the propagation takes time. */
  settled(arn: string): Role | undefined;
}

interface Entry {
  latest: Role;
  settled: Role | undefined;
  settling: { readonly role: Role; readonly at: number }[];
}

/** Keeps of each role what IAM knows, and what the rest of the cloud has heard of it so far. */
export function createRoleStore(
  platform: Pick<Platform, 'clock' | 'nextId'>,
  propagationInSeconds: number,
): RoleStore {
  const accounts = new Map<string, Map<string, Entry>>();
  const byArn = new Map<string, Entry>();

  function put(entry: Entry, role: Role): Role {
    entry.latest = role;
    settle(entry);
    entry.settling.push({ role, at: platform.clock.now() + propagationInSeconds * 1000 });
    return role;
  }

  function settle(entry: Entry) {
    while (entry.settling[0] && entry.settling[0].at <= platform.clock.now()) {
      entry.settled = entry.settling.shift()?.role;
    }
  }

  function create(asked: NewRole, settled?: 'settled'): Role {
    const names = accounts.get(asked.account) ?? new Map<string, Entry>();
    if (names.has(asked.name)) throw alreadyExists(asked.name);
    const role = newRole(asked, platform);
    const entry: Entry = { latest: role, settled: settled && role, settling: [] };
    if (!settled) put(entry, role);
    accounts.set(asked.account, names.set(asked.name, entry));
    byArn.set(role.arn, entry);
    return role;
  }

  return {
    create,
    change(role, change) {
      const entry = byArn.get(role.arn);
      return entry ? put(entry, { ...entry.latest, ...change }) : role;
    },
    remove(role) {
      accounts.get(role.account)?.delete(role.name);
      byArn.delete(role.arn);
    },
    find: (account, name) => accounts.get(account)?.get(name)?.latest,
    list: (account) =>
      [...(accounts.get(account)?.values() ?? [])]
        .map(({ latest }) => latest)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    settled(arn) {
      const entry = byArn.get(arn);
      if (entry) settle(entry);
      return entry?.settled;
    },
  };
}

function newRole(asked: NewRole, platform: Pick<Platform, 'clock' | 'nextId'>): Role {
  const path = asked.path ?? '/';
  return {
    description: undefined,
    maxSessionInSeconds: 3600,
    inline: new Map(),
    attached: new Map(),
    tags: new Map(),
    ...asked,
    path,
    arn: `arn:aws:iam::${asked.account}:role${path}${asked.name}`,
    id: iamIdentifier('AROA', platform.nextId(), 17),
    created: new Date(platform.clock.now()),
  };
}

function alreadyExists(name: string): AwsError {
  return new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
}
