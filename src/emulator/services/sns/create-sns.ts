import { AwsError } from '../../aws-error.ts';
import type { Platform, TopicDelivery } from '../../platform.ts';
import type { Access, Call, Service } from '../../service.ts';
import { publishOperations } from './publish-operations.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { createTopicSending, type Email, type NoticeOutcome } from './topic-delivery.ts';
import { topicOperations } from './topic-operations.ts';
import { createTopics, topicArn, type Topics } from './topics.ts';

export interface Sns {
  readonly service: Service;
  readonly delivery: TopicDelivery;
  /** E-mails to subscribers, the oldest first. */
  readonly outbox: readonly Email[];
}

export interface SnsOptions {
  /** Told of each message and subscription: where it ended. */
  readonly observe?: (outcome: NoticeOutcome) => void;
  /** Whether e-mail addresses are subscribed at once, instead of when their holder follows a link. */
  readonly autoConfirm?: boolean;
}

/** Amazon SNS: topics that send to queues, functions and e-mail addresses. */
export function createSns(
  platform: Platform,
  { observe = () => {}, autoConfirm = false }: SnsOptions = {},
): Sns {
  const topics = createTopics();
  const outbox: Email[] = [];
  const sending = createTopicSending(platform, outbox, observe);
  const { publish, operations } = publishOperations(platform, topics, sending);
  const service: Service = {
    name: 'sns',
    protocol: {
      kind: 'query',
      version: '2010-03-31',
      namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    },
    operations: {
      ...topicOperations(topics),
      ...subscriptionOperations(platform, topics, sending, autoConfirm),
      ...operations,
    },
    access: accessTo(topics),
  };
  return { service, delivery: { publish: createPublish(platform, topics, publish) }, outbox };
}

/** The key that AWS manages for SNS lets no other service of AWS in. */
const managedKey = 'alias/aws/sns';

function createPublish(
  { identity }: Platform,
  topics: Topics,
  publish: ReturnType<typeof publishOperations>['publish'],
): TopicDelivery['publish'] {
  return (arn, { subject, message }, by) => {
    const topic = topics.find(arn);
    if (!topic || topic.attributes.get('KmsMasterKeyId') === managedKey) return false;
    const { account: owner, attributes } = topic;
    const access = { action: 'sns:Publish', resource: arn, resourcePolicy: attributes.get('Policy'), owner };
    if (!identity.allows(by, access)) return false;
    try {
      publish(topic, { Subject: subject, Message: message });
      return true;
    } catch (fault) {
      if (fault instanceof AwsError && fault.status < 500) return false;
      throw fault;
    }
  };
}

interface TopicInput {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly ResourceArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
}

function accessTo(topics: Topics): NonNullable<Service['access']> {
  const onTopic = (input: TopicInput): Access => {
    const arn = input.TopicArn ?? input.TargetArn ?? input.ResourceArn ?? '*';
    const topic = topics.find(arn);
    return { resource: arn, resourcePolicy: topic?.attributes.get('Policy'), owner: topic?.account };
  };
  return {
    CreateTopic: ({ Name = '' }: { Name?: string }, call: Call) => ({ resource: topicArn(call, Name) }),
    // Whoever knows the token has been asked.
    ConfirmSubscription: 'everybody',
    Subscribe: (input: TopicInput) => ({
      ...onTopic(input),
      context: { 'sns:Protocol': input.Protocol ?? '', 'sns:Endpoint': input.Endpoint ?? '' },
    }),
    PublishBatch: (input: TopicInput) => ({ ...onTopic(input), action: 'sns:Publish' }),
    ...Object.fromEntries(onTopics.map((operation) => [operation, onTopic])),
  };
}

const onTopics = [
  'Publish',
  'GetTopicAttributes',
  'SetTopicAttributes',
  'DeleteTopic',
  'ListSubscriptionsByTopic',
  'TagResource',
  'UntagResource',
  'ListTagsForResource',
];
