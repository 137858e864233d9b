import type { BuildRun } from '#emulator/services/codebuild/build-behaviour.ts';
import type { FinalStatus } from '#emulator/services/codebuild/build-record.ts';
import type { BuildFault } from './fault-plan.ts';
import { concerns, createLots, type Draw } from './lots.ts';

const endings = { failed: 'FAILED', stopped: 'STOPPED', vanished: 'vanished' } as const;

/** How a build ends that is struck, before it has done anything; undefined lets it run. */
export function createBuildFaults(
  faults: readonly BuildFault[],
  draw: Draw,
): (run: BuildRun) => FinalStatus | 'vanished' | undefined {
  const lots = createLots(faults, 'builds', draw);
  return (run) => {
    const [struck] = lots.strike(
      ({ project, account }) => concerns(project, run.project) && concerns(account, run.account),
    );
    return struck && endings[struck.fault];
  };
}
