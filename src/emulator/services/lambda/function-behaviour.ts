import type { AccountId } from '#domain/account.ts';
import type { Work } from '../../clock.ts';
import type { Credentials } from '../../platform.ts';

/** What a function does, instead of the code that was uploaded for it. */
export type FunctionBehaviour = (event: unknown, context: InvocationContext) => Promise<unknown>;

/** What an invocation knows of itself. */
export interface InvocationContext {
  readonly functionName: string;
  readonly functionArn: string;
  readonly awsRequestId: string;
  readonly account: AccountId;
  readonly region: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Another one after each change of the function. */
  readonly revision: string;
  /** Of the execution role; they end with the time of the invocation. */
  readonly credentials: Credentials;
  /** Sleeps in simulated time; throws FunctionTimedOut where the time of the invocation ends. */
  readonly work: Work;
  /** Milliseconds since the epoch, in simulated time. */
  readonly deadline: number;
  /** Hosts pass here before and after each call of the function, and never come back once its machine is dead. */
  checkpoint(): Promise<void>;
  /** Milliseconds by which the clock of its machine is ahead of that of the cloud. */
  readonly clockOffset: number;
}

/** Thrown out of a sleep: whatever the function does from then on, nobody waits for it. */
export class FunctionTimedOut extends Error {
  override readonly name = 'FunctionTimedOut';
  readonly timeoutInSeconds: number;
  constructor(timeoutInSeconds: number) {
    super(`Task timed out after ${timeoutInSeconds.toFixed(2)} seconds`);
    this.timeoutInSeconds = timeoutInSeconds;
  }
}
