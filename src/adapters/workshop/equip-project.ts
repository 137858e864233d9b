import {
  BatchGetProjectsCommand,
  type CodeBuildClient,
  CreateProjectCommand,
  type CreateProjectInput,
  InvalidInputException,
  type Project as AwsProject,
  ResourceAlreadyExistsException,
  UpdateProjectCommand,
} from '@aws-sdk/client-codebuild';
import type { AccountId } from '#domain/account.ts';
import { origin, type Architecture, type Project } from '#domain/equipment.ts';
import type { Clock } from '#ports/clock.ts';

/** IAM may take some seconds until CodeBuild can assume a role that has just been made. */
const pausesForIamInMilliseconds = [2_000, 4_000, 8_000, 15_000, 30_000];

const machines = {
  arm: { type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:4.0' },
  intel: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0' },
} as const satisfies Record<Architecture, object>;

/** Creates the project, or updates what differs: a project is never deleted, so that its builds stay known. */
export async function equipProject(
  codebuild: CodeBuildClient,
  account: AccountId,
  project: Project,
  clock: Clock,
): Promise<void> {
  const wanted = inputFor(project, account);
  const { projects = [] } = await codebuild.send(new BatchGetProjectsCommand({ names: [project.name] }));
  const [found] = projects;
  if (!found) return createProject(codebuild, wanted, clock);
  if (!isAsWanted(found, wanted))
    await whenRoleIsKnown(clock, () => codebuild.send(new UpdateProjectCommand(wanted)));
}

async function createProject(
  codebuild: CodeBuildClient,
  wanted: CreateProjectInput,
  clock: Clock,
): Promise<void> {
  try {
    await whenRoleIsKnown(clock, () => codebuild.send(new CreateProjectCommand(wanted)));
  } catch (fault) {
    // Another delivery of the same event was faster.
    if (!(fault instanceof ResourceAlreadyExistsException)) throw fault;
    await codebuild.send(new UpdateProjectCommand(wanted));
  }
}

async function whenRoleIsKnown<T>(clock: Clock, run: () => Promise<T>): Promise<T> {
  for (const pause of pausesForIamInMilliseconds) {
    try {
      return await run();
    } catch (fault) {
      if (!(fault instanceof InvalidInputException) || !/AssumeRole/i.test(fault.message)) throw fault;
      await clock.sleep(pause);
    }
  }
  return run();
}

function inputFor(project: Project, account: AccountId): CreateProjectInput {
  const { name, purpose, roleName, buildspec, variables, architecture, timeoutInMinutes } = project;
  return {
    name,
    description: purpose,
    source: { type: 'NO_SOURCE', buildspec },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: {
      ...machines[architecture],
      computeType: 'BUILD_GENERAL1_SMALL',
      environmentVariables: Object.entries(variables).map(([name, value]) => ({
        name,
        value,
        type: 'PLAINTEXT',
      })),
    },
    serviceRole: `arn:aws:iam::${account}:role/${roleName}`,
    timeoutInMinutes,
    concurrentBuildLimit: 1,
    tags: [{ key: origin.key, value: origin.value }],
  };
}

function isAsWanted(found: AwsProject, wanted: CreateProjectInput): boolean {
  return (
    found.source?.buildspec === wanted.source?.buildspec &&
    found.serviceRole === wanted.serviceRole &&
    found.timeoutInMinutes === wanted.timeoutInMinutes &&
    found.concurrentBuildLimit === wanted.concurrentBuildLimit &&
    found.environment?.image === wanted.environment?.image &&
    found.environment?.type === wanted.environment?.type &&
    variablesOf(found) === variablesOf(wanted)
  );
}

const variablesOf = ({
  environment,
}: Pick<AwsProject, 'environment'> | Pick<CreateProjectInput, 'environment'>) =>
  JSON.stringify(environment?.environmentVariables?.map(({ name, value }) => [name, value]).sort());
