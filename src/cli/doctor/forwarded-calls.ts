import { awaitedCalls } from '#domain/doctor/forwarding.ts';
import { parsePattern } from '#emulator/services/events/event-pattern.ts';

/** Those of the calls that the system waits for which a rule lets through, as EventBridge would decide. */
export function forwardedCalls(pattern: string, managementAccount: string): readonly string[] {
  let compiled;
  try {
    compiled = parsePattern(pattern);
  } catch {
    // EventBridge holds no pattern that is wrong: this one only uses what we cannot judge.
    return awaitedCalls;
  }
  return awaitedCalls.filter((call) => compiled.matches(exampleOf(call, managementAccount)));
}

/** An event of Organizations as CloudTrail words it, with an account of no importance. */
function exampleOf(call: (typeof awaitedCalls)[number], managementAccount: string) {
  const account = '200000000000';
  const isResult = call === 'CreateAccountResult';
  const parameters = {
    CreateAccountResult: null,
    MoveAccount: { accountId: account, sourceParentId: 'r-ab12', destinationParentId: 'ou-ab12-alpha' },
    TagResource: { resourceId: account, tags: [{ key: 'account-state', value: 'expired' }] },
  };
  return {
    version: '0',
    id: '00000000-0000-4000-8000-000000000000',
    'detail-type': isResult ? 'AWS Service Event via CloudTrail' : 'AWS API Call via CloudTrail',
    source: 'aws.organizations',
    account: managementAccount,
    time: '2026-11-22T09:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      eventVersion: '1.09',
      eventTime: '2026-11-22T09:00:00Z',
      eventSource: 'organizations.amazonaws.com',
      eventName: call,
      eventType: isResult ? 'AwsServiceEvent' : 'AwsApiCall',
      awsRegion: 'us-east-1',
      recipientAccountId: managementAccount,
      requestParameters: parameters[call],
      responseElements: null,
      ...(isResult
        ? { serviceEventDetails: { createAccountStatus: { state: 'SUCCEEDED', accountId: account } } }
        : {}),
    },
  };
}
