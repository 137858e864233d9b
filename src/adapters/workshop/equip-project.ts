import {
  BatchGetProjectsCommand,
  type CodeBuildClient,
  CreateProjectCommand,
  type CreateProjectInput,
  type Project as AwsProject,
  ResourceAlreadyExistsException,
  UpdateProjectCommand,
} from '@aws-sdk/client-codebuild';
import type { AccountId } from '#domain/account.ts';
import { origin, type Architecture, type Project } from '#domain/equipment.ts';
import type { Clock } from '#ports/clock.ts';
import { BuildRoleRefused } from '#ports/workshop.ts';
import { isRoleRefused } from './role-refused.ts';

/** IAM may take some seconds until CodeBuild can assume a role that has just been made. */
const pausesForIamInMilliseconds = [2_000, 4_000, 8_000, 15_000, 30_000];

const machines = {
  arm: { type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:4.0' },
  intel: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0' },
} as const satisfies Record<Architecture, object>;

/** Tag that tells from which description all that a project relies on was made, so that one read shows what has changed. */
const markKey = 'fingerprint';

/** How a project is to be, and what is known of the account it is for. */
export interface ProjectOrder {
  readonly project: Project;
  readonly account: AccountId;
  /** Undefined when there is none yet. */
  readonly found: AwsProject | undefined;
  /** Written with the project, after all else is in place. */
  readonly mark: string;
  /** Whether the mark that was found counts: the role has not been looked at then. */
  readonly isBelieved: boolean;
}

export async function findProject(codebuild: CodeBuildClient, name: string): Promise<AwsProject | undefined> {
  const { projects = [] } = await codebuild.send(new BatchGetProjectsCommand({ names: [name] }));
  return projects[0];
}

export const bearsMark = (found: AwsProject | undefined, mark: string): boolean =>
  found?.tags?.some(({ key, value }) => key === markKey && value === mark) ?? false;

/**
 * Creates the project, or updates what differs: a project is never deleted, so that its builds stay known. Throws
 * BuildRoleRefused.
 */
export async function equipProject(
  codebuild: CodeBuildClient,
  order: ProjectOrder,
  clock: Clock,
): Promise<void> {
  const { found, isBelieved } = order;
  const wanted = inputFor(order);
  if (!found) return createProject(codebuild, wanted, clock);
  if (!isBelieved) {
    await whenRoleIsKnown(clock, () => codebuild.send(new UpdateProjectCommand(wanted)));
  } else if (!isAsWanted(found, wanted)) {
    await unlessRoleIsRefused(wanted, () => codebuild.send(new UpdateProjectCommand(wanted)));
  }
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
      if (!isRoleRefused(fault)) throw fault;
      await clock.sleep(pause);
    }
  }
  return run();
}

async function unlessRoleIsRefused<T>({ name = '' }: CreateProjectInput, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (fault) {
    throw isRoleRefused(fault) ? new BuildRoleRefused(name, fault) : fault;
  }
}

function inputFor({ project, account, found, mark }: ProjectOrder): CreateProjectInput {
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
    tags: tagsWith(found, mark),
  };
}

/** An update replaces all tags: those that people have put there are kept. */
function tagsWith(found: AwsProject | undefined, mark: string) {
  const ours = [
    { key: origin.key, value: origin.value },
    { key: markKey, value: mark },
  ];
  const theirs = (found?.tags ?? []).filter(({ key }) => !ours.some((one) => one.key === key));
  return [...theirs, ...ours];
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
