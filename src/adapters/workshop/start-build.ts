import {
  AccountLimitExceededException,
  BatchGetBuildsCommand,
  type Build,
  type CodeBuildClient,
  ListBuildsForProjectCommand,
  ResourceNotFoundException,
  StartBuildCommand,
} from '@aws-sdk/client-codebuild';
import { BuildRoleRefused, type BuildStatus } from '#ports/workshop.ts';
import { isRoleRefused } from './role-refused.ts';

export class NoRoomForBuild extends Error {
  override readonly name = 'NoRoomForBuild';
  readonly project: string;
  constructor(project: string, cause: unknown) {
    super(
      `no build of ${project} can start: the account's quota of concurrent CodeBuild builds is exhausted, or 0 as in some new accounts; request an increase of quota L-9D07B6EF`,
      { cause },
    );
    this.project = project;
  }
}

/** Starts a build, or takes over the one that runs: a project runs one at a time. Gives the ARN. Throws NoRoomForBuild, BuildRoleRefused. */
export async function startBuild(
  codebuild: CodeBuildClient,
  project: string,
  token: string,
): Promise<string> {
  try {
    const { build } = await codebuild.send(
      new StartBuildCommand({ projectName: project, idempotencyToken: token }),
    );
    return build?.arn ?? '';
  } catch (fault) {
    if (isRoleRefused(fault)) throw new BuildRoleRefused(project, fault);
    if (!(fault instanceof AccountLimitExceededException)) throw fault;
    const latest = await latestBuild(codebuild, project);
    if (!latest?.arn || latest.buildStatus !== 'IN_PROGRESS') throw new NoRoomForBuild(project, fault);
    return latest.arn;
  }
}

/** Undefined where no build has begun since that moment (epoch seconds), or where there is no such project. */
export async function begunSince(
  codebuild: CodeBuildClient,
  project: string,
  moment: number,
): Promise<string | undefined> {
  try {
    const latest = await latestBuild(codebuild, project);
    return (latest?.startTime?.getTime() ?? 0) >= moment * 1000 ? latest?.arn : undefined;
  } catch (fault) {
    if (fault instanceof ResourceNotFoundException) return undefined;
    throw fault;
  }
}

async function latestBuild(codebuild: CodeBuildClient, projectName: string): Promise<Build | undefined> {
  const { ids = [] } = await codebuild.send(
    new ListBuildsForProjectCommand({ projectName, sortOrder: 'DESCENDING' }),
  );
  const [latest] = ids;
  if (!latest) return undefined;
  const { builds = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids: [latest] }));
  return builds[0];
}

/** Undefined when the account knows no such build. */
export async function statusOf(codebuild: CodeBuildClient, arn: string): Promise<BuildStatus | undefined> {
  const { builds = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids: [arn] }));
  return builds[0]?.buildStatus;
}
