import type { AwsAccess } from '#adapters/aws/access.ts';
import type { Account } from '#domain/account.ts';
import type { Credentials } from '#domain/doctor/credentials.ts';
import type { Diagnosis, Sight } from '#domain/doctor/diagnosis.ts';
import type { DeployedFunction } from '#domain/doctor/functions.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { Expectations } from './expectations.ts';

/** What was found, by the names of checks, in the order in which people read them. Scripts know the names. */
export type Diagnoses = Readonly<Record<string, Diagnosis>>;

/** What all checks of one visit share. */
export interface Visit {
  readonly settings: Settings;
  readonly credentials: readonly Credentials[];
  /** The automation account, by credentials of its own. */
  readonly central: Sight<AwsAccess>;
  /** The management account, by credentials of its own. */
  readonly management: Sight<AwsAccess>;
  /** The management account by the role that functions take. */
  readonly managementRole: Sight<AwsAccess>;
  /** What any of the accounts may know of the organization. */
  readonly description: Sight<{ readonly id: string; readonly managementAccount: string }>;
  readonly organization: Sight<OrganizationSeen>;
  /** Of the functions that the settings ask for, those that are there. */
  readonly functions: Sight<readonly DeployedFunction[]>;
  readonly expectations: Expectations;
  /** How many accounts to look into. */
  readonly sampleSize: number;
  /** Where Identity Center may be. */
  readonly identityCenterRegions: readonly string[];
}

export interface OrganizationSeen {
  readonly accounts: readonly Account[];
  /** Of the listed units without accounts, those that the organization does not know. */
  readonly unknownUnits: readonly string[];
}

export const centralBusArn = ({ automation }: Pick<Settings, 'automation'>): string =>
  `arn:aws:events:${automation.region}:${automation.accountId}:event-bus/default`;
