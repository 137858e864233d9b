import { tagFindings } from '#domain/account-tags.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import { unreleasedAccounts } from '#domain/waiting-account.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { managedAccounts } from './open-window.ts';

/**
 * Tells what is wrong with the holder, the state and the expected tags of each managed account, and which ones are not
 * released; changes nothing.
 */
export async function checkAccounts(_: unknown, ports: Ports<'accounts' | 'settings'>): Promise<Outcome> {
  const book = await ports.settings.book();
  const managed = await managedAccounts(ports);
  const findings = managed.flatMap((account) => {
    const settings = effectiveSettings(book, account);
    const wrong = settings ? tagFindings(account, settings, book.tagPrefix) : [];
    return wrong.length > 0 ? [{ account: account.id, name: account.name, wrong }] : [];
  });
  return { outcome: 'checked', accounts: managed.length, unreleased: unreleasedAccounts(managed), findings };
}
