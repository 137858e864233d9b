import { stateTag } from '#domain/account.ts';
import { millisecondsPerStateChange } from '#domain/pace.ts';
import type { StateChange } from '#ports/errands.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

/**
 * Writes a state that a bulk command asked for on an account that it found managed, unless it has moved on since. It
 * takes its time: see the pace.
 */
export async function changeState(
  { account, from, to }: StateChange,
  { accounts, settings, clock }: Ports<'accounts' | 'settings'>,
): Promise<Outcome> {
  const began = clock.now().getTime();
  const state = await accounts.stateOf(account);
  const asRead = from === undefined || (state ?? 'none') === from;
  if (!asRead || state === to) return { outcome: 'overtaken', account, state };
  const { tagPrefix } = await settings.book();
  await accounts.tag(account, { [stateTag(tagPrefix)]: to });
  await clock.sleep(Math.max(0, began + millisecondsPerStateChange(to) - clock.now().getTime()));
  return { outcome: to, account };
}
