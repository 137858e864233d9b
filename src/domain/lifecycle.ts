import type { AccountId, AccountState } from './account.ts';

/** The two kinds of work in an account, each done by a build: before it is released, and after it has expired. */
export const phases = ['preparation', 'purge'] as const;
export type Phase = (typeof phases)[number];

/** What an account goes through as its holder sees it: from its creation, or from a maintenance window, to its release. */
export type Transaction = 'on-boarding' | 'maintenance';

/**
 * The life of an account. Each line: the state it is in, the work that this state asks for, and the state that
 * follows, whether the work succeeded or the settings do without it.
 */
export const life = {
  assigned: { phase: 'preparation', next: 'released', announced: 'AssignedAccount', done: 'PreparedAccount' },
  expired: { phase: 'purge', next: 'assigned', announced: 'ExpiredAccount', done: 'PurgedAccount' },
} as const;

export type StateInTransit = keyof typeof life;

export const projects = {
  preparation: 'SpaProjectForAccountPreparation',
  purge: 'SpaProjectForAccountPurge',
} as const satisfies Record<Phase, string>;

export function phaseOfProject(project: string): Phase | undefined {
  return phases.find((phase) => projects[phase] === project);
}

export function stateOfPhase(phase: Phase): StateInTransit {
  return phase === 'preparation' ? 'assigned' : 'expired';
}

export function isInTransit(state: AccountState | undefined): state is StateInTransit {
  return state === 'assigned' || state === 'expired';
}

/**
 * Where the work of a phase stands: begun, pausing between two tries, handed to a person after the last one, or left
 * alone because the account turned out to be none of ours.
 */
export type PassageStatus = 'begun' | 'pausing' | 'given up' | 'left alone';

/** How far an account has come on its way to being released. */
export interface Passage {
  readonly account: AccountId;
  readonly transaction: Transaction;
  readonly phase: Phase;
  readonly status: PassageStatus;
  /** Identifier of the event that began the phase: the same event never begins it again. */
  readonly transition: string;
  /** Builds begun, or tried to begin, in this phase. */
  readonly tries: number;
  /** ARN of the build that runs, if one has begun and has not been seen ending. */
  readonly build?: string;
  /** Why the last try failed, where one has. */
  readonly reason?: string;
  /** Why no build could begin in this try. */
  readonly refused?: string;
  /** Something called for another preparation while a build was running. */
  readonly again?: boolean;
  /** Epoch seconds at which the phase was called for; undefined when nobody has noticed. */
  readonly since?: number;
  /** Epoch seconds from which the sweep looks after the account, when nothing has been heard. */
  readonly due: number;
}

export const triesInAll = 3;

/** Pauses before the second and the third try, in seconds. */
const pauses = [300, 900] as const;

export type AfterFailure =
  | { readonly next: 'try again'; readonly tell: boolean; readonly afterSeconds: number }
  | { readonly next: 'give up' };

/** What follows a try that failed: told on the first, tried again after a growing pause, given up on the last. */
export function afterFailure(tries: number): AfterFailure {
  const pause = pauses[tries - 1];
  if (tries >= triesInAll || pause === undefined) return { next: 'give up' };
  return { next: 'try again', tell: tries <= 1, afterSeconds: pause };
}

/** Most builds last minutes; one that no event has told of for this long is looked at, and every so often after. */
export const patienceWithBuildsInSeconds = 60 * 60;

/** Time for an event to arrive, and for the platform to retry what it began, before the sweep steps in. */
export const patienceWithEventsInSeconds = 600;

/** An account whose event was lost is noticed by a sweep, and taken up once patience with events is over. */
export const longestUnnoticedInSeconds = 2 * patienceWithEventsInSeconds;

/** An account that is none of ours is looked at again after a day, should it bear a state all the same. */
export const patienceWithStrangersInSeconds = 24 * 60 * 60;

/** Clocks of functions and of AWS differ by less than this. */
const toleranceInSeconds = 120;

/** An event is late when its account has been called to something else since, or taken up again without it. */
export function isLate(told: Date | undefined, { since }: Passage): boolean {
  return told !== undefined && since !== undefined && told.getTime() / 1000 < since - toleranceInSeconds;
}

/**
 * A purge is over and the preparation called for, since the given moment at the latest, before the tag says so: where
 * an account is still expired, the function died in between.
 */
export function isPurgedAlready({ phase, tries, since }: Passage, told?: Date): boolean {
  const isCalled = phase === 'preparation' && tries === 0 && since !== undefined;
  return isCalled && (told === undefined || told.getTime() / 1000 < since);
}

/** For so long CodeBuild knows a try again by its token, and starts no second build for it. */
const memoryForTokensInSeconds = 300;

/**
 * Since when (epoch seconds) an earlier delivery of an event may have begun its work; undefined as long as CodeBuild would
 * know it again, and where the event does not tell its time.
 */
export function mayHaveBegunSince(told: Date | undefined, nowInSeconds: number): number | undefined {
  const since = told && told.getTime() / 1000;
  return since !== undefined && nowInSeconds - since > memoryForTokensInSeconds ? since : undefined;
}
