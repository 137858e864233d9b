import { stateTag } from '#domain/account.ts';
import { tagChanges } from '#domain/account-tags.ts';
import { patienceWithEventsInSeconds } from '#domain/lifecycle.ts';
import type { AccountTagged } from '#events/account-tagged.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp, overtaken, type Managed } from './look-up-account.ts';
import { epochSeconds } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'progress'>;

/** An account that an operator has tagged `vanilla` begins its life again. */
export async function onboardAccount({ account: id }: AccountTagged, ports: Needs): Promise<Outcome> {
  const found = await lookUp(id, ports);
  if (isLeftAlone(found)) return found;
  if (found.account.state !== 'vanilla') return overtaken(found.account);
  return welcome(found, ports);
}

/** Gives an account its holder and its tags, and assigns it: all in one write, since tag writes are the scarcest calls. */
export async function welcome(found: Managed, { accounts, bus, progress, clock }: Needs): Promise<Outcome> {
  const { account, settings, book } = found;
  const { set, unset } = tagChanges(account, settings, book.tagPrefix);
  const former = await progress.find(account.id);
  // A build that still runs goes on; the account is prepared once it has ended.
  const running = former?.build ? { ...former, again: true } : undefined;
  await progress.save({
    account: account.id,
    phase: 'preparation',
    status: 'begun',
    transition: '',
    tries: 0,
    ...running,
    transaction: 'on-boarding',
    since: epochSeconds(clock),
    due: epochSeconds(clock) + patienceWithEventsInSeconds,
  });
  await bus.put({ label: 'CreatedAccount', account: account.id });
  await accounts.tag(account.id, { ...set, [stateTag(book.tagPrefix)]: 'assigned' });
  if (unset.length > 0) await accounts.untag(account.id, unset);
  return { outcome: 'assigned', account: account.id };
}
