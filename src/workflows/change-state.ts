import { stateTag } from '#domain/account.ts';
import { millisecondsPerStateChange } from '#domain/pace.ts';
import type { StateChange } from '#ports/errands.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp } from './look-up-account.ts';

/**
 * Writes a state that a bulk command asked for, perhaps hours ago, unless the account has moved on or away since. It
 * takes its time: see the pace.
 */
export async function changeState(
  { account, from, to }: StateChange,
  ports: Ports<'accounts' | 'settings'>,
): Promise<Outcome> {
  const { accounts, clock } = ports;
  const began = clock.now().getTime();
  const found = await lookUp(account, ports);
  if (isLeftAlone(found)) return found;
  const { state } = found.account;
  const asRead = from === undefined || (state ?? 'none') === from;
  if (!asRead || state === to) return { outcome: 'overtaken', account, state };
  await accounts.tag(account, { [stateTag(found.book.tagPrefix)]: to });
  await clock.sleep(Math.max(0, began + millisecondsPerStateChange(to) - clock.now().getTime()));
  return { outcome: to, account };
}
