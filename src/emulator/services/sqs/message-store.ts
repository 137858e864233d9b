import { createHeap, type Heap } from '../../heap.ts';
import type { Message, QueuedMessage } from './message.ts';

/**
 * The messages of a queue, in the order in which they were sent, each operation in logarithmic time. In a FIFO queue
 * every group is a lane of its own, closed while one of its messages is in flight.
 */
export interface MessageStore {
  add(message: Message, visibleAt: number): void;
  /** Hands out visible messages until `consider` wants no more; those that it discards leave the queue. */
  take(
    consider: (message: QueuedMessage) => 'take' | 'discard' | 'stop',
    hiddenUntil: number,
  ): QueuedMessage[];
  find(id: string): QueuedMessage | undefined;
  remove(message: QueuedMessage): void;
  /** Hides a message in flight until another time. */
  hide(message: QueuedMessage, until: number): void;
  counts(): { readonly visible: number; readonly inFlight: number; readonly delayed: number };
  /** Whether a message could be taken now. */
  isReady(): boolean;
  /** When the next hidden message comes back; undefined when none is hidden. */
  nextVisibleAt(): number | undefined;
  clear(): void;
}

interface Entry extends Message {
  readonly order: number;
  readonly lane: Lane;
  state: QueuedMessage['state'];
  hiddenUntil: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
}

interface Lane {
  readonly key: string;
  readonly waiting: Heap<Entry>;
  visible: number;
  inFlight: number;
  size: number;
}

interface Return {
  readonly entry: Entry;
  readonly at: number;
}

export function createMessageStore(
  now: () => number,
  retentionInMilliseconds: () => number,
  isFifo: boolean,
): MessageStore {
  let entries = new Map<string, Entry>();
  let lanes = new Map<string, Lane>();
  let ready = new Set<Lane>();
  let returns = createHeap<Return>((a, b) => a.at - b.at);
  let counted = { visible: 0, inFlight: 0, delayed: 0 };
  let sent = 0;
  // Of the messages that may still be there, when the oldest was sent.
  let oldest = Infinity;

  function laneOf(message: Message): Lane {
    const key = isFifo ? (message.groupId ?? '') : '';
    const known = lanes.get(key);
    if (known) return known;
    const waiting = createHeap<Entry>((a, b) => a.order - b.order);
    const lane = { key, waiting, visible: 0, inFlight: 0, size: 0 };
    lanes.set(key, lane);
    return lane;
  }

  function turn(entry: Entry, state: Entry['state']) {
    count(entry, -1);
    entry.state = state;
    count(entry, 1);
    const { lane } = entry;
    const open = lane.visible > 0 && !(isFifo && lane.inFlight > 0);
    if (open) ready.add(lane);
    else ready.delete(lane);
  }

  function count({ state, lane }: Entry, change: number) {
    if (state === 'gone') return;
    counted[state] += change;
    if (state === 'visible') lane.visible += change;
    if (state === 'inFlight') lane.inFlight += change;
  }

  function show(entry: Entry) {
    entry.lane.waiting.push(entry);
    turn(entry, 'visible');
  }

  function hideUntil(entry: Entry, state: 'delayed' | 'inFlight', at: number) {
    entry.hiddenUntil = at;
    turn(entry, state);
    returns.push({ entry, at });
  }

  function forget(entry: Entry) {
    turn(entry, 'gone');
    entries.delete(entry.id);
    if ((entry.lane.size -= 1) === 0) lanes.delete(entry.lane.key);
  }

  const isHidden = ({ entry, at }: Return) =>
    (entry.state === 'delayed' || entry.state === 'inFlight') && entry.hiddenUntil === at;

  function firstReturn(): Return | undefined {
    for (let first = returns.first(); first; first = returns.first()) {
      if (isHidden(first)) return first;
      returns.pop();
    }
    return undefined;
  }

  /** Brings back what is hidden no longer, and drops what has been kept long enough. */
  function settle() {
    for (let first = firstReturn(); first && first.at <= now(); first = firstReturn()) {
      returns.pop();
      show(first.entry);
    }
    if (oldest + retentionInMilliseconds() <= now()) expire();
  }

  function expire() {
    oldest = Infinity;
    for (const entry of entries.values()) {
      if (entry.sentAt + retentionInMilliseconds() <= now()) forget(entry);
      else oldest = Math.min(oldest, entry.sentAt);
    }
  }

  function firstVisible(lane: Lane): Entry | undefined {
    for (let first = lane.waiting.first(); first; first = lane.waiting.first()) {
      if (first.state === 'visible') return first;
      lane.waiting.pop();
    }
    return undefined;
  }

  return {
    add(message, visibleAt) {
      const lane = laneOf(message);
      const entry: Entry = {
        ...message,
        order: (sent += 1),
        lane,
        state: 'gone',
        hiddenUntil: 0,
        receiveCount: 0,
        firstReceivedAt: undefined,
      };
      entries.set(entry.id, entry);
      lane.size += 1;
      oldest = Math.min(oldest, entry.sentAt);
      if (visibleAt > now()) hideUntil(entry, 'delayed', visibleAt);
      else show(entry);
    },
    take(consider, hiddenUntil) {
      settle();
      const taken: Entry[] = [];
      for (const lane of ready) {
        for (let entry = firstVisible(lane); entry; entry = firstVisible(lane)) {
          const verdict = consider(entry);
          if (verdict === 'stop') return taken;
          lane.waiting.pop();
          if (verdict === 'discard') {
            forget(entry);
            continue;
          }
          entry.receiveCount += 1;
          entry.firstReceivedAt ??= now();
          hideUntil(entry, 'inFlight', hiddenUntil);
          taken.push(entry);
        }
      }
      return taken;
    },
    find(id) {
      settle();
      return entries.get(id);
    },
    remove({ id }) {
      const entry = entries.get(id);
      if (entry) forget(entry);
    },
    hide({ id }, until) {
      const entry = entries.get(id);
      if (entry) hideUntil(entry, 'inFlight', until);
    },
    counts() {
      settle();
      return { ...counted };
    },
    isReady() {
      settle();
      return ready.size > 0;
    },
    nextVisibleAt: () => firstReturn()?.at,
    clear() {
      entries = new Map();
      lanes = new Map();
      ready = new Set();
      returns = createHeap<Return>((a, b) => a.at - b.at);
      counted = { visible: 0, inFlight: 0, delayed: 0 };
      oldest = Infinity;
    },
  };
}
