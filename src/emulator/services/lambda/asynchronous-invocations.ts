import type { Scheduled } from '../../clock.ts';
import type { Platform } from '../../platform.ts';
import type { Sqs } from '../sqs/create-sqs.ts';
import type { Concurrency } from './concurrency.ts';
import { deadLetterSending, failureRecord, type GivenUp } from './failure-record.ts';
import type { Functions } from './functions.ts';
import type { FunctionHappening, InvocationOutcome, RunFunction } from './invocation.ts';
import { sessionOf, type LambdaFunction } from './lambda-function.ts';

/** Events that are invoked later: at once if there is a place, twice more after a failure, then given up. */
export interface AsynchronousInvocations {
  accept(lambda: LambdaFunction, payload: string, requestId: string): void;
}

/** An event on its way to a function, with the attempts that have failed. */
export interface Attempts {
  readonly functionArn: string;
  readonly payload: string;
  readonly requestId: string;
  readonly acceptedAt: number;
  readonly count: number;
}

const usualRetries = 2;
const usualAgeInSeconds = 6 * 3600;
const firstPauseInSeconds = 60;
const laterPauseInSeconds = 120;

export function createAsynchronousInvocations(
  platform: Platform,
  surroundings: {
    readonly functions: Functions;
    readonly concurrency: Concurrency;
    readonly run: RunFunction;
    readonly queues: Sqs['delivery'];
    readonly observe: (happening: FunctionHappening) => void;
  },
): AsynchronousInvocations {
  const { clock } = platform;
  const { functions, concurrency, run, queues, observe } = surroundings;

  const expiryOf = (lambda: LambdaFunction, { acceptedAt }: Attempts) =>
    acceptedAt + (lambda.asynchronous?.maximumAgeInSeconds ?? usualAgeInSeconds) * 1000;

  /** A function that has been deleted takes its events with it. */
  function start(attempts: Attempts) {
    const lambda = functions.find(attempts.functionArn);
    if (!lambda) return;
    const leave = concurrency.enter(lambda);
    if (!leave) {
      wait(lambda, attempts);
      return;
    }
    clock.after(0, async (work) => {
      const outcome = await run(lambda, attempts.payload, attempts.requestId, work);
      leave();
      if (outcome.kind !== 'success') retry(lambda, { ...attempts, count: attempts.count + 1 }, outcome);
    });
  }

  /** Nobody waits for the end of an event's life, only for a place to become free. */
  function wait(lambda: LambdaFunction, attempts: Attempts) {
    observe({ kind: 'throttled', functionArn: lambda.arn });
    let waiting = true;
    const expiry: Scheduled = clock.at(
      expiryOf(lambda, attempts),
      () => {
        waiting = false;
        giveUp(lambda, { ...attempts, condition: 'EventAgeExceeded', outcome: undefined });
      },
      'background',
    );
    concurrency.wait(lambda, () => {
      if (!waiting) return;
      waiting = false;
      expiry.cancel();
      start(attempts);
    });
  }

  function retry(lambda: LambdaFunction, attempts: Attempts, outcome: InvocationOutcome) {
    const pause = (attempts.count === 1 ? firstPauseInSeconds : laterPauseInSeconds) * 1000;
    const isLast = attempts.count > (lambda.asynchronous?.maximumRetries ?? usualRetries);
    const isOld = clock.now() + pause > expiryOf(lambda, attempts);
    if (!isLast && !isOld) clock.after(pause, () => start(attempts));
    else
      giveUp(lambda, { ...attempts, condition: isLast ? 'RetriesExhausted' : 'EventAgeExceeded', outcome });
  }

  /** Destination and dead letters are independent of each other: a function may have both. */
  function giveUp(lambda: LambdaFunction, event: GivenUp) {
    const { settings, asynchronous, arn } = lambda;
    const role = sessionOf(lambda);
    let kept = false;
    if (asynchronous?.onFailure)
      kept = queues.deliver(asynchronous.onFailure, failureRecord(event, clock.now()), role);
    if (settings.deadLetterArn)
      kept = queues.deliver(settings.deadLetterArn, event.payload, role, deadLetterSending(event)) || kept;
    observe({ kind: 'given-up', functionArn: arn, requestId: event.requestId, kept });
  }

  return {
    accept(lambda, payload, requestId) {
      start({ functionArn: lambda.arn, payload, requestId, acceptedAt: clock.now(), count: 0 });
    },
  };
}
