import type {
  BatchGetBuildsCommandInput,
  BatchGetBuildsCommandOutput,
  EnvironmentVariable,
  ListBuildsCommandInput,
  ListBuildsCommandOutput,
  ListBuildsForProjectCommandInput,
  RetryBuildCommandInput,
  RetryBuildCommandOutput,
  StartBuildCommandInput,
  StartBuildCommandOutput,
  StopBuildCommandInput,
  StopBuildCommandOutput,
} from '@aws-sdk/client-codebuild';
import type { AccountId } from '#domain/account.ts';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call, Caller } from '../../service.ts';
import { buildArn, buildIdIn } from './arns.ts';
import { describeBuild, type BuildRecord } from './build-record.ts';
import { activeBuilds, type BuildRuns } from './build-runs.ts';
import type { Place, PlaceOf, StoredProject } from './places.ts';
import { checkBuildspec, checkOneOf, checkTimeouts, checkVariables } from './project-input.ts';
import { checkBatch, invalidToken, pageSize, plainText, projectIn } from './project-operations.ts';
import { invalidInput, limitExceeded, refuseOthers } from './refusals.ts';

type Output<T> = Omit<T, '$metadata'>;

const startMembers = new Set([
  'projectName',
  'idempotencyToken',
  'environmentVariablesOverride',
  'buildspecOverride',
  'timeoutInMinutesOverride',
  'queuedTimeoutInMinutesOverride',
]);

/** How many builds an account may have under way at once in a region, on machines of a type (`LINUX_CONTAINER`, …). */
export type ConcurrencyQuota = (
  place: { readonly account: AccountId; readonly region: string },
  machine: string,
) => number;

/** Builds: started, stopped, retried, looked at. `quotaOf` tells how many an account may have under way in a region. */
export function buildOperations(
  platform: Platform,
  placeOf: PlaceOf,
  runs: BuildRuns,
  quotaOf: ConcurrencyQuota,
) {
  const described = (build: BuildRecord) => describeBuild(build, platform.clock.now());

  function startBuild(input: StartBuildCommandInput, call: Call): Output<StartBuildCommandOutput> {
    const place = placeOf(call);
    refuseOthers('StartBuild', input, startMembers);
    const project = overridden(projectIn(place, input.projectName), input);
    return once(place, call, input, project);
  }

  function retryBuild(input: RetryBuildCommandInput, call: Call): Output<RetryBuildCommandOutput> {
    const place = placeOf(call);
    const { project } = buildIn(place, input.id);
    projectIn(place, project.name);
    return once(place, call, input, project);
  }

  /** A request that comes again with its token is answered with the build that its first copy started. */
  function once(
    place: Place,
    call: Call,
    input: StartBuildCommandInput | RetryBuildCommandInput,
    project: StoredProject,
  ) {
    const { idempotencyToken: token, ...request } = input;
    const known = place.builds.get(place.idempotency.recall(token, request) ?? '');
    if (known) return { build: described(known) };
    checkCapacity(place, project);
    const build = runs.launch({ place, project, initiator: initiatorOf(call.caller), retry: { number: 0 } });
    place.idempotency.remember(token, request, build.id);
    return { build: described(build) };
  }

  function checkCapacity(place: Place, { name, concurrentBuildLimit, environment }: StoredProject) {
    const quota = quotaOf(place, environment.type ?? '');
    const underWay = [...place.active.values()].reduce((sum, count) => sum + count, 0);
    if (underWay >= quota) {
      throw limitExceeded(`Cannot have more than ${quota} builds in queue for the account`);
    }
    if (concurrentBuildLimit !== undefined && activeBuilds(place, name) >= concurrentBuildLimit) {
      throw limitExceeded(`Cannot have more than ${concurrentBuildLimit} active builds for the project`);
    }
  }

  function stopBuild(input: StopBuildCommandInput, call: Call): Output<StopBuildCommandOutput> {
    const place = placeOf(call);
    return { build: described(runs.stop(place, buildIn(place, input.id))) };
  }

  function batchGetBuilds(
    input: BatchGetBuildsCommandInput,
    call: Call,
  ): Output<BatchGetBuildsCommandOutput> {
    const place = placeOf(call);
    const ids = checkBatch('ids', input.ids);
    const found = ids.map((id) => place.builds.get(checkedId(place, id)));
    return {
      builds: found.filter((build) => build !== undefined).map(described),
      buildsNotFound: ids.filter((_, index) => found[index] === undefined),
    };
  }

  function listBuildsForProject(input: ListBuildsForProjectCommandInput, call: Call) {
    const place = placeOf(call);
    const { name } = projectIn(place, input.projectName);
    const ids = place.history.get(name) ?? [];
    return page(
      ids.filter((id) => place.builds.has(id)),
      input,
    );
  }

  function listBuilds(input: ListBuildsCommandInput, call: Call) {
    return page([...placeOf(call).builds.keys()], input);
  }

  return {
    StartBuild: startBuild,
    RetryBuild: retryBuild,
    StopBuild: stopBuild,
    BatchGetBuilds: batchGetBuilds,
    ListBuildsForProject: listBuildsForProject,
    ListBuilds: listBuilds,
  };
}

/** The newest first, unless the other order is wanted. */
function page(
  oldestFirst: readonly string[],
  { sortOrder = 'DESCENDING', nextToken }: ListBuildsCommandInput,
): Output<ListBuildsCommandOutput> {
  checkOneOf('sortOrder', sortOrder, ['ASCENDING', 'DESCENDING']);
  const ids = sortOrder === 'ASCENDING' ? oldestFirst : oldestFirst.toReversed();
  const { items, next } = pageOf(ids, nextToken, pageSize, invalidToken());
  return { ids: [...items], nextToken: next };
}

function overridden(project: StoredProject, input: StartBuildCommandInput): StoredProject {
  const timeouts = {
    timeoutInMinutes: input.timeoutInMinutesOverride ?? project.timeoutInMinutes,
    queuedTimeoutInMinutes: input.queuedTimeoutInMinutesOverride ?? project.queuedTimeoutInMinutes,
  };
  checkTimeouts(timeouts);
  const buildspec = input.buildspecOverride || project.source.buildspec;
  checkBuildspec(buildspec);
  const { environmentVariables = [] } = project.environment;
  return {
    ...project,
    ...timeouts,
    source: { ...project.source, buildspec },
    environment: {
      ...project.environment,
      environmentVariables: overlaid(environmentVariables, input.environmentVariablesOverride ?? []),
    },
  };
}

function overlaid(variables: readonly EnvironmentVariable[], overrides: readonly EnvironmentVariable[]) {
  checkVariables(overrides);
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  for (const variable of overrides) byName.set(variable.name, plainText(variable));
  return [...byName.values()];
}

function buildIn(place: Place, idOrArn: string | undefined): BuildRecord {
  const id = checkedId(place, idOrArn ?? '');
  const build = place.builds.get(id);
  if (!build) throw new AwsError('ResourceNotFoundException', `Build ${buildArn(place, id)} does not exist`);
  return build;
}

function checkedId(place: Place, idOrArn: string): string {
  const id = buildIdIn(place, idOrArn);
  if (!id.includes(':')) throw invalidInput('Invalid build ID provided');
  return id;
}

/** `role/session` of a role's session, else the name of the user. */
function initiatorOf({ arn }: Caller): string {
  const [kind, ...rest] = arn.slice(arn.lastIndexOf(':') + 1).split('/');
  return kind === 'assumed-role' ? rest.join('/') : (rest.at(-1) ?? arn);
}
