import {
  AccountLimitExceededException,
  BatchGetBuildsCommand,
  type Build,
  type CodeBuildClient,
  ListBuildsForProjectCommand,
  ResourceNotFoundException,
  StartBuildCommand,
} from '@aws-sdk/client-codebuild';
import { BuildRoleRefused, NoRoomForBuild, type BuildStatus } from '#ports/workshop.ts';
import { isRoleRefused } from './role-refused.ts';

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
