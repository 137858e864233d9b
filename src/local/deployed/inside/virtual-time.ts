import { syncBuiltinESMExports } from 'node:module';
import perfHooks from 'node:perf_hooks';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';

/** Timers of a container, which fall due when its host says so. */
export interface VirtualTime {
  set(now: number): void;
  /** When the next timer falls due; undefined when there is none. */
  next(): number | undefined;
  /** Runs what is due by now. */
  runDue(): void;
}

interface Timer {
  readonly id: number;
  readonly run: () => void;
  readonly repeats: number | undefined;
  due: number;
}

/** Puts simulated time in the place of the machine's: dates, timers and measures of what has passed. */
export function installVirtualTime(opensAt: number, stirred: () => void): VirtualTime {
  let now = opensAt;
  const pending = new Map<number, Timer>();
  let ids = 0;

  function start(run: () => void, milliseconds: number, isRepeated = false): object {
    // In whole milliseconds, as Node counts them and the host tells the time.
    const delay = Math.max(Math.trunc(milliseconds) || 0, isRepeated ? 1 : 0);
    const timer: Timer = { id: (ids += 1), run, repeats: isRepeated ? delay : undefined, due: now + delay };
    pending.set(timer.id, timer);
    stirred();
    return handleOf(timer);
  }

  function handleOf(timer: Timer): object {
    const delay = timer.due - now;
    const handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh() {
        timer.due = now + delay;
        pending.set(timer.id, timer);
        stirred();
        return handle;
      },
      close: () => clear(handle),
      [Symbol.toPrimitive]: () => timer.id,
      [Symbol.dispose]: () => clear(handle),
    };
    return handle;
  }

  function clear(handle: unknown): void {
    const id = Number(handle);
    if (Number.isInteger(id)) pending.delete(id);
  }

  function earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of pending.values()) if (!first || timer.due < first.due) first = timer;
    return first;
  }

  function runDue(): void {
    for (let timer = earliest(); timer && timer.due <= now; timer = earliest()) {
      if (timer.repeats === undefined) pending.delete(timer.id);
      else timer.due = now + timer.repeats;
      timer.run();
    }
  }

  installDate(() => now);
  installTimers(start, clear);
  installMeasures(() => now - opensAt);
  syncBuiltinESMExports();

  return {
    set: (time) => void (now = time),
    next: () => earliest()?.due,
    runDue,
  };
}

/** `new Date()` and `Date.now()` tell simulated time; all else is as it was. */
function installDate(now: () => number): void {
  globalThis.Date = new Proxy(Date, {
    construct: (date, given, target) => Reflect.construct(date, given.length === 0 ? [now()] : given, target),
    apply: () => new Date().toString(),
    get: (date, name, receiver) => (name === 'now' ? now : Reflect.get(date, name, receiver)),
  });
}

type Start = (run: () => void, milliseconds: number, isRepeated?: boolean) => object;
type Run = (...given: unknown[]) => void;

function installTimers(start: Start, clear: (handle: unknown) => void): void {
  const sleep = (milliseconds = 0, value?: unknown, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = start(() => resolve(value), milliseconds);
      signal?.addEventListener('abort', () => {
        clear(timer);
        reject(signal.reason as Error);
      });
    });
  const once = (run: Run, milliseconds = 0, ...given: unknown[]) => start(() => run(...given), milliseconds);
  const again = (run: Run, milliseconds = 0, ...given: unknown[]) =>
    start(() => run(...given), milliseconds, true);
  Object.defineProperty(once, promisify.custom, { value: sleep });
  const replaced = { setTimeout: once, setInterval: again, clearTimeout: clear, clearInterval: clear };
  Object.assign(globalThis, replaced);
  Object.assign(timers, replaced);
  Object.assign(timersPromises, { setTimeout: sleep });
}

function installMeasures(passed: () => number): void {
  Object.defineProperty(perfHooks.performance, 'now', { value: passed });
  const nanoseconds = () => BigInt(Math.round(passed() * 1e6));
  const hrtime = () => [Math.floor(passed() / 1000), Math.round((passed() % 1000) * 1e6)];
  process.hrtime = Object.assign(hrtime as typeof process.hrtime, { bigint: nanoseconds });
}
