import { invalidParameter } from './lambda-refusals.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** How many invocations run at the same time, by account and region, and by function where some are set aside. */
export interface Concurrency {
  /** Takes a place and answers what gives it back; undefined when there is none: the invocation is throttled. */
  enter(lambda: LambdaFunction): (() => void) | undefined;
  /** Calls when a place may be free, in the order in which they wait. */
  wait(lambda: LambdaFunction, enter: () => void): void;
  /** Sets places aside for a function, or gives them back. Throws InvalidParameterValueException. */
  reserve(lambda: LambdaFunction, places: number | undefined): void;
}

/** What all functions of an account share in a region, unless AWS has raised it. */
export const usualConcurrency = 1000;

/** What must be left for functions without places of their own. */
const leastShared = 100;

interface Pool {
  places: number;
  taken: number;
  waiting: (() => void)[];
}

export function createConcurrency(ofAccount: number): Concurrency {
  const shared = new Map<string, Pool>();
  const reserved = new Map<string, Pool>();

  function sharedBy({ account, region }: LambdaFunction): Pool {
    const key = `${account} ${region}`;
    const pool = shared.get(key) ?? { places: ofAccount, taken: 0, waiting: [] };
    shared.set(key, pool);
    return pool;
  }

  const poolOf = (lambda: LambdaFunction) => reserved.get(lambda.arn) ?? sharedBy(lambda);

  function leave(pool: Pool) {
    pool.taken -= 1;
    while (pool.taken < pool.places && pool.waiting.length > 0) pool.waiting.shift()?.();
  }

  /** Whoever waits looks again where its places are now. */
  function wakeAll(pools: readonly (Pool | undefined)[]) {
    for (const enter of pools.flatMap((pool) => pool?.waiting.splice(0) ?? [])) enter();
  }

  return {
    enter(lambda) {
      const pool = poolOf(lambda);
      if (pool.taken >= pool.places) return undefined;
      pool.taken += 1;
      return () => leave(pool);
    },
    wait(lambda, enter) {
      poolOf(lambda).waiting.push(enter);
    },
    reserve(lambda, places) {
      const pool = sharedBy(lambda);
      const former = reserved.get(lambda.arn);
      const left = pool.places + (former?.places ?? 0) - (places ?? 0);
      if (places !== undefined && left < Math.min(leastShared, ofAccount))
        throw invalidParameter(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastShared}].`,
        );
      pool.places = left;
      if (places === undefined) reserved.delete(lambda.arn);
      else if (former) former.places = places;
      else reserved.set(lambda.arn, { places, taken: 0, waiting: [] });
      wakeAll([former, pool]);
    },
  };
}
