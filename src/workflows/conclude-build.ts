import { life, patienceWithEventsInSeconds, stateOfPhase, type Passage } from '#domain/lifecycle.ts';
import type { BuildEnded } from '#events/build-ended.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp, overtaken, type Managed } from './look-up-account.ts';
import { moveOn } from './move-on.ts';
import { epochSeconds, undertake } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'workshop' | 'progress'>;

/** A build that has succeeded moves its account on, when it is the one that was begun for the state it is in. */
export async function concludeBuild(
  { account: id, phase, build }: BuildEnded,
  ports: Needs,
): Promise<Outcome> {
  const found = await lookUp(id, ports);
  if (isLeftAlone(found)) return found;
  const passage = await ports.progress.find(id);
  if (!(await isOurs(passage, { account: id, build }, ports)))
    return { outcome: 'not our build', account: id, build };
  if (passage?.again && found.account.state === 'assigned') return prepareAgain(passage, found, ports);
  const state = stateOfPhase(phase);
  if (found.account.state !== state) return overtaken(found.account);
  await ports.bus.put({ label: life[state].done, account: id });
  const transaction = passage?.transaction ?? (phase === 'purge' ? 'maintenance' : 'on-boarding');
  await moveOn(state, transaction, found, ports);
  return { outcome: life[state].next, account: id };
}

/** Without a record of it, the account itself is asked whether it knows a build that succeeded. */
async function isOurs(
  passage: Passage | undefined,
  { account, build }: Pick<BuildEnded, 'account' | 'build'>,
  { workshop }: Needs,
): Promise<boolean> {
  if (passage?.build !== undefined) return passage.build === build;
  return (await workshop.statusOf(account, build)) === 'SUCCEEDED';
}

/** Somebody asked for another preparation while this build was running. */
export async function prepareAgain(former: Passage, found: Managed, ports: Needs): Promise<Outcome> {
  const { build: ended, again: _, ...rest } = former;
  const due = epochSeconds(ports.clock) + patienceWithEventsInSeconds;
  await ports.bus.put({ label: 'AssignedAccount', account: former.account });
  // The build that has just ended names this preparation, whose own event may have come long ago.
  const transition = former.transition || `after-${ended?.split(':').at(-1)}`;
  const passage: Passage = { ...rest, phase: 'preparation', status: 'begun', tries: 1, transition, due };
  const { build } = await undertake(passage, found, ports);
  return { outcome: 'prepared again', account: former.account, build };
}
