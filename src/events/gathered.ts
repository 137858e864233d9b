import type { Batch, Queued, Trigger } from './trigger.ts';

export type EventTrigger<Happened> = Extract<Trigger<Happened>, { readonly kind: 'events' }>;

/** The same events, many in one run: what is read and written for all of them takes few calls. */
export function gathered<Happened>(
  trigger: EventTrigger<Happened>,
  queued: Required<Queued>,
): EventTrigger<readonly Happened[]> {
  return {
    ...trigger,
    queued,
    read(event, wiring) {
      const reading = trigger.read(event, wiring);
      return 'ignored' in reading ? reading : { happened: [reading.happened] };
    },
  };
}

/** A minute is soon enough for what is kept on record, and most of what one account goes through at a time. */
export const withinAMinute: Required<Queued> = { concurrency: 5, gathered: { most: 100, seconds: 60 } };

/** Alone in its batch, a message that fails holds up no other. */
const alone: Batch = { most: 1, seconds: 0 };

/** How messages of the queue in front of a function are handed over. */
export const batchOf = (trigger: Trigger<unknown>): Batch =>
  (trigger.kind === 'events' ? trigger.queued?.gathered : undefined) ?? alone;
