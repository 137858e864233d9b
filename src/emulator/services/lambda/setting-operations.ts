import type {
  CreateFunctionUrlConfigRequest,
  DeleteFunctionConcurrencyRequest,
  DeleteFunctionEventInvokeConfigRequest,
  DeleteFunctionUrlConfigRequest,
  FunctionEventInvokeConfig,
  GetFunctionConcurrencyRequest,
  GetFunctionEventInvokeConfigRequest,
  GetFunctionUrlConfigRequest,
  ListTagsRequest,
  PutFunctionConcurrencyRequest,
  PutFunctionEventInvokeConfigRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import { notImplemented } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import type { Concurrency } from './concurrency.ts';
import type { Functions } from './functions.ts';
import { constraint } from './function-settings.ts';
import { functionUrlsPath } from './function-url-door.ts';
import { sessionOf, type AsynchronousSettings, type LambdaFunction } from './lambda-function.ts';
import { conflict, invalidParameter, notFound } from './lambda-refusals.ts';

/** What functions have beside their configuration: places, retries, tags, URLs. */
export function settingOperations(platform: Platform, functions: Functions, concurrency: Concurrency) {
  const { clock } = platform;

  /** The role must be allowed to send to the destination, or nothing would ever arrive there. */
  function checkDestination(lambda: LambdaFunction, arn: string) {
    if (!arn.startsWith('arn:aws:sqs:')) throw notImplemented('lambda', `destinations such as ${arn}`);
    if (!platform.identity.allows(sessionOf(lambda), { action: 'sqs:SendMessage', resource: arn }))
      throw invalidParameter(
        `The function's execution role does not have permissions to call SendMessage on ${arn}`,
      );
  }

  return {
    ...concurrencyOperations(functions, concurrency),
    PutFunctionEventInvokeConfig(input: PutFunctionEventInvokeConfigRequest, call: Call) {
      const lambda = functions.get(call, input.FunctionName, input.Qualifier);
      const settings = readAsynchronous(input, clock.now());
      if (settings.onFailure !== undefined) checkDestination(lambda, settings.onFailure);
      lambda.asynchronous = settings;
      return describeAsynchronous(lambda, settings);
    },
    GetFunctionEventInvokeConfig(input: GetFunctionEventInvokeConfigRequest, call: Call) {
      const lambda = functions.get(call, input.FunctionName, input.Qualifier);
      return describeAsynchronous(lambda, existing(lambda, lambda.asynchronous));
    },
    DeleteFunctionEventInvokeConfig(input: DeleteFunctionEventInvokeConfigRequest, call: Call) {
      const lambda = functions.get(call, input.FunctionName, input.Qualifier);
      existing(lambda, lambda.asynchronous);
      lambda.asynchronous = undefined;
    },
    TagResource({ Resource, Tags = {} }: TagResourceRequest, call: Call) {
      const { tags } = functions.get(call, Resource);
      if (new Set([...tags.keys(), ...Object.keys(Tags)]).size > 50)
        throw invalidParameter('Number of tags exceeds resource tag limit of 50');
      for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
    },
    UntagResource({ Resource }: UntagResourceRequest, call: Call) {
      const { tags } = functions.get(call, Resource);
      for (const key of call.http.query.getAll('tagKeys')) tags.delete(key);
    },
    ListTags({ Resource }: ListTagsRequest, call: Call) {
      return { Tags: Object.fromEntries(functions.get(call, Resource).tags) };
    },
    CreateFunctionUrlConfig(input: CreateFunctionUrlConfigRequest, call: Call) {
      const lambda = functions.get(call, input.FunctionName, input.Qualifier);
      const { AuthType: authType, Cors: cors, InvokeMode: mode = 'BUFFERED' } = input;
      if (mode !== 'BUFFERED') throw notImplemented('lambda', `the mode ${mode} of function URLs`);
      if (authType !== 'AWS_IAM' && authType !== 'NONE') throw constraint('authType', authType);
      if (lambda.url)
        throw conflict(
          `Failed to create function url config for [functionArn = ${lambda.arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        );
      const url = `${platform.endpoint()}${functionUrlsPath}${platform.nextId().replaceAll('-', '')}/`;
      lambda.url = { url, authType, cors, createdAt: clock.now() };
      return describeUrl(lambda);
    },
    GetFunctionUrlConfig(input: GetFunctionUrlConfigRequest, call: Call) {
      return describeUrl(functions.get(call, input.FunctionName, input.Qualifier));
    },
    DeleteFunctionUrlConfig(input: DeleteFunctionUrlConfigRequest, call: Call) {
      const lambda = functions.get(call, input.FunctionName, input.Qualifier);
      existing(lambda, lambda.url);
      lambda.url = undefined;
    },
  };
}

function concurrencyOperations(functions: Functions, concurrency: Concurrency) {
  return {
    PutFunctionConcurrency(input: PutFunctionConcurrencyRequest, call: Call) {
      const lambda = functions.get(call, input.FunctionName);
      const { ReservedConcurrentExecutions: places = -1 } = input;
      if (!Number.isInteger(places) || places < 0) throw constraint('reservedConcurrentExecutions', places);
      concurrency.reserve(lambda, places);
      lambda.reservedConcurrency = places;
      return { ReservedConcurrentExecutions: places };
    },
    GetFunctionConcurrency({ FunctionName }: GetFunctionConcurrencyRequest, call: Call) {
      const { reservedConcurrency: places } = functions.get(call, FunctionName);
      return places === undefined ? {} : { ReservedConcurrentExecutions: places };
    },
    DeleteFunctionConcurrency({ FunctionName }: DeleteFunctionConcurrencyRequest, call: Call) {
      const lambda = functions.get(call, FunctionName);
      concurrency.reserve(lambda, undefined);
      lambda.reservedConcurrency = undefined;
    },
  };
}

function readAsynchronous(input: PutFunctionEventInvokeConfigRequest, now: number): AsynchronousSettings {
  const {
    MaximumRetryAttempts: retries = 2,
    MaximumEventAgeInSeconds: age = 21_600,
    DestinationConfig,
  } = input;
  if (retries < 0 || retries > 2) throw constraint('maximumRetryAttempts', retries);
  if (age < 60 || age > 21_600) throw constraint('maximumEventAgeInSeconds', age);
  if (DestinationConfig?.OnSuccess?.Destination) throw notImplemented('lambda', 'destinations of success');
  const onFailure = DestinationConfig?.OnFailure?.Destination;
  return { maximumRetries: retries, maximumAgeInSeconds: age, onFailure, changedAt: now };
}

function describeAsynchronous(
  { arn }: LambdaFunction,
  settings: AsynchronousSettings,
): FunctionEventInvokeConfig {
  return {
    FunctionArn: `${arn}:$LATEST`,
    LastModified: new Date(settings.changedAt),
    MaximumRetryAttempts: settings.maximumRetries,
    MaximumEventAgeInSeconds: settings.maximumAgeInSeconds,
    DestinationConfig: {
      OnSuccess: {},
      OnFailure: settings.onFailure ? { Destination: settings.onFailure } : {},
    },
  };
}

function describeUrl(lambda: LambdaFunction) {
  const { url, authType, cors, createdAt } = existing(lambda, lambda.url);
  return {
    FunctionUrl: url,
    FunctionArn: lambda.arn,
    AuthType: authType,
    InvokeMode: 'BUFFERED',
    CreationTime: new Date(createdAt).toISOString(),
    LastModifiedTime: new Date(createdAt).toISOString(),
    ...(cors ? { Cors: cors } : {}),
  };
}

function existing<T>({ arn }: LambdaFunction, setting: T | undefined): T {
  if (setting !== undefined) return setting;
  throw notFound(`The function ${arn} doesn't have an EventInvokeConfig or URL like that`);
}
