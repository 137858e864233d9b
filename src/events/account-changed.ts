import { isAccountId, stateTag, type AccountId } from '#domain/account.ts';
import { listMember, member, textMember, timeMember, validTime } from './shape.ts';
import type { BusEvent, Reading, Trigger, Wiring } from './trigger.ts';

/** What an account is has changed in the organization: it was created, closed, moved, removed, or its tags are others. */
export interface AccountChanged {
  readonly account: AccountId;
  readonly change: 'created' | 'closed' | 'other';
  /** When it was asked for, and when it was done. */
  readonly begin: Date | undefined;
  readonly end: Date | undefined;
  /** The same for each delivery of the event. */
  readonly identifier: string;
}

const others = ['MoveAccount', 'RemoveAccountFromOrganization', 'UntagResource'];
const results = new Map([
  ['CreateAccountResult', { change: 'created', status: 'createAccountStatus' }],
  ['CloseAccountResult', { change: 'closed', status: 'closeAccountStatus' }],
] as const);

/**
 * Events of Organizations that change more than a state: writes of the state alone, three per cycle of each account,
 * are told by events of our own. A few at a time, since each reads the account.
 */
export const accountChanged: Trigger<AccountChanged> = {
  kind: 'events',
  queued: { concurrency: 2 },
  pattern: ({ tagPrefix }) => ({
    source: ['aws.organizations'],
    'detail-type': ['AWS Service Event via CloudTrail', 'AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['organizations.amazonaws.com'],
      errorCode: [{ exists: false }],
      $or: [
        { eventName: [...results.keys(), ...others] },
        {
          eventName: ['TagResource'],
          requestParameters: { tags: { key: [{ 'anything-but': [stateTag(tagPrefix)] }] } },
        },
      ],
    },
  }),
  read,
};

function read(event: BusEvent, { tagPrefix }: Wiring): Reading<AccountChanged> {
  const { detail } = event;
  if (member(detail, 'errorCode') !== undefined) return { ignored: 'a call that AWS refused' };
  const name = textMember(detail, 'eventName') ?? '';
  for (const [eventName, { change, status }] of results) {
    if (name === eventName) return readResult(event, change, member(detail, 'serviceEventDetails', status));
  }
  const writesState =
    name === 'TagResource' && !listMember(detail, 'requestParameters', 'tags').some(isOther);
  if (writesState) return { ignored: 'the state and nothing else' };
  if (name !== 'TagResource' && !others.includes(name)) return { ignored: 'no change of an account' };
  const parameters = member(detail, 'requestParameters');
  const account = member(parameters, 'accountId') ?? member(parameters, 'resourceId');
  const at = timeMember(event, 'time');
  return changed(event, { account, change: 'other', begin: at, end: at });

  function isOther(tag: unknown): boolean {
    return textMember(tag, 'key') !== stateTag(tagPrefix);
  }
}

function readResult(event: BusEvent, change: 'created' | 'closed', status: unknown): Reading<AccountChanged> {
  if (textMember(status, 'state') !== 'SUCCEEDED') return { ignored: 'what did not succeed' };
  const end = timeMember(event, 'detail', 'eventTime') ?? timeMember(event, 'time');
  const begin = usTimeIn(textMember(status, 'requestedTimestamp')) ?? end;
  return changed(event, { account: member(status, 'accountId'), change, begin, end });
}

function changed(
  { detail }: BusEvent,
  { account, ...rest }: Omit<AccountChanged, 'account' | 'identifier'> & { readonly account: unknown },
): Reading<AccountChanged> {
  if (!isAccountId(account)) return { ignored: 'not about an account' };
  return { happened: { ...rest, account, identifier: textMember(detail, 'eventID') ?? 'unknown' } };
}

/** CloudTrail writes moments of Organizations as `Sep 16, 2020 9:20:50 PM`, in UTC. */
const usTimeIn = (text: string | undefined): Date | undefined => validTime(new Date(`${text ?? ''} UTC`));
