import type { SimulatedClock } from '../../clock.ts';
import type { Message } from './message.ts';
import type { QueueSettings } from './queue-settings.ts';

const windowInMilliseconds = 5 * 60_000;

/** FIFO queues take a message once in five minutes: what they knew already is told for every duplicate. */
export function createDeduplication(clock: SimulatedClock, settings: () => QueueSettings) {
  const known = new Map<string, Message>();

  /** Entries stand in the order in which they were made. */
  function forgetOld() {
    for (const [key, message] of known) {
      if (message.sentAt + windowInMilliseconds > clock.now()) return;
      known.delete(key);
    }
  }

  return (message: Message): Message | undefined => {
    if (message.deduplicationId === undefined || !settings().isFifo) return undefined;
    forgetOld();
    const scope = settings().deduplicatesByGroup ? `${message.groupId} ` : '';
    const key = scope + message.deduplicationId;
    const duplicateOf = known.get(key);
    if (!duplicateOf) known.set(key, message);
    return duplicateOf;
  };
}
