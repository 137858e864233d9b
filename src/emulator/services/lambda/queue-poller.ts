import type { Scheduled, Work } from '../../clock.ts';
import type { Platform } from '../../platform.ts';
import type { ConsumedQueue, QueueConsumption } from '../sqs/queue-consumption.ts';
import type { ReceivedMessage } from '../sqs/receiving.ts';
import type { Concurrency } from './concurrency.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { Functions } from './functions.ts';
import type { FunctionHappening, RunFunction } from './invocation.ts';
import { doneWith, queueEvent } from './queue-records.ts';

/** Takes messages from a queue to a function, in batches; woken by the queue, it never asks in vain. */
export interface QueuePoller {
  /** Looks at the queue again, because something else than its messages has changed. */
  wake(): void;
  stop(): void;
}

/** What pollers share. */
export interface PollerSurroundings {
  readonly functions: Functions;
  readonly concurrency: Concurrency;
  readonly run: RunFunction;
  readonly consumption: QueueConsumption;
  readonly observe: (happening: FunctionHappening) => void;
}

/** A mapping begins with five batches at a time, and adds up to 300 a minute while messages wait. */
const firstBatches = 5;
const addedBatchesPerSecond = 5;
const mostBatches = 1000;
/** Of an invocation, with room for what is around the messages. */
const mostBatchBytes = 6 * 1024 * 1024 - 64 * 1024;
const longestBackoffInSeconds = 60;

/** One poller for each mapping that is enabled. */
export function createQueuePoller(
  platform: Platform,
  mapping: EventSourceMapping,
  { functions, concurrency, run, consumption, observe }: PollerSurroundings,
): QueuePoller {
  const { clock } = platform;
  let running = 0;
  let throttles = 0;
  let pausedUntil = 0;
  let busySince = clock.now();
  let next: Scheduled | undefined;
  let nextAt = Infinity;
  let windowEndsAt: number | undefined;
  let stopped = false;

  const watch = consumption.watch(mapping.queueArn, pullNow);

  function pullNow() {
    pullAt(clock.now());
  }

  /** Whatever happens first leads to the next look at the queue. */
  function pullAt(time: number) {
    const at = Math.max(time, pausedUntil);
    if (stopped || at >= nextAt) return;
    next?.cancel();
    nextAt = at;
    next = clock.at(at, pull);
  }

  function pull() {
    nextAt = Infinity;
    const queue = consumption.find(mapping.queueArn);
    if (stopped || !queue || !functions.find(mapping.functionArn)) return;
    if (running === 0) busySince = clock.now();
    while (running < allowed() && isFull(queue)) {
      const messages = queue.receive({ messages: mapping.batchSize, bytes: mostBatchBytes });
      if (messages.length === 0) return;
      running += 1;
      clock.after(0, (work) => handle(queue, messages, work));
    }
    if (running >= allowed() && allowed() < most() && queue.isReady()) pullAt(clock.now() + 1000);
  }

  const most = () => mapping.maximumConcurrency ?? mostBatches;

  function allowed(): number {
    const busyForSeconds = Math.floor((clock.now() - busySince) / 1000);
    return Math.min(most(), firstBatches + busyForSeconds * addedBatchesPerSecond);
  }

  /** With a batching window, fewer messages than a batch wait for others until the window ends. */
  function isFull(queue: ConsumedQueue): boolean {
    if (mapping.windowInSeconds === 0) return true;
    const ended = windowEndsAt !== undefined && windowEndsAt <= clock.now();
    if (ended || queue.visible() >= mapping.batchSize) {
      windowEndsAt = undefined;
      return true;
    }
    if (queue.visible() > 0) {
      windowEndsAt ??= clock.now() + mapping.windowInSeconds * 1000;
      pullAt(windowEndsAt);
    }
    return false;
  }

  async function handle(queue: ConsumedQueue, messages: readonly ReceivedMessage[], work: Work) {
    const lambda = functions.find(mapping.functionArn);
    const leave = lambda && concurrency.enter(lambda);
    if (lambda && leave) {
      throttles = 0;
      const outcome = await run(lambda, queueEvent(mapping.queueArn, messages), platform.nextId(), work);
      leave();
      if (outcome.kind === 'success') {
        const done = doneWith(messages, outcome.payload, mapping.reportsFailures);
        for (const { ReceiptHandle } of done) queue.remove(ReceiptHandle);
      }
    } else {
      backOff();
    }
    running -= 1;
    if (queue.isReady()) pullNow();
  }

  /** The messages of a batch that was throttled stay hidden for their timeout, and count as received. */
  function backOff() {
    observe({ kind: 'throttled', functionArn: mapping.functionArn });
    throttles += 1;
    pausedUntil = clock.now() + Math.min(2 ** throttles, longestBackoffInSeconds) * 1000;
  }

  return {
    wake: pullNow,
    stop() {
      stopped = true;
      watch.stop();
      next?.cancel();
    },
  };
}
