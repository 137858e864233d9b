import { life, patienceWithEventsInSeconds, stateOfPhase, type Passage } from '#domain/lifecycle.ts';
import type { BuildEnded } from '#events/build-ended.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp } from './look-up-account.ts';
import { moveOn } from './move-on.ts';
import { epochSeconds, outcomeOf, undertake } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'workshop' | 'progress'>;

/** A build that has succeeded moves its account on, when it is the one that was begun for the state it is in. */
export async function concludeBuild(ended: BuildEnded, ports: Needs): Promise<Outcome> {
  const { account: id, phase, build } = ended;
  const passage = await ports.progress.find(id);
  if (passage?.build === undefined) {
    const refusal = await reasonToIgnore(ended, ports);
    if (refusal) return refusal;
  } else if (passage.build !== build) {
    return { outcome: 'not our build', account: id, build };
  }
  const found = await ports.accounts.stateOf(id);
  if (passage?.again && found === 'assigned') return prepareAgain(passage, ports);
  const state = stateOfPhase(phase);
  if (found !== state) return { outcome: 'overtaken', account: id, state: found };
  await ports.bus.put({ label: life[state].done, account: id });
  const transaction = passage?.transaction ?? (phase === 'purge' ? 'maintenance' : 'on-boarding');
  await moveOn(state, transaction, id, ports);
  return { outcome: life[state].next, account: id };
}

/** A build of which nothing is on record counts only in a managed account that knows it itself. */
async function reasonToIgnore({ account, build }: BuildEnded, ports: Needs): Promise<Outcome | undefined> {
  const found = await lookUp(account, ports);
  if (isLeftAlone(found)) return found;
  const status = await ports.workshop.statusOf(account, build);
  return status === 'SUCCEEDED' ? undefined : { outcome: 'not our build', account, build };
}

/** Somebody asked for another preparation while this build was running. */
export async function prepareAgain(former: Passage, ports: Needs): Promise<Outcome> {
  const { build: ended, again: _, ...rest } = former;
  const found = await lookUp(former.account, ports);
  if (isLeftAlone(found)) return found;
  const due = epochSeconds(ports.clock) + patienceWithEventsInSeconds;
  await ports.bus.put({ label: 'AssignedAccount', account: former.account });
  // The build that has just ended names this preparation, whose own event may have come long ago.
  const transition = former.transition || `after-${ended?.split(':').at(-1)}`;
  const passage: Passage = { ...rest, phase: 'preparation', status: 'begun', tries: 1, transition, due };
  return outcomeOf('prepared again', await undertake(passage, found, ports));
}
