import { withoutRoom } from '#domain/doctor/build-quota.ts';
import { equipmentForPreparation, equipmentForPurge } from '#domain/equipment.ts';
import { ProtectedAccount } from '#domain/purge/purge-configuration.ts';
import { patienceWithBuildsInSeconds, projects, type Passage, type Phase } from '#domain/lifecycle.ts';
import type { Clock } from '#ports/clock.ts';
import type { Ports } from '#ports/ports.ts';
import { BuildRoleRefused, NoRoomForBuild } from '#ports/workshop.ts';
import type { Managed } from './look-up-account.ts';

export const epochSeconds = (clock: Clock) => Math.floor(clock.now().getTime() / 1000);

/**
 * Puts in the account what its phase needs, starts the build, and remembers it. Safe to run twice: what is there is
 * left, and one try of one transition starts one build. Where the try may have been interrupted after its build had
 * started, `since` (epoch seconds) is when that was at the earliest: such a build is taken over.
 */
export async function undertake(
  passage: Passage,
  found: Managed,
  ports: Ports<'settings' | 'workshop' | 'progress'>,
  since?: number,
): Promise<Passage> {
  const { account, phase } = passage;
  const { workshop, progress, clock } = ports;
  const now = epochSeconds(clock);
  const earlier =
    since === undefined ? undefined : await workshop.begunSince(account, projects[phase], since);
  const begun: Passage = {
    ...passage,
    status: 'begun',
    // The end of a build that is taken over may have been told already: the next sweep looks at it.
    ...(earlier ? { build: earlier, due: now } : await start(passage, found, ports, now)),
  };
  await progress.save(begun);
  return begun;
}

/** What a function tells of a try that it has undertaken. */
export const outcomeOf = (words: string, { account, build, refused }: Passage) =>
  refused === undefined
    ? { outcome: words, account, build }
    : { outcome: 'no build begun', account, reason: refused };

type Started = Pick<Passage, 'build' | 'refused' | 'due'>;

/** A build that has no room is a try that has failed: to ask again at once would not help, so the next sweep faces it. */
async function start(
  passage: Passage,
  found: Managed,
  ports: Ports<'settings' | 'workshop'>,
  now: number,
): Promise<Started> {
  try {
    return { build: await startBuild(passage, found, ports), due: now + patienceWithBuildsInSeconds };
  } catch (fault) {
    if (!(fault instanceof NoRoomForBuild)) throw fault;
    return { refused: withoutRoom(ports.central.architecture), due: now };
  }
}

async function startBuild(
  { account, phase, transition, tries }: Passage,
  found: Managed,
  ports: Ports<'settings' | 'workshop'>,
): Promise<string> {
  const begin = async (thoroughly: boolean) => {
    await furnish(phase, found, ports, { thoroughly });
    return ports.workshop.start(account, projects[phase], `${transition}-${phase}-${tries}`);
  };
  try {
    return await begin(tries > 1);
  } catch (fault) {
    if (!(fault instanceof BuildRoleRefused)) throw fault;
    // Nobody looks at the role as long as builds start.
    return begin(true);
  }
}

/** Puts in the account what a phase needs, after a last look at whether the account may be touched at all. */
export async function furnish(
  phase: Phase,
  { account, settings, book }: Managed,
  { settings: source, workshop, central }: Ports<'settings' | 'workshop'>,
  options: { readonly thoroughly: boolean },
): Promise<void> {
  const neverPurged = [...book.protectedAccounts, book.automationAccount];
  const refused = phase === 'purge' ? neverPurged : book.protectedAccounts;
  if (refused.includes(account.id)) throw new ProtectedAccount(account.id);
  const buildspec = await source.buildspec(phase);
  const { variables } = settings[phase];
  const order = { account, central, buildspec, variables, asAdministrator: book.preparesAsAdministrator };
  const equipment =
    phase === 'preparation' ? equipmentForPreparation(order) : equipmentForPurge(order, neverPurged);
  await workshop.equip(account.id, equipment, options);
}

/** Whether a build is still at work: the one on record may have ended without this being noted. */
export async function isAtWork(
  { account, build }: Passage,
  { workshop }: Ports<'workshop'>,
): Promise<boolean> {
  return build !== undefined && (await workshop.statusOf(account, build)) === 'IN_PROGRESS';
}
