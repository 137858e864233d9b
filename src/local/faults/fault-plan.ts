/** When something goes wrong: by chance, and perhaps during a part of the time only. */
export interface Chance {
  /** From above 0 to 1: how much of what it may hit is hit. */
  readonly share: number;
  /** Simulated seconds since the world has opened; from its opening unless given. */
  readonly from?: number;
  /** Likewise; for ever unless given. */
  readonly until?: number;
}

export const callFaults = ['throttled', 'slow', 'failed', 'unanswered', 'denied', 'stale'] as const;

/** Services that functions call, by the names that they sign for, and under which calls are counted. */
export const calledServices = [
  'ce',
  'codebuild',
  'dynamodb',
  'events',
  'iam',
  'organizations',
  's3',
  'ses',
  'sns',
  'sqs',
  'ssm',
  'ssm-incidents',
  'sts',
  'tagging',
] as const;

/** What happens to calls that functions make: narrowed by what is given, to all of them otherwise. */
export interface CallFault extends Chance {
  readonly fault: (typeof callFaults)[number];
  readonly service?: (typeof calledServices)[number];
  readonly operation?: string;
  /** Account in which the call acts; for `AssumeRole`, that of the role. */
  readonly account?: string;
  readonly region?: string;
  /** The longest delay of slow calls, the oldest age of stale answers. */
  readonly seconds?: number;
}

export const eventFaults = ['lost', 'doubled', 'late', 'shuffled'] as const;

/** What happens to events between a bus and a target, each time anew: on one hop to another bus, on the next to a function. */
export interface EventFault extends Chance {
  readonly fault: (typeof eventFaults)[number];
  readonly detailType?: string;
  /** Account on whose bus the event is. */
  readonly account?: string;
  /** The longest delay; of the second copy, where events are doubled. */
  readonly seconds?: number;
}

export const momentsOfDeath = ['before', 'during', 'after'] as const;

/** Machines of functions that die: before they begin, between any two calls, or when all is done but nobody knows. */
export interface FunctionFault extends Chance {
  readonly fault: 'killed';
  /** Any of them unless given. */
  readonly when?: (typeof momentsOfDeath)[number];
  /** Name without the environment before it. */
  readonly function?: string;
}

export const buildFaults = ['failed', 'stopped', 'vanished'] as const;

export interface BuildFault extends Chance {
  readonly fault: (typeof buildFaults)[number];
  readonly project?: string;
  readonly account?: string;
}

/** Clocks of functions that are wrong by up to so many seconds, ahead or behind. */
export interface ClockFault extends Chance {
  readonly fault: 'skewed';
  readonly seconds: number;
  readonly function?: string;
}

/** What goes wrong in the local cloud, how often, and where; the same at each run with the same seed. */
export interface FaultPlan {
  readonly seed: number;
  readonly calls: readonly CallFault[];
  readonly events: readonly EventFault[];
  readonly functions: readonly FunctionFault[];
  readonly builds: readonly BuildFault[];
  readonly clocks: readonly ClockFault[];
}

export const noFaults: FaultPlan = { seed: 1, calls: [], events: [], functions: [], builds: [], clocks: [] };
