import { accountFrom, type Account } from '#domain/account.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import type { OpenWorld } from './open-world.ts';

/** The managed, active accounts of a world as they are now, read behind the endpoint so that no call is counted. */
export function managedAccountsOf({
  cloud,
  settings,
}: Pick<OpenWorld, 'cloud' | 'settings'>): readonly Account[] {
  const { directory, tags } = cloud.organizations;
  return directory.members().flatMap(({ id, name, email, parent, state }) => {
    const path = directory.pathTo(parent);
    if (state !== 'ACTIVE' || !effectiveSettings(settings.book, { id, path })) return [];
    const attributes = { id, arn: directory.accountArn(id), name, email, isActive: true, path };
    return [accountFrom(attributes, tags.of(id), settings.features.tagPrefix)];
  });
}

/** Accounts that are on their way, or wait for a person: those that are not released. */
export const unreleased = (accounts: readonly Account[]) =>
  accounts.filter(({ state }) => state !== 'released');

/** Number of accounts by state; `none` for those that bear none. */
export function countByState(accounts: readonly Account[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state = 'none' } of accounts) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
