import type { Build } from '@aws-sdk/client-codebuild';
import type { AccountId } from '#domain/account.ts';
import { logsOf } from './build-logs.ts';
import { currentPhaseOf, phasesOf } from './build-phases.ts';
import type { StoredProject } from './places.ts';

export type FinalStatus = 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMED_OUT' | 'FAULT';

export interface Ending {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly status: FinalStatus;
  readonly reason?: string | undefined;
}

/** What CodeBuild remembers of a build; it is replaced when the build ends. */
export interface BuildRecord {
  readonly id: string;
  readonly arn: string;
  readonly account: AccountId;
  readonly region: string;
  readonly number: number;
  /** The project as it was at the start, with what this build overrides. */
  readonly project: StoredProject;
  readonly initiator: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly ended?: Ending;
  readonly retry: Retry;
}

/** Where a build stands among those that CodeBuild starts by itself after a failure. */
export interface Retry {
  readonly number: number;
  readonly previous?: string;
  readonly next?: string;
}

/** The build as the API shows it at a time (milliseconds). */
export function describeBuild(build: BuildRecord, now: number): Build {
  const { project, ended, retry } = build;
  return {
    id: build.id,
    arn: build.arn,
    buildNumber: build.number,
    projectName: project.name,
    startTime: new Date(build.started),
    endTime: ended && new Date(ended.at),
    currentPhase: currentPhaseOf(build, now),
    buildStatus: ended?.status ?? 'IN_PROGRESS',
    phases: phasesOf(build, now),
    source: project.source,
    secondarySources: [],
    secondarySourceVersions: [],
    artifacts: { location: '' },
    secondaryArtifacts: [],
    cache: { type: 'NO_CACHE' },
    environment: project.environment,
    serviceRole: project.serviceRole,
    encryptionKey: project.encryptionKey,
    logs: logsOf(build),
    timeoutInMinutes: project.timeoutInMinutes,
    queuedTimeoutInMinutes: project.queuedTimeoutInMinutes,
    buildComplete: ended !== undefined,
    initiator: build.initiator,
    autoRetryConfig: autoRetryOf(project, retry),
  };
}

function autoRetryOf({ autoRetryLimit }: StoredProject, { number, next, previous }: Retry) {
  if (!autoRetryLimit) return undefined;
  return { autoRetryLimit, autoRetryNumber: number, nextAutoRetry: next, previousAutoRetry: previous };
}
