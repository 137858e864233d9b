/** What differs from one deployment to the next, where events are chosen and read. */
export interface Wiring {
  readonly environment: string;
  readonly tagPrefix: string;
  /** EventBridge expression of the maintenance window; undefined when only people open it. */
  readonly maintenanceWindow: string | undefined;
}

/** An event read into the words of the business, or the reason why it is none of ours. */
export type Reading<Happened> = { readonly happened: Happened } | { readonly ignored: string };

/** An event of the bus, in EventBridge's envelope. */
export interface BusEvent {
  readonly source?: unknown;
  readonly 'detail-type'?: unknown;
  readonly account?: unknown;
  readonly detail?: unknown;
}

export type Pattern = Readonly<Record<string, unknown>>;

/** Events that wait in a queue. */
export interface Queued {
  /** So many batches of them are at work at a time. */
  readonly concurrency: number;
  /** How many of them are handed over together, when they have come within so many seconds; one by one unless given. */
  readonly gathered?: Batch;
}

export interface Batch {
  readonly most: number;
  readonly seconds: number;
}

/** What makes a function run. */
export type Trigger<Happened> =
  | {
      /** Events of the bus, handed over as they come unless they are `queued`. */
      readonly kind: 'events';
      readonly pattern: (wiring: Wiring) => Pattern;
      readonly queued?: Queued;
      readonly read: (event: BusEvent, wiring: Wiring) => Reading<Happened>;
    }
  | {
      /** Messages that our own functions put on a queue of that name. */
      readonly kind: 'messages';
      readonly queue: string;
      readonly concurrency: number;
      readonly read: (message: unknown) => Reading<Happened>;
    }
  | {
      /** A schedule in UTC, or nothing but people who invoke the function by hand. */
      readonly kind: 'schedule';
      readonly expression: (wiring: Wiring) => string | undefined;
      readonly read: (payload: unknown) => Reading<Happened>;
    }
  | {
      /**
       * Requests to a function URL that is open to everybody: the function itself judges them, and its outcome bears an
       * answer. `endpoint` is the key of the URL in the parameter of web endpoints.
       */
      readonly kind: 'web';
      readonly endpoint: string;
      readonly read: (request: unknown) => Reading<Happened>;
    };
