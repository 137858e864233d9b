import { isAccountId, stateTag, type AccountId, type AccountState } from '#domain/account.ts';
import { listMember, member, textMember, timeMember } from './shape.ts';
import type { BusEvent, Reading, Trigger, Wiring } from './trigger.ts';

/** The tag that holds the state of an account has been written: by the system itself, or by an operator. */
export interface AccountTagged {
  readonly account: AccountId;
  /** Identifier of the CloudTrail event: the same for each delivery of one change. */
  readonly transition: string;
  /** When the tag was written, to the second; undefined when the event does not tell. */
  readonly at: Date | undefined;
}

/** CloudTrail's `TagResource` of Organizations, when it writes the given state. */
export function accountTagged(
  state: AccountState,
  queued?: { readonly concurrency: number },
): Trigger<AccountTagged> {
  return {
    kind: 'events',
    ...(queued ? { queued } : {}),
    pattern: ({ tagPrefix }) => ({
      source: ['aws.organizations'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['organizations.amazonaws.com'],
        eventName: ['TagResource'],
        errorCode: [{ exists: false }],
        requestParameters: { tags: { key: [stateTag(tagPrefix)], value: [state] } },
      },
    }),
    read: (event, wiring) => read(event, wiring, state),
  };
}

function read({ detail }: BusEvent, { tagPrefix }: Wiring, state: AccountState): Reading<AccountTagged> {
  if (textMember(detail, 'eventName') !== 'TagResource') return { ignored: 'not the tagging of a resource' };
  if (member(detail, 'errorCode') !== undefined) return { ignored: 'a call that AWS refused' };
  const account = member(detail, 'requestParameters', 'resourceId');
  if (!isAccountId(account)) return { ignored: 'not the tagging of an account' };
  const written = listMember(detail, 'requestParameters', 'tags').some(
    (tag) => textMember(tag, 'key') === stateTag(tagPrefix) && textMember(tag, 'value') === state,
  );
  if (!written) return { ignored: `does not write the state ${state}` };
  const transition = textMember(detail, 'eventID') ?? 'unknown';
  return { happened: { account, transition, at: timeMember(detail, 'eventTime') } };
}
