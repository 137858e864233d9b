import type { AccountId } from '#domain/account.ts';
import { AwsError } from './aws-error.ts';
import type { Platform } from './platform.ts';
import type { Call, Caller } from './service.ts';

/** CloudTrail events of Organizations reach the management account's bus, in us-east-1, after this long. */
export const trailDelayInSeconds = 5;

const trailRegion = 'us-east-1';

/** Runs a call that changes something, and records it as CloudTrail does: failed calls too, with their error code. */
export function recorded<T>(
  platform: Platform,
  call: Call,
  request: { source: string; parameters: unknown; response?: (output: T) => unknown },
  run: () => T,
): T {
  const record = (outcome: Record<string, unknown>) =>
    recordApiCall(platform, call, { ...request, eventTime: isoTime(platform), outcome });
  try {
    const output = run();
    record({ responseElements: request.response?.(output) ?? null });
    return output;
  } catch (fault) {
    if (fault instanceof AwsError) {
      record({ responseElements: null, errorCode: fault.code, errorMessage: fault.message });
    }
    throw fault;
  }
}

function recordApiCall(
  platform: Platform,
  call: Call,
  details: { source: string; parameters: unknown; eventTime: string; outcome: Record<string, unknown> },
) {
  later(platform, platform.managementAccount, details.source, 'AWS API Call via CloudTrail', {
    eventVersion: '1.08',
    userIdentity: userIdentity(call.caller),
    eventTime: details.eventTime,
    eventSource: `${details.source.replace('aws.', '')}.amazonaws.com`,
    eventName: call.operation,
    awsRegion: trailRegion,
    sourceIPAddress: '127.0.0.1',
    userAgent: call.http.headers['user-agent'] ?? 'unknown',
    requestParameters: details.parameters,
    ...details.outcome,
    requestID: call.requestId,
    eventID: platform.nextId(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: platform.managementAccount,
    eventCategory: 'Management',
  });
}

/** What a service did by itself, such as the result of an account's creation. */
export function recordServiceEvent(
  platform: Platform,
  event: { source: string; eventName: string; serviceEventDetails: unknown },
) {
  const account = platform.managementAccount;
  later(platform, account, event.source, 'AWS Service Event via CloudTrail', {
    eventVersion: '1.08',
    userIdentity: { accountId: account, invokedBy: 'AWS Internal' },
    eventTime: isoTime(platform),
    eventSource: `${event.source.replace('aws.', '')}.amazonaws.com`,
    eventName: event.eventName,
    awsRegion: trailRegion,
    sourceIPAddress: 'AWS Internal',
    userAgent: 'AWS Internal',
    requestParameters: null,
    responseElements: null,
    eventID: platform.nextId(),
    readOnly: false,
    eventType: 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: account,
    serviceEventDetails: event.serviceEventDetails,
    eventCategory: 'Management',
  });
}

function later(platform: Platform, account: AccountId, source: string, detailType: string, detail: unknown) {
  platform.clock.after(trailDelayInSeconds * 1000, () =>
    platform.events.accept({ account, region: trailRegion, source, detailType, detail }),
  );
}

function userIdentity(caller: Caller) {
  return {
    type: caller.role ? 'AssumedRole' : 'IAMUser',
    principalId: caller.userId,
    arn: caller.arn,
    accountId: caller.account,
    ...(caller.role ? { sessionContext: { sessionIssuer: { type: 'Role', arn: caller.role } } } : {}),
  };
}

const isoTime = (platform: Platform) => `${new Date(platform.clock.now()).toISOString().slice(0, 19)}Z`;
