import type { AccountId } from '#domain/account.ts';

export const memberStates = [
  'ACTIVE',
  'SUSPENDED',
  'PENDING_ACTIVATION',
  'PENDING_CLOSURE',
  'CLOSED',
] as const;

/** Where an account stands in its life as a member of the organization. */
export type MemberState = (typeof memberStates)[number];

/** What the local cloud holds when it opens: an organization, its bills and what is deployed in its accounts. */
export interface World {
  readonly organization: WorldOrganization;
  readonly units: readonly WorldUnit[];
  readonly accounts: readonly WorldAccount[];
  readonly costs: readonly CostLine[];
  /** Units of a currency for one USD. */
  readonly rates: Readonly<Record<string, number>>;
  readonly resources: readonly WorldResource[];
}

export interface WorldOrganization {
  readonly id: string;
  readonly managementAccount: AccountId;
  readonly root: string;
}

export interface WorldUnit {
  readonly id: string;
  readonly name: string;
  /** Another unit, or the root. */
  readonly parent: string;
}

export interface WorldAccount {
  readonly id: AccountId;
  readonly name: string;
  readonly email: string;
  /** A unit, or the root. */
  readonly unit: string;
  readonly state: MemberState;
  readonly tags: Readonly<Record<string, string>>;
}

/** One line of a bill. The account may have left the organization. */
export interface CostLine {
  readonly account: AccountId;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly recordType: string;
  readonly service: string;
  /** May be empty. */
  readonly usageType: string;
  /** USD, as plain decimal text. */
  readonly amount: string;
}

/** Something that a purge may delete, under aws-nuke's name of its type. */
export interface WorldResource {
  readonly account: AccountId;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  /** Value of the date property of that type, where it has one. */
  readonly created?: string;
  readonly tags: Readonly<Record<string, string>>;
}
