import type { InvocationRequest } from '@aws-sdk/client-lambda';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Work } from '../../clock.ts';
import type { Platform } from '../../platform.ts';
import type { Call, HttpResponse } from '../../service.ts';
import { textOf } from '../../wire/json-protocol.ts';
import type { AsynchronousInvocations } from './asynchronous-invocations.ts';
import type { Concurrency } from './concurrency.ts';
import type { Functions } from './functions.ts';
import type { FunctionHappening, InvocationOutcome, RunFunction } from './invocation.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { tooLarge, tooManyRequests } from './lambda-refusals.ts';

/** Of a payload that is answered, and of one that is queued. */
export const mostBytes = { now: 6 * 1024 * 1024, later: 1024 * 1024 };

/** Invoke: the answer of the function itself, the promise to run it later, or only the permission to. */
export function createInvoke(
  platform: Platform,
  surroundings: {
    readonly functions: Functions;
    readonly concurrency: Concurrency;
    readonly run: RunFunction;
    readonly later: AsynchronousInvocations;
    readonly observe: (happening: FunctionHappening) => void;
  },
) {
  const { functions, concurrency, run, later, observe } = surroundings;

  async function runNow(lambda: LambdaFunction, payload: string, call: Call): Promise<HttpResponse> {
    const leave = concurrency.enter(lambda);
    if (!leave) {
      observe({ kind: 'throttled', functionArn: lambda.arn });
      throw tooManyRequests(lambda.reservedConcurrency !== undefined);
    }
    const startedAt = platform.clock.now();
    const outcome = await platform.clock.work((work) =>
      run(lambda, payload, call.requestId, workFor(call, work)),
    );
    leave();
    const wantsLog = call.http.headers['x-amz-log-type'] === 'Tail';
    const log = wantsLog ? logOf(call, lambda, platform.clock.now() - startedAt) : undefined;
    return answer(outcome, log);
  }

  return (input: InvocationRequest, call: Call): Promise<HttpResponse> | HttpResponse => {
    const lambda = functions.get(call, input.FunctionName, input.Qualifier);
    const { headers, body } = call.http;
    if (headers['x-amz-client-context'] !== undefined)
      throw notImplemented('lambda', 'the context of clients');
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
    const most = type === 'Event' ? mostBytes.later : mostBytes.now;
    if (body.byteLength > most) throw tooLarge(most);
    const payload = readPayload(textOf(body));
    if (type !== 'Event') return runNow(lambda, payload, call);
    later.accept(lambda, payload, call.requestId);
    return { status: 202, headers: {}, body: '' };
  };
}

/** The clock stands still while a function or a build computes: what they invoke and wait for cannot sleep. */
function workFor({ origin }: Call, work: Work): Work {
  if (origin === 'client') return work;
  return {
    async sleep() {
      throw notImplemented('lambda', 'sleeping in a function that another one waits for');
    },
  };
}

/** Nothing at all is an empty object. Throws InvalidRequestContentException. */
function readPayload(text: string): string {
  if (text === '') return '{}';
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${cause instanceof Error ? cause.message : ''}`,
      400,
      { Type: 'User' },
    );
  }
}

function answer(outcome: InvocationOutcome, log: string | undefined): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(outcome.kind === 'success' ? {} : { 'x-amz-function-error': 'Unhandled' }),
      ...(log === undefined ? {} : { 'x-amz-log-result': Buffer.from(log).toString('base64') }),
    },
    body: outcome.payload,
  };
}

function logOf({ requestId }: Call, { settings }: LambdaFunction, milliseconds: number): string {
  return [
    `START RequestId: ${requestId} Version: $LATEST`,
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\tDuration: ${milliseconds.toFixed(2)} ms\tMemory Size: ${settings.memoryInMegabytes} MB\n`,
  ].join('\n');
}
