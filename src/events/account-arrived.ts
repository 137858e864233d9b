import { isAccountId, type AccountId } from '#domain/account.ts';
import { member, textMember } from './shape.ts';
import type { BusEvent, Reading, Trigger } from './trigger.ts';

/** An account has been created, under the root as always, or moved from one parent to another. */
export interface AccountArrived {
  readonly account: AccountId;
  readonly transition: string;
  /** Where the account was before; undefined when it has just been created. */
  readonly from: string | undefined;
}

/** The result of a creation, which is a service event, and `MoveAccount`, which is an API call. */
export const accountArrived: Trigger<AccountArrived> = {
  kind: 'events',
  pattern: () => ({
    source: ['aws.organizations'],
    'detail-type': ['AWS Service Event via CloudTrail', 'AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['organizations.amazonaws.com'],
      eventName: ['CreateAccountResult', 'MoveAccount'],
      errorCode: [{ exists: false }],
    },
  }),
  read,
};

function read({ detail }: BusEvent): Reading<AccountArrived> {
  const transition = textMember(detail, 'eventID') ?? 'unknown';
  if (member(detail, 'errorCode') !== undefined) return { ignored: 'a call that AWS refused' };
  switch (textMember(detail, 'eventName') ?? '') {
    case 'CreateAccountResult': {
      const status = member(detail, 'serviceEventDetails', 'createAccountStatus');
      const account = member(status, 'accountId');
      if (textMember(status, 'state') !== 'SUCCEEDED') return { ignored: 'the creation did not succeed' };
      return isAccountId(account)
        ? { happened: { account, transition, from: undefined } }
        : { ignored: 'a creation without the number of an account' };
    }
    case 'MoveAccount': {
      const account = member(detail, 'requestParameters', 'accountId');
      return isAccountId(account)
        ? {
            happened: {
              account,
              transition,
              from: textMember(detail, 'requestParameters', 'sourceParentId'),
            },
          }
        : { ignored: 'a move without the number of an account' };
    }
    default:
      return { ignored: 'neither a creation nor a move' };
  }
}
