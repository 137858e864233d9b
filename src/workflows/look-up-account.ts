import type { Account, AccountId } from '#domain/account.ts';
import { effectiveSettings, type EffectiveSettings } from '#domain/settings/effective-settings.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import type { Ports } from '#ports/ports.ts';

/** A managed, active account with the settings that hold for it. */
export interface Managed {
  readonly account: Account;
  readonly settings: EffectiveSettings;
  readonly book: SettingsBook;
}

/** An account that is left alone, and why. */
export type LeftAlone = {
  readonly outcome: 'left alone';
  readonly account: AccountId;
  readonly reason: 'unknown' | 'inactive' | 'unmanaged';
};

/** Every workflow looks an account up first: those that are closed, protected or outside of the settings are left alone. */
export async function lookUp(
  id: AccountId,
  { accounts, settings }: Ports<'accounts' | 'settings'>,
  read: (id: AccountId) => Promise<Account | undefined> = accounts.find,
): Promise<Managed | LeftAlone> {
  const account = await read(id);
  if (!account) return { outcome: 'left alone', account: id, reason: 'unknown' };
  if (!account.isActive) return { outcome: 'left alone', account: id, reason: 'inactive' };
  const book = await settings.book();
  const effective = effectiveSettings(book, account);
  if (!effective) return { outcome: 'left alone', account: id, reason: 'unmanaged' };
  return { account, settings: effective, book };
}

export const isLeftAlone = (found: Managed | LeftAlone): found is LeftAlone => 'outcome' in found;

/** The event is late or doubled: the account has moved on since. */
export const overtaken = ({ id, state }: Account) => ({ outcome: 'overtaken', account: id, state }) as const;
