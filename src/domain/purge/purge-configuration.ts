import { stringify } from 'yaml';
import type { AccountId } from '#domain/account.ts';
import type { EngineConfiguration, EngineFilter, EngineFilters } from './engine-configuration.ts';
import { everyType } from './engine-configuration.ts';
import { keepNamed, originTag, protectedPattern } from './protection.ts';
import type { PurgeSettings, Tag } from './purge-settings.ts';
import type { ResourceType } from './resource-types.ts';
import { ageProperty, resourceType } from './resource-types.ts';

/** An account that no purge may ever enter: the management account, the automation account, the protected ones. */
export class ProtectedAccount extends Error {
  override readonly name = 'ProtectedAccount';
  readonly account: AccountId;
  constructor(account: AccountId) {
    super(
      `Account ${account} is protected and never purged: take it out of the accounts with an enabled purge`,
    );
    this.account = account;
  }
}

/** The engine refuses to run without one, and so do we. */
export class NoProtectedAccount extends Error {
  override readonly name = 'NoProtectedAccount';
  constructor() {
    super('No account is protected: give at least the management account and the automation account');
  }
}

export interface PurgeRequest {
  readonly account: AccountId;
  /** At least the management account and the automation account. */
  readonly protectedAccounts: readonly AccountId[];
  readonly settings: PurgeSettings;
}

/** A pass is absent when nothing is asked of it: the engine takes an empty list of types for all of them. */
export interface PurgeConfiguration {
  readonly tag: EngineConfiguration | undefined;
  readonly age: EngineConfiguration | undefined;
}

const keepTag = ({ key, value }: Tag): EngineFilter =>
  value === ''
    ? { property: `tag:${key}`, type: 'regex', value: String.raw`[\s\S]` }
    : { property: `tag:${key}`, value };

const protection = ({ protectedTag, protectedResources }: PurgeSettings): readonly EngineFilter[] => [
  keepTag(originTag),
  ...(protectedTag === undefined ? [] : [keepTag(protectedTag)]),
  ...keepNamed(protectedPattern(protectedResources)),
];

const keepUnmarked = ({ key, value }: Tag): EngineFilters => ({
  [everyType]: [{ property: `tag:${key}`, value, invert: true }],
});

/** The engine has no word for "newer": it keeps what is not older than so many hours before now. */
const keepNewer = (types: readonly ResourceType[], hours: number): EngineFilters =>
  Object.fromEntries(
    types.map((type) => [
      type.name,
      [
        { type: 'dateOlderThanNow', property: ageProperty(type), value: `-${hours}h`, invert: true },
        // An attached volume goes with its instance; to delete it alone always fails.
        ...(type.name === 'EC2Volume' ? [{ property: 'State', value: 'in-use' }] : []),
      ],
    ]),
  );

const withoutDeletionProtection = {
  CloudFormationStack: { DisableDeletionProtection: true },
  DynamoDBTable: { DisableDeletionProtection: true },
  EC2Instance: { DisableDeletionProtection: true, DisableStopProtection: true },
  RDSInstance: { DisableDeletionProtection: true },
};

function pass(
  { account, protectedAccounts, settings }: PurgeRequest,
  types: readonly ResourceType[],
  selection: EngineFilters,
): EngineConfiguration | undefined {
  if (types.length === 0) return undefined;
  return {
    regions: settings.regions,
    blocklist: protectedAccounts,
    'bypass-alias-check-accounts': [account],
    'resource-types': { includes: types.map(({ name }) => name) },
    settings: withoutDeletionProtection,
    accounts: { [account]: { presets: ['protect', 'selection'] } },
    presets: {
      protect: { filters: { [everyType]: protection(settings) } },
      selection: { filters: selection },
    },
  };
}

/**
 * What the engine is told in each of its two passes over an account: delete what is marked, then what is too old.
 * Throws ProtectedAccount and NoProtectedAccount.
 */
export function purgeConfiguration(request: PurgeRequest): PurgeConfiguration {
  const { account, protectedAccounts, settings } = request;
  if (protectedAccounts.length === 0) throw new NoProtectedAccount();
  if (protectedAccounts.includes(account)) throw new ProtectedAccount(account);

  const types = settings.types.map(resourceType).filter((type) => type !== undefined);
  const tagged = types.filter((type) => type.tagged);
  const aged = types.filter((type) => ageProperty(type) !== undefined);
  const { markedBy, maximumAgeInHours: hours } = settings;
  return {
    tag: markedBy === undefined ? undefined : pass(request, tagged, keepUnmarked(markedBy)),
    age: hours === undefined ? undefined : pass(request, aged, keepNewer(aged, hours)),
  };
}

/** The YAML that the engine reads. Every text is quoted: the engine stops at numbers, dates and words like `no`. */
export const configurationText = (configuration: EngineConfiguration): string =>
  stringify(configuration, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0, aliasDuplicateObjects: false });
