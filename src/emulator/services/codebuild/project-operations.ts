import type {
  BatchGetProjectsCommandInput,
  BatchGetProjectsCommandOutput,
  CreateProjectCommandInput,
  CreateProjectCommandOutput,
  DeleteProjectCommandInput,
  EnvironmentVariable,
  ListProjectsCommandInput,
  ListProjectsCommandOutput,
  ProjectEnvironment,
  UpdateProjectCommandInput,
  UpdateProjectCommandOutput,
} from '@aws-sdk/client-codebuild';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { projectArn, projectNameIn } from './arns.ts';
import type { Place, PlaceOf, StoredProject } from './places.ts';
import { checkOneOf, checkProject, checkProjectName } from './project-input.ts';
import { invalidInput, projectNotFound, required, violation } from './refusals.ts';
import { createSharedSources } from './shared-source.ts';
import { checkPassedRole } from './service-role.ts';

type Output<T> = Omit<T, '$metadata'>;

const mostPerBatch = 100;
export const pageSize = 100;

/** Projects: made, changed, deleted, looked at. */
export function projectOperations(platform: Platform, placeOf: PlaceOf) {
  const now = () => new Date(platform.clock.now());
  const shared = createSharedSources();

  function createProject(input: CreateProjectCommandInput, call: Call): Output<CreateProjectCommandOutput> {
    const place = placeOf(call);
    const { name } = input;
    checkProjectName(name);
    checkProject('CreateProject', input);
    checkConcurrency(input.concurrentBuildLimit);
    const arn = projectArn(place, name);
    if (place.projects.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Project already exists: ${arn}`);
    }
    const project: StoredProject = {
      ...optional(input, initial(place)),
      name,
      arn,
      source: shared(required('source', input.source)),
      artifacts: required('artifacts', input.artifacts),
      environment: completeEnvironment(required('environment', input.environment)),
      serviceRole: required('serviceRole', input.serviceRole),
      created: now(),
      lastModified: now(),
      concurrentBuildLimit: input.concurrentBuildLimit,
      cache: { type: 'NO_CACHE' },
      badge: { badgeEnabled: false },
      projectVisibility: 'PRIVATE',
    };
    checkPassedRole(platform, call, place, { arn: project.serviceRole, project: arn });
    place.projects.set(name, project);
    return { project };
  }

  function updateProject(input: UpdateProjectCommandInput, call: Call): Output<UpdateProjectCommandOutput> {
    const place = placeOf(call);
    const project = projectIn(place, input.name);
    checkProject('UpdateProject', input);
    const { source, artifacts, environment, serviceRole, concurrentBuildLimit } = input;
    const unlimited = concurrentBuildLimit === -1;
    if (!unlimited) checkConcurrency(concurrentBuildLimit);
    if (serviceRole !== undefined) {
      checkPassedRole(platform, call, place, { arn: serviceRole, project: project.arn });
    }
    const changed: StoredProject = {
      ...project,
      ...optional(input, project),
      source: source ? shared(source) : project.source,
      artifacts: artifacts ?? project.artifacts,
      environment: environment ? completeEnvironment(environment) : project.environment,
      serviceRole: serviceRole ?? project.serviceRole,
      concurrentBuildLimit: unlimited ? undefined : (concurrentBuildLimit ?? project.concurrentBuildLimit),
      lastModified: now(),
    };
    place.projects.set(project.name, changed);
    return { project: changed };
  }

  /** A project that is not there is deleted all the same; builds outlive their project. */
  function deleteProject(input: DeleteProjectCommandInput, call: Call) {
    const place = placeOf(call);
    place.projects.delete(projectNameIn(place, input.name ?? ''));
    return {};
  }

  function batchGetProjects(
    input: BatchGetProjectsCommandInput,
    call: Call,
  ): Output<BatchGetProjectsCommandOutput> {
    const place = placeOf(call);
    const names = checkBatch('names', input.names);
    const found = names.map((name) => place.projects.get(projectNameIn(place, name)));
    return {
      projects: found.filter((project) => project !== undefined),
      projectsNotFound: names.filter((_, index) => found[index] === undefined),
    };
  }

  function listProjects(input: ListProjectsCommandInput, call: Call): Output<ListProjectsCommandOutput> {
    const { sortBy = 'NAME', sortOrder = 'ASCENDING' } = input;
    checkOneOf('sortBy', sortBy, ['NAME', 'CREATED_TIME', 'LAST_MODIFIED_TIME']);
    checkOneOf('sortOrder', sortOrder, ['ASCENDING', 'DESCENDING']);
    const names = [...placeOf(call).projects.values()].sort(orders[sortBy]).map(({ name }) => name);
    if (sortOrder === 'DESCENDING') names.reverse();
    const page = pageOf(names, input.nextToken, pageSize, invalidToken());
    return { projects: [...page.items], nextToken: page.next };
  }

  return {
    CreateProject: createProject,
    UpdateProject: updateProject,
    DeleteProject: deleteProject,
    BatchGetProjects: batchGetProjects,
    ListProjects: listProjects,
  };
}

/** Throws ResourceNotFoundException. */
export function projectIn(place: Place, nameOrArn: string | undefined): StoredProject {
  const name = projectNameIn(place, nameOrArn ?? '');
  const project = place.projects.get(name);
  if (!project) throw projectNotFound(projectArn(place, name));
  return project;
}

export const invalidToken = () => invalidInput('Invalid next token');

/** Throws InvalidInputException when there are no names, or more than one call may ask for. */
export function checkBatch(member: string, names: readonly string[] | undefined): readonly string[] {
  const list = required(member, names);
  if (list.length === 0) throw violation(member, '[]', 'Member must have length greater than or equal to 1');
  if (list.length > mostPerBatch) {
    const constraint = `Member must have length less than or equal to ${mostPerBatch}`;
    throw violation(member, `[${list.join(', ')}]`, constraint);
  }
  return list;
}

type Optional = Pick<
  StoredProject,
  | 'description'
  | 'timeoutInMinutes'
  | 'queuedTimeoutInMinutes'
  | 'encryptionKey'
  | 'tags'
  | 'logsConfig'
  | 'autoRetryLimit'
>;

/** What a request says of these members, and what stands where it says nothing. */
function optional(input: Omit<UpdateProjectCommandInput, 'name'>, base: Optional): Optional {
  return {
    description: input.description ?? base.description,
    timeoutInMinutes: input.timeoutInMinutes ?? base.timeoutInMinutes,
    queuedTimeoutInMinutes: input.queuedTimeoutInMinutes ?? base.queuedTimeoutInMinutes,
    encryptionKey: input.encryptionKey ?? base.encryptionKey,
    tags: input.tags ?? base.tags,
    logsConfig: input.logsConfig ?? base.logsConfig,
    autoRetryLimit: input.autoRetryLimit ?? base.autoRetryLimit,
  };
}

function initial({ account, region }: Place): Optional {
  return {
    timeoutInMinutes: 60,
    queuedTimeoutInMinutes: 480,
    encryptionKey: `arn:aws:kms:${region}:${account}:alias/aws/s3`,
    tags: [],
  };
}

function completeEnvironment(environment: ProjectEnvironment): ProjectEnvironment {
  return {
    privilegedMode: false,
    imagePullCredentialsType: 'CODEBUILD',
    ...environment,
    environmentVariables: (environment.environmentVariables ?? []).map(plainText),
  };
}

export function plainText({ name, value }: EnvironmentVariable): EnvironmentVariable {
  return { name, value, type: 'PLAINTEXT' };
}

function checkConcurrency(limit: number | undefined) {
  if (limit !== undefined && limit < 1) {
    throw violation('concurrentBuildLimit', limit, 'Member must have value greater than or equal to 1');
  }
}

const orders: Readonly<Record<string, (a: StoredProject, b: StoredProject) => number>> = {
  NAME: (a, b) => (a.name < b.name ? -1 : 1),
  CREATED_TIME: (a, b) => a.created.getTime() - b.created.getTime(),
  LAST_MODIFIED_TIME: (a, b) => a.lastModified.getTime() - b.lastModified.getTime(),
};
