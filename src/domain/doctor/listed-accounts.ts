import type { Account } from '#domain/account.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import { finding, hint, ok, type Diagnosis } from './diagnosis.ts';
import type { ManagedAccount } from './managed-account.ts';
import { countOf, listOf } from './wording.ts';

/** Every account that the settings or their CSV files list is an account of the organization. */
export function listedAccountsExist(
  { accounts, rows }: Pick<SettingsBook, 'accounts' | 'rows'>,
  organization: readonly Account[],
): Diagnosis {
  const known = new Set<string>(organization.map(({ id }) => id));
  const places = [
    ['accounts', Object.keys(accounts)],
    ['CSV files', Object.keys(rows)],
  ] as const;
  const unknown = places.flatMap(([place, ids]) => {
    const missing = ids.filter((id) => !known.has(id));
    return missing.length > 0 ? [`${listOf(missing)} in ${place}`] : [];
  });
  const listed = new Set(places.flatMap(([, ids]) => ids)).size;
  if (unknown.length === 0) return ok(`${countOf(listed, 'listed account')}, each known to the organization`);
  const found = `the organization has no such account: ${unknown.join('; ')}`;
  return finding(found, 'correct the numbers, or take them out of the settings');
}

/** No account that the settings reach is suspended or closed: such accounts are passed over. */
export function managedAccountsAreActive(managed: readonly ManagedAccount[]): Diagnosis {
  const inactive = managed.filter(({ account }) => !account.isActive).map(({ account }) => account.id);
  if (inactive.length === 0) return ok(`${countOf(managed.length, 'managed account')}, all of them active`);
  return hint(
    `${countOf(inactive.length, 'managed account')} suspended or closed, which nothing is done to: ${listOf(inactive)}`,
    'move them out of the units, and take them out of the settings',
  );
}

/** No protected account sits inside of a unit that the settings list, where people may take it for a managed one. */
export function protectedAccountsAreApart(
  { protectedAccounts, units }: Pick<SettingsBook, 'protectedAccounts' | 'units'>,
  organization: readonly Account[],
): Diagnosis {
  const inside = organization.filter(
    ({ id, path }) => protectedAccounts.includes(id) && path.some((unit) => Object.hasOwn(units, unit)),
  );
  if (inside.length === 0)
    return ok(`${countOf(protectedAccounts.length, 'protected account')}, apart from managed units`);
  return hint(
    `protected, and never touched, although inside of a managed unit: ${listOf(inside.map(({ id }) => id))}`,
    'move them to another unit, so that nobody expects them to be managed',
  );
}
