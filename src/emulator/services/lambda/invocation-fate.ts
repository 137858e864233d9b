import type { InvocationError } from './invocation.ts';

/** What happens to the machine of an invocation. */
export interface InvocationFate {
  /**
   * When the machine dies: before the function begins, after its work but before anybody hears of it, or at one of the
   * checkpoints that its host passes; undefined when it lives.
   */
  readonly dies: 'before' | 'after' | { readonly atCheckpoint: number } | undefined;
  /** Milliseconds by which its clock is ahead. */
  readonly clockOffset: number;
}

export const undisturbed: InvocationFate = { dies: undefined, clockOffset: 0 };

/** What a race against the death of a machine gives, when death wins. */
export const dead = Symbol('dead');

/** The end of a machine on its way: nothing that passes a checkpoint from then on ever comes back. */
export interface Mortality {
  readonly death: Promise<typeof dead>;
  checkpoint(): Promise<void>;
}

export function mortalityOf({ dies }: InvocationFate): Mortality {
  const { promise: death, resolve: die } = Promise.withResolvers<typeof dead>();
  const last = typeof dies === 'object' ? dies.atCheckpoint : Infinity;
  let passed = 0;
  return {
    death,
    async checkpoint() {
      passed += 1;
      if (passed < last) return;
      die(dead);
      await new Promise<never>(() => {});
    },
  };
}

/** As Lambda tells of a runtime that was killed. */
export function killed(requestId: string): InvocationError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  };
}
