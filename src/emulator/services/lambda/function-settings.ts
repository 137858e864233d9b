import { createHash } from 'node:crypto';
import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { invalidParameter } from './lambda-refusals.ts';

/** How a function is set up. */
export interface FunctionSettings {
  readonly role: string;
  readonly timeoutInSeconds: number;
  readonly memoryInMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** ARN of the queue that takes events which were given up. */
  readonly deadLetterArn: string | undefined;
  readonly code: FunctionCode;
  readonly changedAt: number;
  readonly revision: string;
  /** Members that mean nothing here, told as they were given. */
  readonly told: Pick<CreateFunctionRequest, Told>;
}

type Told = (typeof toldMembers)[number];

const toldMembers = [
  'Runtime',
  'Handler',
  'Description',
  'PackageType',
  'TracingConfig',
  'Architectures',
  'EphemeralStorage',
  'LoggingConfig',
] as const;

/** What is told of the code that was uploaded. */
export interface FunctionCode {
  readonly bytes: number;
  readonly digest: string;
  readonly location: string;
}

const readMembers = ['FunctionName', 'Role', 'Timeout', 'MemorySize', 'Environment', 'DeadLetterConfig'];
const known = new Set<string>([...toldMembers, ...readMembers, 'Code', 'Tags', 'RevisionId']);

type Request = Partial<CreateFunctionRequest> & Partial<UpdateFunctionConfigurationRequest>;

/** The settings that a request asks for; what it leaves out stays as it is. Throws InvalidParameterValueException. */
export function readSettings(
  request: Request,
  current: Omit<FunctionSettings, 'changedAt' | 'revision'>,
): Omit<FunctionSettings, 'changedAt' | 'revision'> {
  checkMembers(request);
  const deadLetters = request.DeadLetterConfig;
  const settings = {
    role: request.Role ?? current.role,
    timeoutInSeconds: request.Timeout ?? current.timeoutInSeconds,
    memoryInMegabytes: request.MemorySize ?? current.memoryInMegabytes,
    environment: request.Environment ? (request.Environment.Variables ?? {}) : current.environment,
    deadLetterArn: deadLetters ? deadLetters.TargetArn || undefined : current.deadLetterArn,
    code: current.code,
    told: { ...current.told, ...toldOf(request) },
  };
  check(settings);
  return settings;
}

function toldOf(request: Request): FunctionSettings['told'] {
  return Object.fromEntries(
    toldMembers.filter((name) => request[name] !== undefined).map((name) => [name, request[name]]),
  );
}

/** Members that would change what a function does; empty ones say that it does not. */
function checkMembers(request: Request) {
  for (const [name, value] of Object.entries(request)) {
    const isEmpty = value === false || value === '' || (Array.isArray(value) && value.length === 0);
    if (!known.has(name) && !isEmpty && !isEmptyNetwork(name, value))
      throw notImplemented('lambda', `the member ${name} of functions`);
  }
}

function isEmptyNetwork(name: string, value: unknown): boolean {
  return name === 'VpcConfig' && !/subnet-|sg-/.test(JSON.stringify(value));
}

function check(settings: Omit<FunctionSettings, 'changedAt' | 'revision'>) {
  const { role, timeoutInSeconds: timeout, memoryInMegabytes: memory, environment, deadLetterArn } = settings;
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(role)) throw constraint('role', role);
  if (timeout < 1 || timeout > 900) throw constraint('timeout', timeout);
  if (memory < 128 || memory > 10_240) throw constraint('memorySize', memory);
  if (deadLetterArn !== undefined && !deadLetterArn.startsWith('arn:aws:sqs:'))
    throw notImplemented('lambda', `dead letters to ${deadLetterArn}`);
  checkEnvironment(environment);
}

const mostEnvironmentBytes = 4096;
const reservedNames =
  /^(AWS_(REGION|DEFAULT_REGION|EXECUTION_ENV|ACCESS_KEY(_ID)?|SECRET_(ACCESS_)?KEY|SESSION_TOKEN|LAMBDA_.+)|_HANDLER|_X_AMZN_TRACE_ID|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

function checkEnvironment(environment: Readonly<Record<string, string>>) {
  const unable =
    'Lambda was unable to configure your environment variables because the environment variables you have provided';
  const reserved = Object.keys(environment).filter((name) => reservedNames.test(name));
  if (reserved.length > 0)
    throw invalidParameter(
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  if (Buffer.byteLength(JSON.stringify(environment)) > mostEnvironmentBytes)
    throw invalidParameter(`${unable} exceeded the 4KB limit.`);
}

/** In the words of AWS's check of inputs. */
export function constraint(member: string, value: unknown): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint`,
  );
}

interface CodeRequest {
  /** Base64 on the wire. */
  readonly ZipFile?: unknown;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly ImageUri?: string | undefined;
}

/** Code is known by its digest only: what a function does is plugged in by the host. */
export function readCode(request: CodeRequest = {}, region: string): FunctionCode {
  const { ZipFile: zip, S3Bucket: bucket, S3Key: key, ImageUri: image } = request;
  const bytes = typeof zip === 'string' ? Buffer.from(zip, 'base64') : undefined;
  const location = image ?? `https://s3.${region}.amazonaws.com/${bucket ?? 'snapshots'}/${key ?? ''}`;
  if (!bytes && !image && !(bucket && key))
    throw invalidParameter('Please provide a source for function code.');
  const digest = createHash('sha256')
    .update(bytes ?? location)
    .digest('base64');
  return { bytes: bytes?.byteLength ?? 0, digest, location };
}

/** The settings as clients see them. */
export function describeFunction(lambda: LambdaFunction): FunctionConfiguration {
  const { settings } = lambda;
  return {
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    TracingConfig: { Mode: 'PassThrough' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${lambda.name}` },
    Description: '',
    ...settings.told,
    FunctionName: lambda.name,
    FunctionArn: lambda.arn,
    Role: settings.role,
    CodeSize: settings.code.bytes,
    CodeSha256: settings.code.digest,
    Timeout: settings.timeoutInSeconds,
    MemorySize: settings.memoryInMegabytes,
    LastModified: lambdaTime(settings.changedAt),
    Version: '$LATEST',
    RevisionId: settings.revision,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    ...(Object.keys(settings.environment).length > 0
      ? { Environment: { Variables: { ...settings.environment } } }
      : {}),
    ...(settings.deadLetterArn === undefined
      ? {}
      : { DeadLetterConfig: { TargetArn: settings.deadLetterArn } }),
  };
}

/** Lambda writes the zone of a time without a colon. */
function lambdaTime(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000');
}
