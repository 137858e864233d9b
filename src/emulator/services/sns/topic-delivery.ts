import type { Platform, ServicePrincipal } from '../../platform.ts';
import { confirmationOf, confirmationText, confirmationUrl, envelopeOf, lambdaEventOf } from './envelope.ts';
import { textFor, type Notice } from './notice.ts';
import type { Subscription, Topic } from './topics.ts';

/** An e-mail that the cloud would have sent. */
export interface Email {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly topicArn: string;
  readonly sentAt: Date;
}

/** How a message ended on its way to one subscription. Lost ones had no queue for dead letters that takes them. */
export interface NoticeOutcome {
  readonly notice: Notice;
  readonly subscription: Subscription;
  readonly outcome: 'delivered' | 'dead-lettered' | 'lost';
}

export interface TopicSending {
  /** To all confirmed subscriptions whose filters want it. */
  send(topic: Topic, notice: Notice): void;
  /** Asks for the confirmation of a subscription, where its endpoint can be asked. */
  askForConfirmation(subscription: Subscription): void;
}

/** Brings messages to queues, functions and the outbox, in the name of their topic. */
export function createTopicSending(
  platform: Platform,
  outbox: Email[],
  observe: (outcome: NoticeOutcome) => void,
): TopicSending {
  function post(subscription: Subscription, subject: string, body: string) {
    const { topic, endpoint } = subscription;
    outbox.push({ to: endpoint, subject, body, topicArn: topic.arn, sentAt: new Date(platform.clock.now()) });
    return true;
  }

  function bodyFor(notice: Notice, subscription: Subscription): string {
    const isRaw = subscription.attributes.get('RawMessageDelivery') === 'true';
    if (subscription.protocol === 'lambda') return lambdaEventOf(notice, subscription, platform.endpoint());
    if (isRaw || subscription.protocol === 'email') return textFor(notice, subscription.protocol);
    return envelopeOf(notice, subscription, platform.endpoint());
  }

  function hand(notice: Notice, subscription: Subscription, body: string): boolean {
    const { protocol, endpoint, attributes } = subscription;
    if (protocol === 'lambda')
      return platform.functions.invokeLater(endpoint, body, principalOf(subscription));
    if (protocol !== 'sqs') return post(subscription, notice.subject ?? 'AWS Notification Message', body);
    const isRaw = attributes.get('RawMessageDelivery') === 'true';
    const sending = isRaw ? { MessageAttributes: notice.attributes } : {};
    return platform.queues.deliver(endpoint, body, principalOf(subscription), sending);
  }

  function deliver(notice: Notice, subscription: Subscription) {
    const body = bodyFor(notice, subscription);
    if (hand(notice, subscription, body)) {
      observe({ notice, subscription, outcome: 'delivered' });
      return;
    }
    const { deadLetterArn } = subscription;
    const kept =
      deadLetterArn !== undefined && platform.queues.deliver(deadLetterArn, body, principalOf(subscription));
    observe({ notice, subscription, outcome: kept ? 'dead-lettered' : 'lost' });
  }

  return {
    send(topic, notice) {
      for (const subscription of topic.subscriptions.values()) {
        if (subscription.confirmed && (subscription.filter?.wants(notice) ?? true))
          deliver(notice, subscription);
      }
    },
    askForConfirmation(subscription) {
      const { protocol, endpoint } = subscription;
      const url = confirmationUrl(subscription, platform.endpoint());
      if (protocol === 'sqs') {
        const body = confirmationOf(
          subscription,
          platform.nextId(),
          platform.clock.now(),
          platform.endpoint(),
        );
        platform.queues.deliver(endpoint, body, principalOf(subscription));
      } else if (protocol !== 'lambda') {
        post(
          subscription,
          'AWS Notification - Subscription Confirmation',
          `${confirmationText(subscription)}\n${url}`,
        );
      }
    },
  };
}

/** Topics act in their own name: resource policies may ask for their ARN. */
function principalOf({ topic }: Subscription): ServicePrincipal {
  return { service: 'sns.amazonaws.com', account: topic.account, source: topic.arn };
}
