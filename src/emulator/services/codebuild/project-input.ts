import type {
  CreateProjectCommandInput,
  EnvironmentVariable,
  ProjectArtifacts,
  ProjectEnvironment,
  ProjectSource,
  Tag,
  UpdateProjectCommandInput,
} from '@aws-sdk/client-codebuild';
import { notImplemented } from '../../aws-error.ts';
import { invalidInput, refuseOthers, required, violation } from './refusals.ts';

type ProjectInput = CreateProjectCommandInput | UpdateProjectCommandInput;

const words = (text: string) => text.trim().split(/\s+/);

const projectMembers = new Set(
  words(`name description source artifacts environment serviceRole timeoutInMinutes queuedTimeoutInMinutes
    encryptionKey tags logsConfig concurrentBuildLimit autoRetryLimit`),
);
const sourceMembers = new Set(['type', 'buildspec']);
const artifactsMembers = new Set(['type']);
const environmentMembers = new Set(
  words('type image computeType environmentVariables privilegedMode imagePullCredentialsType'),
);
const sourceTypes = words(`NO_SOURCE CODECOMMIT CODEPIPELINE GITHUB GITLAB GITLAB_SELF_MANAGED S3 BITBUCKET
  GITHUB_ENTERPRISE`);
const environmentTypes = words(`LINUX_CONTAINER ARM_CONTAINER LINUX_GPU_CONTAINER LINUX_LAMBDA_CONTAINER
  ARM_LAMBDA_CONTAINER WINDOWS_CONTAINER WINDOWS_SERVER_2019_CONTAINER WINDOWS_SERVER_2022_CONTAINER
  LINUX_EC2 ARM_EC2 WINDOWS_EC2 MAC_ARM`);
const computeTypes = words(`BUILD_GENERAL1_SMALL BUILD_GENERAL1_MEDIUM BUILD_GENERAL1_LARGE
  BUILD_GENERAL1_XLARGE BUILD_GENERAL1_2XLARGE BUILD_LAMBDA_1GB BUILD_LAMBDA_2GB BUILD_LAMBDA_4GB
  BUILD_LAMBDA_8GB BUILD_LAMBDA_10GB`);

/** Checks what a request says of a project, as far as it says something. Throws InvalidInputException. */
export function checkProject(operation: string, input: ProjectInput) {
  refuseOthers(operation, input, projectMembers);
  if (input.source) checkSource(input.source);
  if (input.artifacts) checkArtifacts(input.artifacts);
  if (input.environment) checkEnvironment(input.environment);
  checkTimeouts(input);
  checkRange('autoRetryLimit', input.autoRetryLimit, 0, 10);
  if (input.description !== undefined && input.description.length > 255) {
    throw violation('description', input.description, 'Member must have length less than or equal to 255');
  }
  checkTags(input.tags ?? []);
  if (input.logsConfig?.s3Logs?.status === 'ENABLED') throw notImplemented('codebuild', 'logs in S3');
}

/** Throws InvalidInputException. */
export function checkProjectName(name: string | undefined): asserts name is string {
  if (name === undefined || !/^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/.test(name)) {
    const pattern = '[A-Za-z0-9][A-Za-z0-9\\-_]{1,149}';
    throw violation('name', name, `Member must satisfy regular expression pattern: ${pattern}`);
  }
}

/** Times are minutes. Throws InvalidInputException. */
export function checkTimeouts(input: {
  readonly timeoutInMinutes?: number | undefined;
  readonly queuedTimeoutInMinutes?: number | undefined;
}) {
  checkRange('timeoutInMinutes', input.timeoutInMinutes, 5, 2160);
  checkRange('queuedTimeoutInMinutes', input.queuedTimeoutInMinutes, 5, 480);
}

/** Throws InvalidInputException. */
export function checkVariables(variables: readonly EnvironmentVariable[]) {
  for (const { name, value, type } of variables) {
    required('environmentVariables.name', name || undefined);
    required('environmentVariables.value', value);
    if (type === 'PARAMETER_STORE' || type === 'SECRETS_MANAGER') {
      throw notImplemented('codebuild', `environment variables of type ${type}`);
    }
    checkOneOf('environmentVariables.type', type ?? 'PLAINTEXT', ['PLAINTEXT']);
  }
}

/** Without a source, the build specification can only stand in the project. Throws InvalidInputException. */
export function checkBuildspec(buildspec: string | undefined) {
  if (!buildspec?.trim()) {
    throw invalidInput('Invalid project source: a buildspec is required when the source type is NO_SOURCE');
  }
  if (buildspec.startsWith('arn:')) throw notImplemented('codebuild', 'a buildspec kept in S3');
}

function checkSource(source: ProjectSource) {
  checkOneOf('source.type', source.type, sourceTypes);
  if (source.type !== 'NO_SOURCE') throw notImplemented('codebuild', `the source type ${source.type}`);
  if (source.location)
    throw invalidInput('Invalid project source: source type NO_SOURCE should have null location');
  refuseOthers('source', source, sourceMembers);
  checkBuildspec(source.buildspec);
}

function checkArtifacts(artifacts: ProjectArtifacts) {
  checkOneOf('artifacts.type', artifacts.type, ['NO_ARTIFACTS', 'S3', 'CODEPIPELINE']);
  if (artifacts.type !== 'NO_ARTIFACTS') throw notImplemented('codebuild', `artifacts in ${artifacts.type}`);
  if (artifacts.location) {
    throw invalidInput('Invalid artifacts: artifact type NO_ARTIFACTS should have null location');
  }
  refuseOthers('artifacts', artifacts, artifactsMembers);
}

function checkEnvironment(environment: ProjectEnvironment) {
  refuseOthers('environment', environment, environmentMembers);
  checkOneOf('environment.type', environment.type, environmentTypes);
  checkOneOf('environment.computeType', environment.computeType, computeTypes);
  required('environment.image', environment.image || undefined);
  checkVariables(environment.environmentVariables ?? []);
}

function checkTags(tags: readonly Tag[]) {
  if (tags.length > 50)
    throw violation('tags', tags.length, 'Member must have length less than or equal to 50');
  for (const { key = '', value = '' } of tags) {
    if (key.length < 1 || key.length > 127 || value.length > 255 || /^aws:/i.test(key)) {
      throw invalidInput(`Invalid tag: ${key}`);
    }
  }
}

export function checkOneOf(member: string, value: string | undefined, allowed: readonly string[]) {
  if (value === undefined || !allowed.includes(value)) {
    throw violation(member, value, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
  }
}

function checkRange(member: string, value: number | undefined, least: number, most: number) {
  if (value === undefined) return;
  if (value < least)
    throw violation(member, value, `Member must have value greater than or equal to ${least}`);
  if (value > most) throw violation(member, value, `Member must have value less than or equal to ${most}`);
}
