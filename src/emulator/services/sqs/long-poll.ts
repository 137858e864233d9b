import type { SimulatedClock } from '../../clock.ts';
import type { Origin } from '../../service.ts';
import type { Queue, ReceiveLimits } from './queue.ts';
import type { QueuedMessage } from './message.ts';

/**
 * Receives what there is, or waits for it in simulated time. Functions and builds do not wait: the clock stands still
 * while they compute, so nothing would come.
 */
export async function poll(
  clock: SimulatedClock,
  queue: Queue,
  limits: ReceiveLimits,
  { seconds, origin }: { readonly seconds: number; readonly origin: Origin },
): Promise<readonly QueuedMessage[]> {
  const until = clock.now() + seconds * 1000;
  for (;;) {
    const messages = queue.receive(limits);
    if (messages.length > 0 || clock.now() >= until || origin !== 'client') return messages;
    await somethingComes(clock, queue, until);
  }
}

/** Several clients may wait for one message: all of them are woken, and all but one wait again. */
function somethingComes(clock: SimulatedClock, queue: Queue, until: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      timer.cancel();
      watch.stop();
      resolve();
    };
    const timer = clock.at(until, end);
    const watch = queue.watch(end);
  });
}
