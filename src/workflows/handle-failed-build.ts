import { stateOfPhase } from '#domain/lifecycle.ts';
import type { BuildEnded } from '#events/build-ended.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { prepareAgain } from './conclude-build.ts';
import { faceFailure } from './face-failure.ts';
import { isLeftAlone, lookUp, overtaken } from './look-up-account.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'workshop' | 'progress' | 'errands' | 'buildReports'>;

/** A build that has failed, been stopped or timed out is a failed try of its account. */
export async function handleFailedBuild(ended: BuildEnded, ports: Needs): Promise<Outcome> {
  const { account: id, phase, build, status } = ended;
  const found = await lookUp(id, ports);
  if (isLeftAlone(found)) return found;
  const passage = await ports.progress.find(id);
  if (!passage || passage.build !== build) return { outcome: 'not our build', account: id, build };
  if (passage.again && found.account.state === 'assigned') return prepareAgain(passage, ports);
  if (found.account.state !== stateOfPhase(phase)) return overtaken(found.account);
  return faceFailure(passage, `its build ended as ${status}`, ports);
}
