import type { FunctionError } from './inside/messages.ts';

/** No machine is so slow that honest code computes for longer at a stretch. */
export const longestComputingInSeconds = 60;

/** An error that the code of a function has thrown, or what Lambda tells when it has gone down. */
export class FunctionFailed extends Error {
  override readonly name: string;
  constructor({ errorType, errorMessage, trace }: FunctionError) {
    super(errorMessage);
    this.name = errorType;
    this.stack = trace.join('\n');
  }
}

/** As Lambda tells of a runtime that has ended by itself. */
export const goneDown = (how: string) =>
  new FunctionFailed({
    errorType: 'Runtime.ExitError',
    errorMessage: `Runtime exited with error: ${how}`,
    trace: [],
  });

export const computedTooLong = () =>
  new FunctionFailed({
    errorType: 'Sandbox.Timedout',
    errorMessage: `The function has computed for ${longestComputingInSeconds} seconds without a call`,
    trace: [],
  });
