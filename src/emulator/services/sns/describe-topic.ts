import type { Topic } from './topics.ts';

/** The attributes that clients see. */
export function describeTopic(topic: Topic): Map<string, string> {
  const subscriptions = [...topic.subscriptions.values()];
  const confirmed = subscriptions.filter((subscription) => subscription.confirmed).length;
  return new Map([
    ['TopicArn', topic.arn],
    ['Owner', topic.account],
    ['DisplayName', ''],
    ['Policy', ownersPolicy(topic)],
    ['SubscriptionsConfirmed', String(confirmed)],
    ['SubscriptionsPending', String(subscriptions.length - confirmed)],
    ['SubscriptionsDeleted', '0'],
    ['EffectiveDeliveryPolicy', '{"http":{"defaultHealthyRetryPolicy":{"numRetries":3}}}'],
    ...topic.attributes,
  ]);
}

/**
 * The policy that a topic has until it gets another one: its account may do everything. It is shown, not evaluated: in
 * their own account roles need permissions of their own, and what lacks them is found here rather than on AWS.
 */
function ownersPolicy({ arn, account }: Topic): string {
  const actions = [
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    'Subscribe',
    'ListSubscriptionsByTopic',
    'Publish',
  ];
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}
