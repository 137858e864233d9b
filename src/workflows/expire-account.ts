import {
  isLate,
  isPurgedAlready,
  mayHaveBegunSince,
  patienceWithEventsInSeconds,
  type Passage,
} from '#domain/lifecycle.ts';
import type { AccountTagged } from '#events/account-tagged.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { concludeBuild } from './conclude-build.ts';
import { isLeftAlone, lookUp, overtaken } from './look-up-account.ts';
import { moveOn } from './move-on.ts';
import { epochSeconds, outcomeOf, undertake } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'workshop' | 'progress'>;

/** An expired account is purged, when its settings ask for it; otherwise it goes straight back to work. */
export async function expireAccount(event: AccountTagged, ports: Needs): Promise<Outcome> {
  const { account: id, transition, at } = event;
  const found = await lookUp(id, ports);
  if (isLeftAlone(found)) return found;
  if (found.account.state !== 'expired') return overtaken(found.account);
  const former = await ports.progress.find(id);
  const already = former && (await whatIsDone(former, event, ports));
  if (already) return already;
  await ports.bus.put({ label: 'ExpiredAccount', account: id });
  if (found.settings.purge.feature !== 'enabled') {
    await moveOn('expired', 'maintenance', id, ports);
    return { outcome: 'assigned without purge', account: id };
  }
  const now = epochSeconds(ports.clock);
  const passage: Passage = {
    account: id,
    transaction: 'maintenance',
    phase: 'purge',
    status: 'begun',
    transition,
    tries: 1,
    since: now,
    due: now + patienceWithEventsInSeconds,
  };
  const begun = await undertake(passage, found, ports, mayHaveBegunSince(at, now));
  return outcomeOf('purge begun', begun);
}

/** The purge that was begun before, however that came: no account is purged twice. */
async function whatIsDone(
  former: Passage,
  { account, transition, at }: AccountTagged,
  ports: Needs,
): Promise<Outcome | undefined> {
  if (isPurgedAlready(former, at)) {
    await moveOn('expired', former.transaction, account, ports);
    return { outcome: 'assigned', account };
  }
  if (isLate(at, former)) return { outcome: 'late', account, build: former.build };
  return former.phase === 'purge' ? whatBecame(former, transition, ports) : undefined;
}

/** A purge that runs goes on, and one that has succeeded counts although nobody has told. */
async function whatBecame(former: Passage, transition: string, ports: Needs): Promise<Outcome | undefined> {
  const { account, phase, build } = former;
  const begun = { outcome: 'begun already', account, build };
  if (former.transition === transition) return begun;
  if (build === undefined) return undefined;
  const status = await ports.workshop.statusOf(account, build);
  if (status === 'SUCCEEDED') return concludeBuild({ account, phase, build, status }, ports);
  return status === 'IN_PROGRESS' ? begun : undefined;
}
