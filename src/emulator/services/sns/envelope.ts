import { textFor, type Notice } from './notice.ts';
import type { Subscription } from './topics.ts';

const signature = Buffer.from('The local cloud signs nothing.').toString('base64');

/** What queues receive, as JSON, unless their subscription asks for raw messages. */
export function envelopeOf(notice: Notice, subscription: Subscription, endpoint: string): string {
  const attributes = Object.entries(notice.attributes).map(([name, attribute]) => [
    name,
    described(attribute),
  ]);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: notice.id,
    TopicArn: notice.topicArn,
    ...(notice.subject === undefined ? {} : { Subject: notice.subject }),
    Message: textFor(notice, subscription.protocol),
    Timestamp: new Date(notice.publishedAt).toISOString(),
    SignatureVersion: '1',
    Signature: signature,
    SigningCertURL: certificateUrl(subscription),
    UnsubscribeURL: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) } : {}),
  });
}

/** What functions receive. */
export function lambdaEventOf(notice: Notice, subscription: Subscription, endpoint: string): string {
  const attributes = Object.entries(notice.attributes).map(([name, attribute]) => [
    name,
    described(attribute),
  ]);
  return JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: 'Notification',
          MessageId: notice.id,
          TopicArn: notice.topicArn,
          Subject: notice.subject ?? null,
          Message: textFor(notice, subscription.protocol),
          Timestamp: new Date(notice.publishedAt).toISOString(),
          SignatureVersion: '1',
          Signature: signature,
          SigningCertUrl: certificateUrl(subscription),
          UnsubscribeUrl: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
          MessageAttributes: Object.fromEntries(attributes),
        },
      },
    ],
  });
}

/** Asks whoever owns the endpoint whether the topic may send to it. */
export function confirmationOf(
  subscription: Subscription,
  id: string,
  now: number,
  endpoint: string,
): string {
  const { topic, token } = subscription;
  return JSON.stringify({
    Type: 'SubscriptionConfirmation',
    MessageId: id,
    Token: token,
    TopicArn: topic.arn,
    Message: `${confirmationText(subscription)} Visit the SubscribeURL included in this message.`,
    SubscribeURL: confirmationUrl(subscription, endpoint),
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '1',
    Signature: signature,
    SigningCertURL: certificateUrl(subscription),
  });
}

export function confirmationText({ topic }: Subscription): string {
  return `Confirm the subscription to the topic ${topic.arn}.`;
}

/** Where to confirm a subscription, in the form that AWS gives it. */
export function confirmationUrl({ topic, token }: Subscription, endpoint: string): string {
  return `${endpoint}/?Action=ConfirmSubscription&TopicArn=${topic.arn}&Token=${token}`;
}

function described({ DataType, StringValue, BinaryValue }: Notice['attributes'][string]) {
  return { Type: DataType, Value: StringValue ?? BinaryValue };
}

function certificateUrl({ topic: { region } }: Subscription): string {
  return `https://sns.${region}.amazonaws.com/SimpleNotificationService.pem`;
}
