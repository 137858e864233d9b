import type { Account } from '#domain/account.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import { finding, hint, ok, type Diagnosis } from './diagnosis.ts';
import { countOf, listOf } from './wording.ts';

/** Listed units without any account in them or below them, in the order of the settings. */
export function unitsWithoutAccounts(
  { units }: Pick<SettingsBook, 'units'>,
  organization: readonly Account[],
): readonly string[] {
  const peopled = new Set(organization.flatMap(({ path }) => path));
  return Object.keys(units).filter((unit) => !peopled.has(unit));
}

/** Every unit that the settings list is a unit of the organization. */
export function listedUnitsExist(
  { units }: Pick<SettingsBook, 'units'>,
  unknown: readonly string[],
): Diagnosis {
  if (unknown.length === 0) {
    return ok(`${countOf(Object.keys(units).length, 'listed unit')}, each known to the organization`);
  }
  const found = `the organization has no such unit: ${listOf(unknown)}`;
  return finding(found, 'correct the identifiers, or take them out of the settings');
}

/** Every unit that the settings list has accounts. */
export function listedUnitsHaveAccounts(empty: readonly string[]): Diagnosis {
  if (empty.length === 0) return ok('there are accounts in each listed unit');
  return hint(`no account is in ${listOf(empty)}`, 'nothing, unless accounts should be there');
}
