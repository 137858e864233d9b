import type { AccountId } from '#domain/account.ts';
import type { Platform } from './platform.ts';
import { trailDelayInSeconds } from './trail.ts';

/** Who opens the console of an account, and with which credentials. */
export interface SignIn {
  readonly account: AccountId;
  readonly region: string;
  readonly by:
    | { readonly type: 'AssumedRole'; readonly role: string; readonly session: string }
    | { readonly type: 'IAMUser'; readonly user: string }
    | { readonly type: 'FederatedUser'; readonly user: string }
    | { readonly type: 'Root' };
  readonly succeeds?: boolean;
}

/** Somebody logs in on the console: CloudTrail tells it to the bus of the account, as it tells API calls. */
export function signIn(
  { clock, events, nextId }: Pick<Platform, 'clock' | 'events' | 'nextId'>,
  { account, region, by, succeeds = true }: SignIn,
): void {
  const eventTime = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
  const detail = {
    eventVersion: '1.08',
    userIdentity: identityOf(account, by),
    eventTime,
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    awsRegion: region,
    sourceIPAddress: '127.0.0.1',
    userAgent: 'local',
    requestParameters: null,
    responseElements: { ConsoleLogin: succeeds ? 'Success' : 'Failure' },
    additionalEventData: { MobileVersion: 'No', MFAUsed: 'No' },
    eventID: nextId(),
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
  const detailType = 'AWS Console Sign In via CloudTrail';
  clock.after(trailDelayInSeconds * 1000, () =>
    events.accept({ account, region, source: 'aws.signin', detailType, detail }),
  );
}

function identityOf(account: AccountId, by: SignIn['by']): Readonly<Record<string, unknown>> {
  const principalId = 'AIDALOCAL';
  switch (by.type) {
    case 'AssumedRole':
      return {
        type: by.type,
        principalId: `AROALOCAL:${by.session}`,
        arn: `arn:aws:sts::${account}:assumed-role/${by.role}/${by.session}`,
        accountId: account,
        sessionContext: { sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${by.role}` } },
      };
    case 'FederatedUser':
      return {
        type: by.type,
        principalId: `${account}:${by.user}`,
        arn: `arn:aws:sts::${account}:federated-user/${by.user}`,
        accountId: account,
      };
    case 'IAMUser':
      return {
        type: by.type,
        principalId,
        arn: `arn:aws:iam::${account}:user/${by.user}`,
        accountId: account,
        userName: by.user,
      };
    case 'Root':
      return {
        type: by.type,
        principalId: account,
        arn: `arn:aws:iam::${account}:root`,
        accountId: account,
        accessKeyId: '',
      };
  }
}
