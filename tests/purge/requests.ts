import type { AccountId } from '#domain/account.ts';
import { accountId } from '#domain/account.ts';
import type { PurgeRequest } from '#domain/purge/purge-configuration.ts';
import type { PurgeSettings } from '#domain/purge/purge-settings.ts';
import { purgeSettings } from '#domain/purge/purge-settings.ts';

export const account: AccountId = accountId('200000000000');
export const protectedAccounts: readonly AccountId[] = [accountId('111111111111'), accountId('123456789012')];

/** Variables of the predecessor's sample, with which a purge deletes. */
export const usualVariables = {
  MAXIMUM_AGE: '9M',
  PURGE_MODE: '--force',
  TAG_KEY: 'purge',
  TAG_VALUE: 'me',
} as const;

/** Settings from variables that are known to be right. */
export function settingsFrom(variables: Readonly<Record<string, string>>): PurgeSettings {
  const parsed = purgeSettings(variables);
  if (parsed.outcome === 'refused') throw new Error(JSON.stringify(parsed.faults));
  return parsed.settings;
}

export const requestFrom = (variables: Readonly<Record<string, string>>): PurgeRequest => ({
  account,
  protectedAccounts,
  settings: settingsFrom(variables),
});
