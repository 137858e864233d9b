import type { SystemEvent } from '#events/system-event.ts';

/** The default event bus of the automation account. */
export interface EventBus {
  /** Puts all events, or throws: an entry that AWS refuses for the moment is tried again. */
  put(...events: readonly SystemEvent[]): Promise<void>;
}
