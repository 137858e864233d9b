import type { AccountTagged } from '#events/account-tagged.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp, overtaken } from './look-up-account.ts';

/** An account that has been released is its holder's again. */
export async function announceRelease(
  { account: id }: AccountTagged,
  ports: Ports<'accounts' | 'settings' | 'bus'>,
): Promise<Outcome> {
  const found = await lookUp(id, ports);
  if (isLeftAlone(found)) return found;
  if (found.account.state !== 'released') return overtaken(found.account);
  await ports.bus.put({ label: 'ReleasedAccount', account: id });
  return { outcome: 'released', account: id };
}
