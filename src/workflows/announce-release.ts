import type { AccountId } from '#domain/account.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp } from './look-up-account.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'progress'>;

/** An account that has been released is its holder's again, and nothing stays on record of its way but its end. */
export async function announceRelease(
  { account }: { readonly account: AccountId },
  ports: Needs,
): Promise<Outcome> {
  const state = await ports.accounts.stateOf(account);
  if (state !== 'released') return { outcome: 'overtaken', account, state };
  const passage = await ports.progress.rest(account, ports.clock.now().getTime() / 1000);
  const isOurs = passage !== undefined && passage.status !== 'left alone';
  const stranger = isOurs ? undefined : await leftAlone(account, ports);
  if (stranger) return stranger;
  await ports.bus.put({ label: 'ReleasedAccount', account });
  return { outcome: 'released', account };
}

/** An operator may have written the tag on any account: without a record, it is looked up. */
async function leftAlone(account: AccountId, ports: Needs): Promise<Outcome | undefined> {
  const found = await lookUp(account, ports);
  return isLeftAlone(found) ? found : undefined;
}
