import type { Observer } from '#emulator/dispatch.ts';

export type Counts = Readonly<Record<string, number>>;

export interface Counter {
  add(key: string): void;
  counts(): Counts;
}

/** Counts by key, told in alphabetical order. */
export function createCounter(): Counter {
  const counted = new Map<string, number>();
  return {
    add: (key) => void counted.set(key, (counted.get(key) ?? 0) + 1),
    counts: () => Object.fromEntries([...counted].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const throttling = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|^LimitExceeded/;

/** Calls that functions make through the SDK, and how many of them were refused for being too many. */
export function createCallCounter(): {
  readonly observe: Observer;
  readonly calls: Counter;
  readonly throttled: Counter;
} {
  const calls = createCounter();
  const throttled = createCounter();
  return {
    calls,
    throttled,
    observe(service, { operation, origin }, error) {
      if (origin !== 'function') return;
      const key = `${service}.${operation}`;
      calls.add(key);
      if (error && throttling.test(error.code)) throttled.add(key);
    },
  };
}
