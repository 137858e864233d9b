import type { SimulatedClock, Work } from '../../clock.ts';
import type { Item } from './attribute-value.ts';
import { sameItem } from './compare-values.ts';
import { sizeOfItem } from './item-size.ts';

export type StreamView = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** What happened to an item; `before` or `after` is missing when it came or went. */
export interface ItemChange {
  readonly keys: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly cause: 'request' | 'expiry';
}

/** A record as Lambda hands it to functions. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamView;
  };
  readonly userIdentity?: { readonly principalId: string; readonly type: 'Service' };
  readonly eventSourceARN: string;
}

/**
 * Takes a batch of records, in order. When it throws, the same batch comes again after a pause, until its records
 * are a day old; until then, those behind it wait.
 */
export type StreamListener = (records: readonly StreamRecord[], work: Work) => unknown;

export interface Stream {
  readonly arn: string;
  readonly label: string;
  readonly view: StreamView;
  publish(change: ItemChange): void;
  /** Records from now on, a hundred at a time unless told otherwise; returns what ends it. */
  listen(listener: StreamListener, batchSize?: number): () => void;
}

const pollInMilliseconds = 250;
const longestPauseInMilliseconds = 60_000;
const retentionInSeconds = 24 * 3600;

export function createStream(options: {
  readonly clock: SimulatedClock;
  readonly nextId: () => string;
  readonly region: string;
  readonly tableArn: string;
  readonly view: StreamView;
}): Stream {
  const { clock, view } = options;
  const label = new Date(clock.now()).toISOString().slice(0, -1);
  const arn = `${options.tableArn}/stream/${label}`;
  const readers = new Set<Reader>();
  let published = 0;

  function recordOf(change: ItemChange): StreamRecord {
    const { keys, before, after } = change;
    const images = imagesOf(view, change);
    return {
      eventID: options.nextId().replaceAll('-', ''),
      eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: options.region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(clock.now() / 1000),
        Keys: keys,
        ...images,
        SequenceNumber: `1${String((published += 1)).padStart(20, '0')}`,
        SizeBytes: [keys, ...Object.values(images)].reduce((size, item) => size + sizeOfItem(item), 0),
        StreamViewType: view,
      },
      ...(change.cause === 'expiry' && {
        userIdentity: { principalId: 'dynamodb.amazonaws.com', type: 'Service' },
      }),
      eventSourceARN: arn,
    };
  }

  return {
    arn,
    label,
    view,
    publish(change) {
      const unchanged = change.before && change.after && sameItem(change.before, change.after);
      if (readers.size === 0 || unchanged) return;
      const record = recordOf(change);
      for (const reader of readers) reader.take(record);
    },
    listen(listener, batchSize = 100) {
      const reader = createReader(clock, listener, batchSize);
      readers.add(reader);
      return () => {
        readers.delete(reader);
        reader.stop();
      };
    },
  };
}

function imagesOf(view: StreamView, { before, after }: ItemChange): { NewImage?: Item; OldImage?: Item } {
  const wantsNew = view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES';
  const wantsOld = view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES';
  return {
    ...(wantsNew && after && { NewImage: after }),
    ...(wantsOld && before && { OldImage: before }),
  };
}

interface Reader {
  take(record: StreamRecord): void;
  stop(): void;
}

/** Hands records on as Lambda does: it asks four times a second, and takes one batch after the other. */
function createReader(clock: SimulatedClock, listener: StreamListener, batchSize: number): Reader {
  let pending: StreamRecord[] = [];
  let polling = false;
  let pause = pollInMilliseconds;

  function poll(delay: number) {
    polling = true;
    clock.after(delay, handOn);
  }

  async function handOn(work: Work) {
    const oldest = clock.now() / 1000 - retentionInSeconds;
    pending = pending.filter(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
    const batch = pending.slice(0, batchSize);
    try {
      if (batch.length > 0) await listener(batch, work);
      pending.splice(0, batch.length);
      pause = pollInMilliseconds;
    } catch {
      // The listener has told of its failure; what the stream owes it is the same batch again.
      pause = Math.min(2 * pause, longestPauseInMilliseconds);
    }
    if (pending.length > 0) poll(pause);
    else polling = false;
  }

  return {
    take(record) {
      pending.push(record);
      if (!polling) poll(pollInMilliseconds);
    },
    stop() {
      pending = [];
    },
  };
}
