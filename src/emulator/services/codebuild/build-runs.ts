import { AwsError } from '../../aws-error.ts';
import type { Scheduled, Work } from '../../clock.ts';
import type { Credentials, Platform } from '../../platform.ts';
import { buildArn } from './arns.ts';
import type { BuildBehaviour, BuildOutcome } from './build-behaviour.ts';
import { stateChange } from './build-event.ts';
import type { BuildRecord, Retry } from './build-record.ts';
import type { Place, StoredProject } from './places.ts';
import { assumeServiceRole } from './service-role.ts';

export interface BuildRunOptions {
  readonly behaviour: BuildBehaviour;
  /** Simulated seconds that a build takes. */
  readonly buildSeconds: number;
  /** Told of each build that begins, and again when it ends. */
  readonly observe: (build: BuildRecord) => void;
}

export interface Launch {
  readonly place: Place;
  readonly project: StoredProject;
  readonly initiator: string;
  readonly retry: Retry;
}

/** Builds under way: each lasts its simulated time, runs its behaviour and tells how it ended. */
export interface BuildRuns {
  /** Throws InvalidInputException when CodeBuild can't take on the service role. */
  launch(request: Launch): BuildRecord;
  /** The build as it is afterwards; one that has ended stays as it is. */
  stop(place: Place, build: BuildRecord): BuildRecord;
}

export function createBuildRuns(platform: Platform, options: BuildRunOptions): BuildRuns {
  const { clock } = platform;
  const due = new Map<string, Scheduled>();

  function launch({ place, project, initiator, retry }: Launch): BuildRecord {
    const { account, region } = place;
    const uuid = platform.nextId();
    const id = `${project.name}:${uuid}`;
    const credentials = assumeServiceRole(
      platform,
      place,
      { arn: project.serviceRole, project: project.arn },
      { sessionName: `AWSCodeBuild-${uuid}`, seconds: project.timeoutInMinutes * 60 },
    );
    const earlier = place.history.get(project.name) ?? [];
    const build: BuildRecord = {
      id,
      arn: buildArn(place, id),
      account,
      region,
      number: earlier.length + 1,
      project,
      initiator,
      started: clock.now(),
      retry,
    };
    place.history.set(project.name, earlier);
    earlier.push(id);
    place.active.set(project.name, activeBuilds(place, project.name) + 1);
    keep(place, build);
    schedule(place, build, credentials);
    return build;
  }

  function keep(place: Place, build: BuildRecord) {
    place.builds.set(build.id, build);
    options.observe(build);
    platform.events.accept(stateChange(build));
  }

  function schedule(place: Place, build: BuildRecord, credentials: Credentials) {
    const lasts = options.buildSeconds * 1000;
    const limit = build.project.timeoutInMinutes * 60_000;
    const task =
      lasts < limit
        ? (work: Work) => run(place, build, credentials, work)
        : () => conclude(place, build, timedOut(build));
    due.set(build.arn, clock.after(Math.min(lasts, limit), task));
  }

  async function run(place: Place, build: BuildRecord, credentials: Credentials, work: Work) {
    if (!platform.isMember(build.account)) return vanish(place, build);
    const deadline = build.started + build.project.timeoutInMinutes * 60_000;
    due.set(
      build.arn,
      clock.at(deadline, () => conclude(place, build, timedOut(build))),
    );
    const outcome = await outcomeOf(build, credentials, work);
    if (outcome !== 'vanished') conclude(place, build, outcome);
    else if (due.has(build.arn)) vanish(place, build);
  }

  async function outcomeOf(
    build: BuildRecord,
    credentials: Credentials,
    work: Work,
  ): Promise<BuildOutcome | 'vanished'> {
    const { account, region, id, arn, project } = build;
    try {
      return await options.behaviour({
        account,
        region,
        project: project.name,
        id,
        arn,
        credentials,
        work,
        environment: variablesOf(project),
        buildspec: project.source.buildspec ?? '',
      });
    } catch (fault) {
      return { status: 'FAILED', reason: fault instanceof Error ? fault.message : String(fault) };
    }
  }

  /** The first ending counts. */
  function conclude(place: Place, build: BuildRecord, outcome: BuildOutcome) {
    if (!due.has(build.arn)) return;
    if (!platform.isMember(build.account)) return vanish(place, build);
    release(place, build);
    const ended: BuildRecord = { ...build, ended: { at: clock.now(), ...outcome } };
    keep(place, ended);
    if (outcome.status === 'FAILED') tryAgain(place, ended);
  }

  /** Gone without a word, as the builds of an account that was closed meanwhile. */
  function vanish(place: Place, build: BuildRecord) {
    release(place, build);
    place.builds.delete(build.id);
  }

  function release(place: Place, { arn, project }: BuildRecord) {
    due.get(arn)?.cancel();
    due.delete(arn);
    place.active.set(project.name, activeBuilds(place, project.name) - 1);
  }

  /** CodeBuild's own retries; one that can't begin, since the role is gone, leaves the failure as it is. */
  function tryAgain(place: Place, failed: BuildRecord) {
    const { project, retry, initiator, arn } = failed;
    if (retry.number >= (project.autoRetryLimit ?? 0)) return;
    try {
      const next = launch({ place, project, initiator, retry: { number: retry.number + 1, previous: arn } });
      place.builds.set(failed.id, { ...failed, retry: { ...retry, next: next.arn } });
    } catch (refusal) {
      if (!(refusal instanceof AwsError)) throw refusal;
    }
  }

  function stop(place: Place, build: BuildRecord): BuildRecord {
    conclude(place, build, { status: 'STOPPED' });
    return place.builds.get(build.id) ?? build;
  }

  return { launch, stop };
}

/** How many builds of a project are under way. */
export const activeBuilds = (place: Place, project: string) => place.active.get(project) ?? 0;

function timedOut({ project }: BuildRecord): BuildOutcome {
  return { status: 'TIMED_OUT', reason: `Build has timed out after ${project.timeoutInMinutes} minutes` };
}

function variablesOf({ environment }: StoredProject): Record<string, string> {
  const variables = environment.environmentVariables ?? [];
  return Object.fromEntries(variables.map(({ name = '', value = '' }) => [name, value]));
}
