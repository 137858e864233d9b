import { isAccountId, type AccountId } from '#domain/account.ts';
import { member, textMember, timeMember } from './shape.ts';
import type { BusEvent, Reading, Trigger } from './trigger.ts';

/** Whose credentials opened the console: those of the root and of IAM users are against the rules. */
export type LoginKind = 'role' | 'federated' | 'user' | 'root';

/** Somebody has logged in on the console of an account. */
export interface ConsoleLogin {
  readonly account: AccountId;
  readonly kind: LoginKind;
  /** The last part of the session's ARN, the name of the IAM user, or `root`. */
  readonly identity: string;
  readonly at: Date | undefined;
  readonly from: string | undefined;
  /** Whether a second factor was asked for; undefined when CloudTrail does not tell. */
  readonly secondFactor: string | undefined;
}

/** Forwarded from member accounts, and from the management account: one login may come from both. */
export const consoleLogin: Trigger<ConsoleLogin> = {
  kind: 'events',
  pattern: () => ({
    'detail-type': ['AWS Console Sign In via CloudTrail'],
    detail: {
      eventSource: ['signin.amazonaws.com'],
      eventName: ['ConsoleLogin'],
      responseElements: { ConsoleLogin: ['Success'] },
    },
  }),
  read,
};

function read(event: BusEvent): Reading<ConsoleLogin> {
  const { detail } = event;
  if (textMember(detail, 'eventName') !== 'ConsoleLogin') return { ignored: 'no login on the console' };
  if (textMember(detail, 'responseElements', 'ConsoleLogin') !== 'Success')
    return { ignored: 'a login that did not succeed' };
  const identity = member(detail, 'userIdentity');
  const kind = kinds.get(textMember(identity, 'type'));
  if (!kind) return { ignored: `a login of ${textMember(identity, 'type') ?? 'an unknown kind'}` };
  const account = textMember(identity, 'accountId') ?? textMember(detail, 'recipientAccountId');
  if (!isAccountId(account)) return { ignored: 'a login without the number of an account' };
  return {
    happened: {
      account,
      kind,
      identity: nameIn(identity, kind),
      at: timeMember(detail, 'eventTime') ?? timeMember(event, 'time'),
      from: textMember(detail, 'sourceIPAddress'),
      secondFactor: textMember(detail, 'additionalEventData', 'MFAUsed'),
    },
  };
}

const kinds: ReadonlyMap<string | undefined, LoginKind> = new Map([
  ['AssumedRole', 'role'],
  ['FederatedUser', 'federated'],
  ['SAMLUser', 'federated'],
  ['WebIdentityUser', 'federated'],
  ['IdentityCenterUser', 'federated'],
  ['IAMUser', 'user'],
  ['Root', 'root'],
]);

function nameIn(identity: unknown, kind: LoginKind): string {
  if (kind === 'root') return 'root';
  const name = kind === 'user' ? textMember(identity, 'userName') : undefined;
  const principal = textMember(identity, 'principalId')?.split(':').at(-1);
  return name ?? textMember(identity, 'arn')?.split('/').at(-1) ?? principal ?? 'unknown';
}
