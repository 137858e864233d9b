import { stateTag } from '#domain/account.ts';
import type { StateChange } from '#ports/errands.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

/** Writes a state that a bulk command asked for on an account that it found managed, unless it has moved on since. */
export async function changeState(
  { account, from, to }: StateChange,
  { accounts, settings }: Ports<'accounts' | 'settings'>,
): Promise<Outcome> {
  const state = await accounts.stateOf(account);
  const asRead = from === undefined || (state ?? 'none') === from;
  if (!asRead || state === to) return { outcome: 'overtaken', account, state };
  const { tagPrefix } = await settings.book();
  await accounts.tag(account, { [stateTag(tagPrefix)]: to });
  return { outcome: to, account };
}
