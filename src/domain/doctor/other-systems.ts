import type { Account } from '#domain/account.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import { finding, hint, ok, type Diagnosis, type Sight } from './diagnosis.ts';
import { countOf, listOf } from './wording.ts';

/** Another environment of the automation account, by what its settings list. */
export interface OtherSystem {
  readonly environment: string;
  readonly units: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  readonly protectedAccounts: ReadonlySet<string>;
}

export interface Neighbourhood {
  readonly systems: readonly OtherSystem[];
  /** Accounts of the organization: with them, an overlap is told account by account. */
  readonly accounts: Sight<readonly Account[]>;
  /** Buses beside ours to which events of the organization are forwarded. */
  readonly otherBuses: Sight<readonly string[]>;
}

/** No account is managed by another system too, for both would prepare and purge it. */
export function systemsAreApart(
  book: SettingsBook,
  { systems, accounts, otherBuses }: Neighbourhood,
): Diagnosis {
  const shared = systems.flatMap((other) => {
    const found = 'seen' in accounts ? sharedAccounts(book, other, accounts.seen) : sharedItems(book, other);
    return found.length > 0 ? [`${other.environment} manages ${listOf(found)} too`] : [];
  });
  if (shared.length > 0) {
    const remedy = 'leave each unit and account in the settings of one environment only, then deploy both';
    return finding(shared.join('; '), remedy);
  }
  const buses = 'seen' in otherBuses ? otherBuses.seen : [];
  if (buses.length > 0) {
    const found = `events of the organization also go to ${listOf(buses)}, perhaps to another system`;
    return hint(
      found,
      'see in the settings of that system that it shares no unit and no account with this one',
    );
  }
  if (systems.length === 0) return ok('no other system is seen');
  return ok(`shares no account with ${listOf(systems.map(({ environment }) => environment))}`);
}

function sharedAccounts(
  book: SettingsBook,
  other: OtherSystem,
  accounts: readonly Account[],
): readonly string[] {
  const both = accounts.filter((account) => isManagedBy(other, account) && effectiveSettings(book, account));
  if (both.length === 0) return [];
  const units = [...new Set(both.flatMap(({ path }) => path.at(-1) ?? []))];
  const names = listOf(both.map(({ id }) => id));
  return [`${countOf(both.length, 'account')} (${names}${units.length > 0 ? `, in ${listOf(units)}` : ''})`];
}

const sharedItems = ({ units, accounts, rows }: SettingsBook, other: OtherSystem): readonly string[] => [
  ...Object.keys(units).filter((unit) => other.units.has(unit)),
  ...[...new Set([...Object.keys(accounts), ...Object.keys(rows)])].filter((id) => other.accounts.has(id)),
];

const isManagedBy = ({ units, accounts, protectedAccounts }: OtherSystem, { id, path }: Account): boolean =>
  !protectedAccounts.has(id) && (accounts.has(id) || path.some((unit) => units.has(unit)));
