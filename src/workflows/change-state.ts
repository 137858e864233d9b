import { stateTag } from '#domain/account.ts';
import type { StateChange } from '#ports/errands.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp, overtaken } from './look-up-account.ts';

/** Writes a state that a bulk command asked for, unless the account has moved on since. */
export async function changeState(
  change: StateChange,
  ports: Ports<'accounts' | 'settings'>,
): Promise<Outcome> {
  const found = await lookUp(change.account, ports);
  if (isLeftAlone(found)) return found;
  const { account, book } = found;
  const asRead = change.from === undefined || (account.state ?? 'none') === change.from;
  if (!asRead || account.state === change.to) return overtaken(account);
  await ports.accounts.tag(account.id, { [stateTag(book.tagPrefix)]: change.to });
  return { outcome: change.to, account: account.id };
}
