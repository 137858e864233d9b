import type { Platform } from '../../platform.ts';
import type { Service } from '../../service.ts';
import { access } from './access.ts';
import type { BuildBehaviour } from './build-behaviour.ts';
import { buildOperations, type ConcurrencyQuota } from './build-operations.ts';
import type { BuildRecord } from './build-record.ts';
import { createBuildRuns } from './build-runs.ts';
import { createPlaces } from './places.ts';
import { projectOperations } from './project-operations.ts';

export interface CodeBuildOptions {
  readonly behaviour: BuildBehaviour;
  /** Simulated seconds that a build takes: 60 unless set, 0 allowed. */
  readonly buildSeconds?: number;
  /** Builds that an account may have under way at once: AWS gives 60, to new accounts 1 or none. */
  readonly concurrencyQuota?: ConcurrencyQuota;
  /** Told of each build that begins, and again when it ends. */
  readonly observe?: (build: BuildRecord) => void;
}

/** AWS CodeBuild: projects without a source, and builds that take simulated time and tell of it by events. */
export function createCodeBuild(
  platform: Platform,
  options: CodeBuildOptions,
): { readonly service: Service } {
  const { behaviour, buildSeconds = 60, concurrencyQuota = () => 60, observe = () => {} } = options;
  const placeOf = createPlaces(() => platform.clock.now());
  const runs = createBuildRuns(platform, { behaviour, buildSeconds, observe });
  return {
    service: {
      name: 'codebuild',
      protocol: { kind: 'json', version: '1.1', target: 'CodeBuild_20161006' },
      operations: {
        ...projectOperations(platform, placeOf),
        ...buildOperations(platform, placeOf, runs, concurrencyQuota),
      },
      access,
    },
  };
}
