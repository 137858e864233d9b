import type { AccountId } from '#domain/account.ts';
import { onOneLine, shortened } from '#domain/incidents/plain-text.ts';
import {
  isInTransit,
  isPurgedAlready,
  life,
  patienceWithBuildsInSeconds,
  longestUnnoticedInSeconds,
  patienceWithEventsInSeconds,
  projects,
  type Passage,
  type StateInTransit,
} from '#domain/lifecycle.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { announceRelease } from './announce-release.ts';
import { concludeBuild, prepareAgain } from './conclude-build.ts';
import { faceFailure } from './face-failure.ts';
import { letGo } from './let-go.ts';
import { isLeftAlone, lookUp, type Managed } from './look-up-account.ts';
import { moveOn } from './move-on.ts';
import { welcome } from './onboard-account.ts';
import { epochSeconds, furnish, outcomeOf, undertake } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'workshop' | 'progress' | 'errands' | 'buildReports'>;

/** Looks again at an account that nothing has been heard of, or whose pause is over, and takes it up where it stopped. */
export async function revisitAccount(
  { account: id }: { readonly account: AccountId },
  ports: Needs,
): Promise<Outcome> {
  const found = await lookUp(id, ports);
  if (isLeftAlone(found)) {
    await letGo(id, ports);
    return found;
  }
  const { state } = found.account;
  if (state === undefined || state === 'vanilla') return welcome(found, ports);
  const passage = await ports.progress.find(id);
  if (!isInTransit(state)) {
    if (!passage) return { outcome: 'well', account: id, state };
    // What was to end this record has not run: neither the on-boarding that began it, nor the announcement of a release.
    return passage.again ? welcome(found, ports) : announceRelease({ account: id }, ports);
  }
  if (passage && epochSeconds(ports.clock) < passage.due)
    return { outcome: 'under way', account: id, due: passage.due };
  if (state === 'expired' && passage && isPurgedAlready(passage)) {
    await moveOn('expired', passage.transaction, id, ports);
    return { outcome: 'assigned', account: id };
  }
  if (passage?.phase !== life[state].phase) return takeUp(state, passage, found, ports);
  return lookAfter(passage, state, found, ports);
}

async function lookAfter(
  passage: Passage,
  state: StateInTransit,
  found: Managed,
  ports: Needs,
): Promise<Outcome> {
  const { account: id, build, status, phase } = passage;
  if (status === 'given up') return { outcome: 'left to a person', account: id };
  if (found.settings[phase].feature !== 'enabled' || passage.tries === 0 || status === 'left alone') {
    return takeUp(state, passage, found, ports);
  }
  if (status === 'pausing') return tryAgain(passage, found, ports);
  if (!build) return takeOver(passage, state, found, ports);
  const seen = await ports.workshop.statusOf(id, build);
  if (seen === 'IN_PROGRESS') {
    await ports.progress.save({ ...passage, due: epochSeconds(ports.clock) + patienceWithBuildsInSeconds });
    return { outcome: 'under way', account: id, build };
  }
  if (seen === 'SUCCEEDED') {
    const outcome = await concludeBuild({ account: id, phase, build, status: seen }, ports);
    // Nobody has told that it ended: whatever should have is put right, for the builds to come.
    await furnish(phase, found, ports, { thoroughly: true });
    return outcome;
  }
  if (passage.again && state === 'assigned') return prepareAgain(passage, ports);
  return faceFailure(passage, seen ? `its build ended as ${seen}` : 'its build has vanished', ports);
}

/** The function that undertook a try died on its way, perhaps after it had started the build. */
async function takeOver(
  passage: Passage,
  state: StateInTransit,
  found: Managed,
  ports: Needs,
): Promise<Outcome> {
  const { account, phase, since = 0 } = passage;
  const build = await ports.workshop.begunSince(account, projects[phase], since);
  return build
    ? lookAfter({ ...passage, build }, state, found, ports)
    : faceFailure(passage, passage.refused ?? 'its build has never begun', ports);
}

/** The event that should have begun the phase was lost, or its function failed each time: this is its first try. */
async function takeUp(
  state: StateInTransit,
  former: Passage | undefined,
  found: Managed,
  ports: Needs,
): Promise<Outcome> {
  const { phase, announced } = life[state];
  const transaction = phase === 'purge' ? 'maintenance' : (former?.transaction ?? 'maintenance');
  await ports.bus.put({ label: announced, account: found.account.id });
  if (found.settings[phase].feature !== 'enabled') {
    await moveOn(state, transaction, found.account.id, ports);
    return { outcome: life[state].next, account: found.account.id };
  }
  const now = epochSeconds(ports.clock);
  const first: Passage = {
    account: found.account.id,
    transaction,
    phase,
    status: 'begun',
    transition: `sweep-${now}`,
    tries: 0,
    since: now,
    due: now,
  };
  return tryAgain(first, found, ports, former?.since ?? now - longestUnnoticedInSeconds);
}

/** Counted before it begins: a try that cannot even begin is a try all the same. */
async function tryAgain(
  former: Passage,
  found: Managed,
  ports: Needs,
  interruptedSince?: number,
): Promise<Outcome> {
  const due = epochSeconds(ports.clock) + patienceWithEventsInSeconds;
  const { refused: _, ...rest } = former;
  const passage: Passage = { ...rest, status: 'begun', tries: former.tries + 1, due };
  await ports.progress.save(passage);
  try {
    const begun = await undertake(passage, found, ports, interruptedSince);
    return { ...outcomeOf('taken up again', begun), phase: begun.phase, tries: begun.tries };
  } catch (fault) {
    await noteFault(passage, fault, ports);
    throw fault;
  }
}

const longestReason = 300;

/** People who are told that no build could begin want to know why. An account that has gone on meanwhile is left alone. */
async function noteFault(passage: Passage, fault: unknown, { progress }: Needs): Promise<void> {
  const { account, transition, tries } = passage;
  const current = await progress.find(account);
  if (current?.transition !== transition || current.tries !== tries || current.build !== undefined) return;
  const told = onOneLine(fault instanceof Error ? fault.message : String(fault));
  await progress.save({
    ...current,
    refused: shortened(`its build has never begun: ${told}`, longestReason),
  });
}
