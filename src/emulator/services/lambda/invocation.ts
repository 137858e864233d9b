import { AwsError } from '../../aws-error.ts';
import type { Work } from '../../clock.ts';
import type { Platform } from '../../platform.ts';
import { FunctionTimedOut, type FunctionBehaviour, type InvocationContext } from './function-behaviour.ts';
import { dead, killed, mortalityOf, undisturbed, type InvocationFate } from './invocation-fate.ts';
import { lambdaService, type LambdaFunction } from './lambda-function.ts';

/** How an invocation ended; the payload is JSON. */
export type InvocationOutcome =
  | { readonly kind: 'success'; readonly payload: string }
  | {
      readonly kind: 'error' | 'timeout';
      readonly payload: string;
      readonly error: InvocationError;
    };

/** As functions report errors. */
export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Told to whoever watches functions work. */
export type FunctionHappening =
  | { readonly kind: 'started'; readonly functionArn: string; readonly requestId: string }
  | {
      readonly kind: 'ended';
      readonly functionArn: string;
      readonly requestId: string;
      readonly outcome: 'success' | 'error' | 'timeout';
      readonly error?: InvocationError;
    }
  /** A batch or an event found no place to run in. */
  | { readonly kind: 'throttled'; readonly functionArn: string }
  /** An event that no retry has helped; kept when a queue has taken it. */
  | {
      readonly kind: 'given-up';
      readonly functionArn: string;
      readonly requestId: string;
      readonly kept: boolean;
    };

/** Runs a function once, in a piece of work of the clock. Never rejects. */
/** Decides what happens to an invocation before it begins: faults come in here. */
export type Destiny = (lambda: LambdaFunction) => InvocationFate;

export type RunFunction = (
  lambda: LambdaFunction,
  payload: string,
  requestId: string,
  work: Work,
) => Promise<InvocationOutcome>;

const mostResponseBytes = 6 * 1024 * 1024;

/** Runs functions as their hosts have plugged them in, for no longer than their timeout, under their own role. */
export function createInvocation(
  platform: Platform,
  behaviourOf: (functionArn: string) => FunctionBehaviour | undefined,
  observe: (happening: FunctionHappening) => void,
  destiny: Destiny = () => undisturbed,
): RunFunction {
  return async (lambda, payload, requestId, work) => {
    observe({ kind: 'started', functionArn: lambda.arn, requestId });
    const outcome = await attempt(lambda, payload, requestId, work);
    const error = outcome.kind === 'success' ? {} : { error: outcome.error };
    observe({ kind: 'ended', functionArn: lambda.arn, requestId, outcome: outcome.kind, ...error });
    return outcome;
  };

  async function attempt(lambda: LambdaFunction, payload: string, requestId: string, work: Work) {
    const { timeoutInSeconds, environment, revision } = lambda.settings;
    const limit = timeLimit(platform, work, timeoutInSeconds);
    const fate = destiny(lambda);
    if (fate.dies === 'before') return failure('error', killed(requestId));
    const { death, checkpoint } = mortalityOf(fate);
    try {
      const behaviour = behaviourOf(lambda.arn) ?? missingHandler;
      const context: InvocationContext = {
        functionName: lambda.name,
        functionArn: lambda.arn,
        awsRequestId: requestId,
        account: lambda.account,
        region: lambda.region,
        environment,
        revision,
        credentials: credentialsFor(platform, lambda),
        work: limit.work,
        deadline: limit.deadline,
        checkpoint,
        clockOffset: fate.clockOffset,
      };
      const result = await Promise.race([behaviour(JSON.parse(payload), context), death]);
      if (result === dead || fate.dies === 'after') return failure('error', killed(requestId));
      return limit.isOver() ? timedOut(requestId, timeoutInSeconds) : success(result);
    } catch (fault) {
      return limit.isOver() ? timedOut(requestId, timeoutInSeconds) : failure('error', errorFrom(fault));
    }
  }
}

/** Time passes for a function only while it sleeps: that is where its time can end. */
function timeLimit({ clock }: Platform, work: Work, timeoutInSeconds: number) {
  const deadline = clock.now() + timeoutInSeconds * 1000;
  let over = false;
  return {
    deadline,
    isOver: () => over,
    work: {
      async sleep(milliseconds: number) {
        const left = deadline - clock.now();
        over ||= milliseconds > left;
        await work.sleep(Math.min(milliseconds, left));
        if (over) throw new FunctionTimedOut(timeoutInSeconds);
      },
    },
  };
}

function credentialsFor({ identity }: Platform, { name, account, settings }: LambdaFunction) {
  const lifetime = { seconds: settings.timeoutInSeconds, clock: 'simulated' } as const;
  return identity.assume(settings.role, name, { service: lambdaService, account }, lifetime);
}

class HandlerNotFound extends Error {
  override readonly name = 'Runtime.HandlerNotFound';
}

const missingHandler: FunctionBehaviour = async (_event, { functionName }) => {
  throw new HandlerNotFound(`the handler of ${functionName} is undefined or not exported`);
};

function success(result: unknown): InvocationOutcome {
  const payload = JSON.stringify(result ?? null);
  if (Buffer.byteLength(payload) > mostResponseBytes)
    return failure('error', {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${mostResponseBytes} bytes).`,
    });
  return { kind: 'success', payload };
}

function timedOut(requestId: string, timeoutInSeconds: number): InvocationOutcome {
  const { message } = new FunctionTimedOut(timeoutInSeconds);
  return failure('timeout', {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: ${message}`,
  });
}

function failure(kind: 'error' | 'timeout', error: InvocationError): InvocationOutcome {
  return { kind, payload: JSON.stringify(error), error };
}

function errorFrom(fault: unknown): InvocationError {
  if (fault instanceof AwsError) return { errorType: fault.code, errorMessage: fault.message, trace: [] };
  if (!(fault instanceof Error)) return { errorType: typeof fault, errorMessage: String(fault), trace: [] };
  return { errorType: fault.name, errorMessage: fault.message, trace: fault.stack?.split('\n') ?? [] };
}
