import type { AccountId } from '#domain/account.ts';
import { AwsError } from '../../aws-error.ts';

export type MemberState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

export interface Unit {
  readonly id: string;
  readonly name: string;
  /** Another unit, or the root. */
  readonly parent: string;
}

export interface Member {
  readonly id: AccountId;
  readonly name: string;
  readonly email: string;
  readonly parent: string;
  readonly state: MemberState;
  readonly joined: Date;
}

export interface OrganizationSeed {
  readonly id: string;
  readonly root: string;
  readonly managementAccount: AccountId;
  readonly units: readonly Unit[];
  readonly accounts: readonly (Omit<Member, 'joined'> & {
    readonly tags: Readonly<Record<string, string>>;
  })[];
}

/** The tree of an organization: a root, units below it, accounts in both. */
export interface Directory {
  readonly organizationId: string;
  readonly root: string;
  readonly managementAccount: AccountId;
  members(): readonly Member[];
  member(id: string): Member;
  findMember(id: string): Member | undefined;
  units(): readonly Unit[];
  unit(id: string): Unit;
  /** Identifiers of units from the topmost to the given parent; empty for the root. Throws ParentNotFoundException. */
  pathTo(parent: string): readonly string[];
  accountArn(id: string): string;
  unitArn(id: string): string;
  putMember(member: Member): void;
  putUnit(unit: Unit): void;
  removeMember(id: string): void;
  removeUnit(id: string): void;
  /** Tells of each account that has come, moved, or changed otherwise. */
  watch(listener: (member: Member) => void): void;
}

export function createDirectory(seed: OrganizationSeed, opened: Date): Directory {
  const units = new Map(seed.units.map((unit) => [unit.id, unit]));
  const members = new Map<string, Member>();
  const listeners: ((member: Member) => void)[] = [];
  let listed: readonly Member[] | undefined;
  for (const { id, name, email, parent, state } of seed.accounts) {
    members.set(id, { id, name, email, parent, state, joined: opened });
  }
  const arn = (kind: string, id: string) =>
    `arn:aws:organizations::${seed.managementAccount}:${kind}/${seed.id}/${id}`;

  function pathTo(parent: string): readonly string[] {
    if (parent === seed.root) return [];
    const unit = units.get(parent);
    if (!unit) {
      throw new AwsError('ParentNotFoundException', `You specified parent ${parent} that doesn't exist.`);
    }
    return [...pathTo(unit.parent), unit.id];
  }

  function member(id: string): Member {
    const found = members.get(id);
    if (!found)
      throw new AwsError('AccountNotFoundException', "You specified an account that doesn't exist.");
    return found;
  }

  function unit(id: string): Unit {
    const found = units.get(id);
    if (!found) {
      throw new AwsError(
        'OrganizationalUnitNotFoundException',
        "You specified an organizational unit that doesn't exist.",
      );
    }
    return found;
  }

  return {
    organizationId: seed.id,
    root: seed.root,
    managementAccount: seed.managementAccount,
    members: () => (listed ??= [...members.values()]),
    member,
    findMember: (id) => members.get(id),
    units: () => [...units.values()],
    unit,
    pathTo,
    accountArn: (id) => arn('account', id),
    unitArn: (id) => arn('ou', id),
    putMember(changed) {
      members.set(changed.id, changed);
      listed = undefined;
      for (const tell of listeners) tell(changed);
    },
    putUnit: (changed) => void units.set(changed.id, changed),
    removeMember(id) {
      members.delete(id);
      listed = undefined;
    },
    removeUnit: (id) => void units.delete(id),
    watch: (listener) => void listeners.push(listener),
  };
}
