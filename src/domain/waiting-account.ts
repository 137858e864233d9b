import type { Account, AccountId, AccountState } from './account.ts';
import { patienceWithEventsInSeconds, type Passage } from './lifecycle.ts';

export const waitingStates = ['none', 'vanilla', 'assigned', 'expired'] as const satisfies (
  AccountState | 'none'
)[];
export type WaitingState = (typeof waitingStates)[number];

/** An account that its holder does not have at the moment: why, and what comes next. */
export interface WaitingAccount {
  readonly account: AccountId;
  readonly state: WaitingState;
  /** Who has to act: the system does so by itself, or nothing happens before a person does. */
  readonly turn: 'system' | 'person';
  readonly reason: string;
  readonly next: string;
}

/** Numbers of the accounts that are not released, by state. */
export type UnreleasedAccounts = { readonly [State in WaitingState]: readonly AccountId[] };

export function unreleasedAccounts(accounts: readonly Account[]): UnreleasedAccounts {
  const inState = (wanted: WaitingState) =>
    accounts.filter(({ state = 'none' }) => state === wanted).map(({ id }) => id);
  return {
    none: inState('none'),
    vanilla: inState('vanilla'),
    assigned: inState('assigned'),
    expired: inState('expired'),
  };
}

/** Why each of them waits, by what is on record of its way. */
export function waitingAccounts(
  unreleased: UnreleasedAccounts,
  passages: readonly Passage[],
  now: Now,
): readonly WaitingAccount[] {
  const known = new Map(passages.map((passage) => [passage.account, passage]));
  return waitingStates.flatMap((state) =>
    unreleased[state].map((account) => explainWaiting(account, state, known.get(account), now)),
  );
}

/** Sweeps come every five minutes, and may fail once or twice: what is later than this is forgotten. */
const mostLatenessInSeconds = 3 * patienceWithEventsInSeconds;

interface Now {
  readonly epochSeconds: number;
  /** Key of the tag that a person may write. */
  readonly stateTag: string;
}

function explainWaiting(
  account: AccountId,
  state: WaitingState,
  passage: Passage | undefined,
  { epochSeconds, stateTag }: Now,
): WaitingAccount {
  const told = { account, state };
  if (passage?.status === 'given up') {
    const [again, back] = [`${stateTag}=assigned`, `${stateTag}=released`];
    const next = `mend the cause, then tag it ${again} to begin again, or ${back} to give it back as it is`;
    return { ...told, turn: 'person', reason: failureOf(passage), next };
  }
  const course = passage ? courseOf(passage) : (unheardOf[state] ?? nothingOnRecord);
  if (passage && passage.due + mostLatenessInSeconds < epochSeconds) {
    const next = 'no sweep has looked at it when it was due: npx spa doctor tells what is broken';
    return { ...told, turn: 'person', reason: course.reason, next };
  }
  return { ...told, turn: 'system', ...course };
}

type Course = Pick<WaitingAccount, 'reason' | 'next'>;

const nothingOnRecord: Course = {
  reason: 'nothing is on record of its way yet',
  next: 'a sweep takes it up within half an hour',
};

const unheardOf: { readonly [State in WaitingState]?: Course } = {
  none: { reason: 'it bears no state', next: 'a sweep on-boards it within the hour' },
  vanilla: { reason: 'its on-boarding has not begun', next: nothingOnRecord.next },
};

function courseOf(passage: Passage): Course {
  const { phase, status, build, due } = passage;
  const time = new Date(due * 1000).toISOString().slice(0, 16).replace('T', ' ');
  switch (status) {
    case 'begun':
      return build === undefined
        ? { reason: `its ${phase} is called for`, next: `a sweep takes it up soon after ${time}` }
        : { reason: `its ${phase} is at work: ${build}`, next: `the build is looked at soon after ${time}` };
    case 'left alone':
      return { reason: 'it was none of ours', next: `it is looked at again soon after ${time}` };
    case 'pausing':
    case 'given up':
      return { reason: failureOf(passage), next: `it is tried again soon after ${time}` };
  }
}

const failureOf = ({ phase, tries, reason }: Passage) =>
  `its ${phase} has failed ${tries === 1 ? 'once' : `${tries} times`}${reason === undefined ? '' : `: ${reason}`}`;
