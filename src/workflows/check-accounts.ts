import { tagFindings } from '#domain/account-tags.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

/** Tells what is wrong with the holder, the state and the expected tags of each managed account; changes nothing. */
export async function checkAccounts(
  _: unknown,
  { accounts, settings }: Ports<'accounts' | 'settings'>,
): Promise<Outcome> {
  const book = await settings.book();
  const checked = (await accounts.list()).flatMap((account) => {
    const effective = account.isActive ? effectiveSettings(book, account) : undefined;
    if (!effective) return [];
    return [
      { account: account.id, name: account.name, wrong: tagFindings(account, effective, book.tagPrefix) },
    ];
  });
  return {
    outcome: 'checked',
    accounts: checked.length,
    findings: checked.filter(({ wrong }) => wrong.length > 0),
  };
}
