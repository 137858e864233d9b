/** How often something may happen: on average per second (to the thousandth), and at once. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/** A bucket that begins full, loses a token at each call and gains some as time goes by. */
export interface TokenBucket {
  /** Whether a token is there; times are milliseconds, and never go back. */
  has(now: number): boolean;
  take(now: number): void;
}

// Whole numbers only: a thousandth of a token per second makes one unit per millisecond, so nothing is ever rounded.
const unitsPerToken = 1_000_000;

export function createTokenBucket({ perSecond, burst }: Pace, opensAt: number): TokenBucket {
  const capacity = burst * unitsPerToken;
  const unitsPerMillisecond = Math.round(perSecond * 1000);
  let level = capacity;
  let at = Math.floor(opensAt);

  function refill(now: number) {
    const passed = Math.floor(now) - at;
    if (passed <= 0) return;
    level = Math.min(capacity, level + passed * unitsPerMillisecond);
    at += passed;
  }

  return {
    has(now) {
      refill(now);
      return level >= unitsPerToken;
    },
    take(now) {
      refill(now);
      level -= unitsPerToken;
    },
  };
}
