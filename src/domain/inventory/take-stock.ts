import type { Account, AccountId } from '#domain/account.ts';
import { gone, withAttributes, type Shadow } from '#domain/shadows/shadow.ts';

/** The accounts of the organization as bulk reads tell them, and which of them are managed. */
export interface Organization {
  readonly accounts: ReadonlyMap<AccountId, Account>;
  readonly unitNameOf: (account: Account) => string;
}

/** What an inventory makes of one shadow. */
export interface Stock {
  /** The shadow as it should be on record. */
  readonly shadow: Shadow;
  readonly isListed: boolean;
}

/**
 * A shadow is made to say what its account is now. A closed account is listed no more. One that the organization does
 * not tell of may just be out of sight: it is listed as it was last known, once, and by the next time it is gone.
 */
export function takeStock(shadow: Shadow, { accounts, unitNameOf }: Organization): Stock {
  const account = accounts.get(shadow.id);
  if (!account) return { shadow: gone(shadow), isListed: shadow.is_active };
  if (!account.isActive) return { shadow: gone(shadow), isListed: false };
  return { shadow: withAttributes(shadow, seen(account, shadow), unitNameOf(account)), isListed: true };
}

/** The index of tags may not know an account yet, or not for the moment: then the tags on record count. */
const seen = (account: Account, { tags }: Shadow): Account =>
  Object.keys(account.tags).length > 0 ? account : { ...account, tags };
