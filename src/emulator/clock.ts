import { createHeap } from './heap.ts';

/** Where a piece of work stands: it computes, unless all that it waits for is the clock. */
export interface Work {
  /** Waits in simulated time; the clock may advance meanwhile. */
  sleep(milliseconds: number): Promise<void>;
}

export interface Scheduled {
  cancel(): void;
}

/**
 * The simulated clock of the local cloud. It stands still while anything computes, so that a slow machine makes
 * time slow, never a function late, and then goes on to the next thing due.
 */
export interface SimulatedClock {
  /** Milliseconds since the epoch, in simulated time. */
  now(): number;
  after(milliseconds: number, task: Task, kind?: TaskKind): Scheduled;
  at(time: number, task: Task, kind?: TaskKind): Scheduled;
  /** Runs a piece of work during which the clock stands still, but for its sleeps. */
  work<T>(run: (work: Work) => Promise<T>): Promise<T>;
  /** Jumps from one thing due to the next until only background is left, or until the given time. */
  runUntilIdle(until?: number): Promise<void>;
  /** Goes on for ever at no more than `speed` simulated seconds per real second; returns what stops it. */
  start(speed: number): { stop(): Promise<void> };
}

export type Task = (work: Work) => unknown;

/** Background tasks (schedules, expiries) fall due like others, but nobody waits for them. */
export type TaskKind = 'foreground' | 'background';

interface Entry {
  readonly time: number;
  readonly order: number;
  /** Let go of with the entry: what a task holds would otherwise be kept until its time comes. */
  task: Task;
  readonly kind: TaskKind;
  cancelled: boolean;
}

const longestNapInMilliseconds = 50;

export function createClock(opensAt: number = Date.now()): SimulatedClock {
  const due = createHeap<Entry>((a, b) => a.time - b.time || a.order - b.order);
  // Exact, with fractions: a slow pace advances by less than a millisecond at a time. Told in whole milliseconds.
  let exact = opensAt;
  const now = () => Math.floor(exact);
  let scheduled = 0;
  let foreground = 0;
  let computing = 0;
  let stirs = 0;
  let waiting: (() => void)[] = [];

  function stir(change: number) {
    computing += change;
    stirs += 1;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }

  function at(time: number, task: Task, kind: TaskKind = 'foreground'): Scheduled {
    const entry: Entry = {
      time: Math.max(time, now()),
      order: (scheduled += 1),
      task,
      kind,
      cancelled: false,
    };
    due.push(entry);
    if (kind === 'foreground') foreground += 1;
    stir(0);
    return {
      cancel() {
        if (entry.cancelled) return;
        entry.cancelled = true;
        entry.task = () => {};
        if (kind === 'foreground') foreground -= 1;
      },
    };
  }

  async function work<T>(run: (work: Work) => Promise<T>): Promise<T> {
    let sleepers = 0;
    let ended = false;
    stir(1);
    const sleep = (milliseconds: number) =>
      new Promise<void>((resolve) => {
        // Whatever goes on after the work has ended counts for nothing.
        if ((sleepers += 1) === 1 && !ended) stir(-1);
        at(now() + milliseconds, () => {
          if ((sleepers -= 1) === 0 && !ended) stir(1);
          resolve();
        });
      });
    try {
      return await run({ sleep });
    } finally {
      ended = true;
      if (sleepers === 0) stir(-1);
    }
  }

  /** Resolves when nothing computes, and nothing has stirred for a turn of the event loop. */
  async function quiet(): Promise<void> {
    for (;;) {
      while (computing > 0) await new Promise<void>((resolve) => waiting.push(resolve));
      const before = stirs;
      await new Promise((resolve) => setImmediate(resolve));
      if (stirs === before && computing === 0) return;
    }
  }

  function next(): Entry | undefined {
    while (due.first()?.cancelled) due.pop();
    return due.first();
  }

  function take(entry: Entry) {
    due.pop();
    entry.cancelled = true;
    exact = Math.max(exact, entry.time);
    if (entry.kind === 'foreground') foreground -= 1;
    void work(async (own) => entry.task(own));
  }

  async function runUntilIdle(until = Infinity): Promise<void> {
    for (;;) {
      await quiet();
      const entry = next();
      if (!entry || entry.time > until || (foreground === 0 && until === Infinity)) break;
      take(entry);
    }
    if (until !== Infinity) exact = Math.max(exact, until);
  }

  function start(speed: number) {
    let going = true;
    const ended = (async () => {
      while (going) {
        await quiet();
        const idleSince = performance.now();
        const entry = next();
        const wait = entry ? (entry.time - exact) / speed : longestNapInMilliseconds;
        if (entry && wait <= 0) {
          take(entry);
          continue;
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(wait, longestNapInMilliseconds)));
        const passed = exact + (performance.now() - idleSince) * speed;
        if (computing === 0) exact = Math.max(exact, Math.min(passed, next()?.time ?? passed));
      }
    })();
    return {
      async stop() {
        going = false;
        await ended;
      },
    };
  }

  return {
    now,
    at,
    after: (ms, task, kind) => at(now() + ms, task, kind),
    work,
    runUntilIdle,
    start,
  };
}
