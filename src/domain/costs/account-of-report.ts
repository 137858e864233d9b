import type { Account, AccountId } from '#domain/account.ts';

/** What reports of costs say about an account besides its amounts. */
export interface AccountOfReport {
  readonly id: AccountId;
  readonly name: string;
  /** Name of the organizational unit that holds the account now. */
  readonly unitName: string;
  readonly costCenter: string;
}

/** Accounts of the organization by number; whoever is billed and not among them has left. */
export type AccountsOfReport = ReadonlyMap<AccountId, AccountOfReport>;

export const noCostTag = 'NoCostTag';
const unknown = 'Unknown';

/** Unit and cost center of an account that the organization knows; an empty cost tag counts as none. */
export function accountOfReport(
  account: Account,
  { costTag, unitNames }: { readonly costTag: string; readonly unitNames: ReadonlyMap<string, string> },
): AccountOfReport {
  const unit = account.path.at(-1);
  const unitName = unit === undefined ? 'Root' : (unitNames.get(unit) ?? unknown);
  return { id: account.id, name: account.name, unitName, costCenter: account.tags[costTag] || noCostTag };
}

/** An account that left the organization keeps its costs, and loses its name, unit and tags. */
export function accountBilled(id: AccountId, accounts: AccountsOfReport): AccountOfReport {
  return accounts.get(id) ?? { id, name: unknown, unitName: unknown, costCenter: noCostTag };
}

/** How summaries name an account, and what they sort by. */
export const accountLabel = ({ name, id }: AccountOfReport) => `${name} (${id})`;
