import type { AccountId } from '#domain/account.ts';
import type { Work } from '../../clock.ts';
import type { Credentials } from '../../platform.ts';
import type { FinalStatus } from './build-record.ts';

/** A build as whoever plays its commands sees it. */
export interface BuildRun {
  readonly account: AccountId;
  readonly region: string;
  readonly project: string;
  readonly id: string;
  readonly arn: string;
  /** Variables of the project, overlaid by those of this build. */
  readonly environment: Readonly<Record<string, string>>;
  readonly buildspec: string;
  /** Of the service role, good for as long as the build may take. */
  readonly credentials: Credentials;
  readonly work: Work;
}

export interface BuildOutcome {
  readonly status: FinalStatus;
  readonly reason?: string;
}

/**
 * What the commands of a build do, once its time has passed. A behaviour that throws makes the build fail; one that has
 * vanished is known to nobody any more, and nothing tells of it.
 */
export type BuildBehaviour = (build: BuildRun) => Promise<BuildOutcome | 'vanished'>;
