import type { Account } from '#domain/account.ts';
import { effectiveSettings, type EffectiveSettings } from '#domain/settings/effective-settings.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';

/** An account that the settings reach, with what they say of it. */
export interface ManagedAccount {
  readonly account: Account;
  readonly settings: EffectiveSettings;
}

/** Those that the settings reach, inactive ones included. */
export const managedAccounts = (
  book: SettingsBook,
  accounts: readonly Account[],
): readonly ManagedAccount[] =>
  accounts.flatMap((account) => {
    const settings = effectiveSettings(book, account);
    return settings ? [{ account, settings }] : [];
  });

/** As many active accounts as are asked for, from all units in turn, and the same ones at each visit. */
export function sampleOf(managed: readonly ManagedAccount[], size: number): readonly ManagedAccount[] {
  const byUnit = new Map<string, ManagedAccount[]>();
  for (const one of managed) {
    if (!one.account.isActive) continue;
    const unit = one.settings.unit ?? '';
    const others = byUnit.get(unit);
    if (others) others.push(one);
    else byUnit.set(unit, [one]);
  }
  const units = [...byUnit.values()];
  const most = Math.max(0, ...units.map(({ length }) => length));
  const inTurn: ManagedAccount[] = [];
  for (let turn = 0; turn < most && inTurn.length < size; turn += 1) {
    inTurn.push(...units.flatMap((unit) => unit[turn] ?? []));
  }
  return inTurn.slice(0, size);
}
