import type {
  CreateFunctionRequest,
  DeleteFunctionRequest,
  GetFunctionRequest,
  GetFunctionResponse,
  ListFunctionsRequest,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { AwsError, notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import type { Concurrency } from './concurrency.ts';
import {
  constraint,
  describeFunction,
  readCode,
  readSettings,
  type FunctionSettings,
} from './function-settings.ts';
import type { Functions } from './functions.ts';
import { canAssume, functionArn, lambdaService, type LambdaFunction } from './lambda-function.ts';
import { conflict, invalidParameter } from './lambda-refusals.ts';

const mostOnAPage = 50;

/** Functions: what they are called, how they are set up. `onCreated` hears of each one that has come. */
export function functionOperations(
  platform: Platform,
  functions: Functions,
  concurrency: Concurrency,
  onCreated: (functionArn: string) => void,
) {
  const { clock } = platform;
  const stamp = () => ({ changedAt: clock.now(), revision: platform.nextId() });

  function change(
    lambda: LambdaFunction,
    input: { RevisionId?: string | undefined },
    settings: Partial<FunctionSettings>,
  ) {
    if (input.RevisionId !== undefined && input.RevisionId !== lambda.settings.revision)
      throw new AwsError(
        'PreconditionFailedException',
        'The Revision Id provided does not match the latest Revision Id.',
        412,
      );
    lambda.settings = { ...lambda.settings, ...settings, ...stamp() };
    return describeFunction(lambda);
  }

  /** Whoever gives a role to a function must be allowed to, and Lambda must be let in to the role. */
  function checkRole(role: string, call: Call) {
    const context = { 'iam:PassedToService': lambdaService };
    platform.identity.authorize(call.caller, { action: 'iam:PassRole', resource: role, context });
    if (role.split(':')[4] !== call.account)
      throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', 403);
    if (!canAssume(platform, role, call.account))
      throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
  }

  return {
    CreateFunction(input: CreateFunctionRequest, call: Call) {
      const { FunctionName: name = '', Role: role = '', Tags: tags = {} } = input;
      if (!/^[\w-]{1,64}$/.test(name)) throw constraint('functionName', name);
      const arn = functionArn(call, name);
      if (functions.find(arn)) throw conflict(`Function already exist: ${name}`);
      const code = readCode(input.Code, call.region);
      const settings = readSettings(input, { ...unset, role, code });
      checkRole(role, call);
      const lambda: LambdaFunction = {
        account: call.account,
        region: call.region,
        name,
        arn,
        tags: new Map(Object.entries(tags)),
        settings: { ...settings, ...stamp() },
        statements: new Map(),
        policy: undefined,
        reservedConcurrency: undefined,
        asynchronous: undefined,
        url: undefined,
      };
      functions.put(lambda);
      onCreated(arn);
      return describeFunction(lambda);
    },
    GetFunction({ FunctionName, Qualifier }: GetFunctionRequest, call: Call): GetFunctionResponse {
      const lambda = functions.get(call, FunctionName, Qualifier);
      const { tags, reservedConcurrency: reserved, settings } = lambda;
      return {
        Configuration: describeFunction(lambda),
        Code: { RepositoryType: 'S3', Location: settings.code.location },
        ...(tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {}),
        ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
      };
    },
    GetFunctionConfiguration({ FunctionName, Qualifier }: GetFunctionRequest, call: Call) {
      return describeFunction(functions.get(call, FunctionName, Qualifier));
    },
    ListFunctions({ Marker, MaxItems, MasterRegion }: ListFunctionsRequest, call: Call) {
      if (MasterRegion !== undefined) throw notImplemented('lambda', 'the region of Lambda@Edge');
      const size = Math.min(MaxItems ?? mostOnAPage, mostOnAPage);
      const page = pageOf(functions.list(call), Marker, size, invalidParameter('Invalid Marker'));
      return { Functions: page.items.map(describeFunction), NextMarker: page.next };
    },
    UpdateFunctionCode(input: UpdateFunctionCodeRequest, call: Call) {
      const lambda = functions.get(call, input.FunctionName);
      if (input.Publish === true) throw notImplemented('lambda', 'versions of functions');
      const code = readCode(input, call.region);
      return input.DryRun === true ? describeFunction(lambda) : change(lambda, input, { code });
    },
    UpdateFunctionConfiguration(input: UpdateFunctionConfigurationRequest, call: Call) {
      const lambda = functions.get(call, input.FunctionName);
      const settings = readSettings(input, lambda.settings);
      if (input.Role !== undefined) checkRole(settings.role, call);
      return change(lambda, input, settings);
    },
    DeleteFunction({ FunctionName, Qualifier }: DeleteFunctionRequest, call: Call) {
      const lambda = functions.get(call, FunctionName, Qualifier);
      concurrency.reserve(lambda, undefined);
      functions.remove(lambda);
    },
  };
}

const unset = {
  timeoutInSeconds: 3,
  memoryInMegabytes: 128,
  environment: {},
  deadLetterArn: undefined,
  told: {},
};
