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
  { account, from, to, asked }: StateChange,
  ports: Ports<'accounts' | 'settings' | 'progress'>,
): Promise<Outcome> {
  const { accounts, progress, clock } = ports;
  const began = clock.now().getTime();
  const found = await lookUp(account, ports);
  if (isLeftAlone(found)) return found;
  const { state } = found.account;
  const asRead = from === undefined || (state ?? 'none') === from;
  if (!asRead || state === to) return { outcome: 'overtaken', account, state };
  // The message may be the second of its kind, or come for the second time: the account has been through it all then.
  const turn = asked === undefined ? undefined : await progress.lastTurn(account);
  if (asked !== undefined && turn !== undefined && turn > asked) return { outcome: 'had its turn', account };
  await accounts.tag(account, { [stateTag(found.book.tagPrefix)]: to });
  await clock.sleep(Math.max(0, began + millisecondsPerStateChange(to) - clock.now().getTime()));
  return { outcome: to, account };
}
