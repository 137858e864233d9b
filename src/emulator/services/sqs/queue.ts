import type { AccountId } from '#domain/account.ts';
import type { Scheduled, SimulatedClock } from '../../clock.ts';
import { createDeduplication } from './deduplication.ts';
import type { Message, QueuedMessage } from './message.ts';
import { createMessageStore, type MessageStore } from './message-store.ts';
import type { QueueSettings } from './queue-settings.ts';

/** A queue of one account and region. */
export interface Queue {
  readonly account: AccountId;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  settings: QueueSettings;
  changedAt: number;
  purgedAt: number | undefined;
  /** The message of the last five minutes that this one repeats, in FIFO queues. */
  originalOf(message: Message): Message | undefined;
  /** Twenty digits that grow with each message, which FIFO queues hand out. */
  readonly nextSequenceNumber: () => string;
  send(message: Message, delayInSeconds: number): void;
  /** Visible messages, which are hidden from then on for the visibility timeout. */
  receive(limits: ReceiveLimits): readonly QueuedMessage[];
  find(id: string): QueuedMessage | undefined;
  remove(message: QueuedMessage): void;
  hide(message: QueuedMessage, seconds: number): void;
  counts: MessageStore['counts'];
  isReady(): boolean;
  purge(): void;
  /** Calls whenever messages can be received, at once if that is so now, until it is stopped. */
  watch(wake: () => void): Watch;
}

/** Somebody who waits for messages. */
export interface Watch {
  stop(): void;
}

/** How much may be received at once, and for how long it is hidden then. */
export interface ReceiveLimits {
  readonly messages: number;
  readonly bytes?: number;
  readonly visibilityTimeoutInSeconds?: number | undefined;
}

export type QueueIdentity = Pick<Queue, 'account' | 'region' | 'name' | 'arn'>;

export interface QueueSurroundings {
  readonly clock: SimulatedClock;
  /** Takes a message that was received too often; false when no queue takes it. */
  readonly giveUp: (queue: Queue, message: QueuedMessage) => boolean;
  /** Those who wait for messages, whatever queue has the name. */
  readonly watchers: Set<() => void>;
}

export function createQueue(
  identity: QueueIdentity,
  initial: QueueSettings,
  { clock, giveUp, watchers }: QueueSurroundings,
): Queue {
  const store = createMessageStore(
    () => clock.now(),
    () => queue.settings.retentionInSeconds * 1000,
    initial.isFifo,
  );
  const alarm = createAlarm(clock, store, watchers);
  let numbered = 0;

  function consider(limits: ReceiveLimits) {
    let messages = 0;
    let bytes = 0;
    return (message: QueuedMessage) => {
      const size = Buffer.byteLength(message.body);
      if (messages >= limits.messages) return 'stop';
      if (messages > 0 && bytes + size > (limits.bytes ?? Infinity)) return 'stop';
      const most = queue.settings.redrive?.maxReceiveCount ?? Infinity;
      if (message.receiveCount >= most && giveUp(queue, message)) return 'discard';
      messages += 1;
      bytes += size;
      return 'take';
    };
  }

  const queue: Queue = {
    ...identity,
    createdAt: clock.now(),
    tags: new Map(),
    settings: initial,
    changedAt: clock.now(),
    purgedAt: undefined,
    originalOf: createDeduplication(clock, () => queue.settings),
    nextSequenceNumber: () => `1${String((numbered += 1)).padStart(19, '0')}`,
    send(message, delayInSeconds) {
      store.add(message, clock.now() + delayInSeconds * 1000);
      alarm.ring();
    },
    receive(limits) {
      const hidden = limits.visibilityTimeoutInSeconds ?? queue.settings.visibilityTimeoutInSeconds;
      const taken = store.take(consider(limits), clock.now() + hidden * 1000);
      alarm.set();
      return taken;
    },
    find: (id) => store.find(id),
    remove(message) {
      store.remove(message);
      alarm.ring();
    },
    hide(message, seconds) {
      store.hide(message, clock.now() + seconds * 1000);
      alarm.ring();
    },
    counts: () => store.counts(),
    isReady: () => store.isReady(),
    purge() {
      store.clear();
      queue.purgedAt = clock.now();
      alarm.set();
    },
    watch: (wake) => alarm.watch(wake),
  };
  return queue;
}

/**
 * Tells those who wait for messages that there are some, and when hidden ones come back. The clock waits for hidden
 * messages only while somebody waits for them.
 */
function createAlarm(clock: SimulatedClock, store: MessageStore, watchers: Set<() => void>) {
  let timer: Scheduled | undefined;
  let setFor: number | undefined;

  function set() {
    const due = watchers.size > 0 ? store.nextVisibleAt() : undefined;
    if (due === setFor) return;
    timer?.cancel();
    setFor = due;
    timer = due === undefined ? undefined : clock.at(due, ring);
  }

  function ring() {
    if (watchers.size > 0 && store.isReady()) watchers.forEach((wake) => wake());
    set();
  }

  return {
    set,
    ring,
    watch(wake: () => void) {
      watchers.add(wake);
      ring();
      return {
        stop() {
          watchers.delete(wake);
          set();
        },
      };
    },
  };
}
