import { tagChanges } from '#domain/account-tags.ts';
import { isLate, mayHaveBegunSince, patienceWithEventsInSeconds, type Passage } from '#domain/lifecycle.ts';
import type { AccountTagged } from '#events/account-tagged.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp, overtaken, type Managed } from './look-up-account.ts';
import { moveOn } from './move-on.ts';
import { epochSeconds, isAtWork, outcomeOf, undertake } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'workshop' | 'progress'>;

/** An account that has been assigned is prepared, when its settings ask for it, and released otherwise. */
export async function assignAccount(
  { account: id, transition, at }: AccountTagged,
  ports: Needs,
): Promise<Outcome> {
  const found = await lookUp(id, ports);
  if (isLeftAlone(found)) return found;
  if (found.account.state !== 'assigned') return overtaken(found.account);
  const former = await ports.progress.find(id);
  if (former && isLate(at, former)) return { outcome: 'late', account: id, build: former.build };
  if (former?.transition === transition)
    return { outcome: 'begun already', account: id, build: former.build };
  if (former && (await isAtWork(former, ports))) return prepareLater(former, transition, ports);
  await ports.bus.put({ label: 'AssignedAccount', account: id });
  await enforceTags(found, ports);
  const transaction = former?.transaction ?? 'on-boarding';
  if (found.settings.preparation.feature !== 'enabled') {
    await moveOn('assigned', transaction, id, ports);
    return { outcome: 'released without preparation', account: id };
  }
  const now = epochSeconds(ports.clock);
  const passage: Passage = {
    account: id,
    transaction,
    phase: 'preparation',
    status: 'begun',
    transition,
    tries: 1,
    since: now,
    due: now + patienceWithEventsInSeconds,
  };
  const begun = await undertake(passage, found, ports, mayHaveBegunSince(at, now));
  return outcomeOf('preparation begun', begun);
}

/** One build at a time: what is asked for while one runs is done when it has ended. */
async function prepareLater(former: Passage, transition: string, { progress }: Needs): Promise<Outcome> {
  await progress.save({ ...former, transition, again: true });
  return { outcome: 'waits for the build that runs', account: former.account, build: former.build };
}

async function enforceTags({ account, settings, book }: Managed, { accounts }: Needs): Promise<void> {
  const { set, unset } = tagChanges(account, settings, book.tagPrefix);
  if (Object.keys(set).length > 0) await accounts.tag(account.id, set);
  if (unset.length > 0) await accounts.untag(account.id, unset);
}
