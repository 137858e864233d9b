import type { AccountId } from '#domain/account.ts';
import type { FilterPolicy } from './filter-policy.ts';
import { invalidParameter, notFound } from './sns-refusals.ts';

/** A topic of one account and region. */
export interface Topic {
  readonly account: AccountId;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  /** As they were set, in text. */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
}

/** How messages travel; AWS knows more ways. */
export type SubscriptionProtocol = 'sqs' | 'lambda' | 'email' | 'email-json';

/** An endpoint that receives what a topic publishes, once it is confirmed. */
export interface Subscription {
  readonly arn: string;
  readonly topic: Topic;
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  readonly owner: AccountId;
  /** By which whoever owns the endpoint confirms the subscription. */
  readonly token: string;
  /** As they were set, in text. */
  readonly attributes: Map<string, string>;
  confirmed: boolean;
  filter: FilterPolicy | undefined;
  /** ARN of the queue that takes what could not be delivered. */
  deadLetterArn: string | undefined;
}

/** The topics of all accounts and regions, and their subscriptions. */
export interface Topics {
  put(topic: Topic): void;
  remove(topic: Topic): void;
  find(arn: string | undefined): Topic | undefined;
  /** Throws NotFound, and InvalidParameter for what is no ARN of a topic. */
  get(arn: string | undefined): Topic;
  /** In the order of their names. */
  list(place: Place): readonly Topic[];
  add(subscription: Subscription): void;
  subscription(arn: string | undefined): Subscription | undefined;
  unsubscribe(subscription: Subscription): void;
  /** Subscriptions that belong to an account, in one region. */
  subscriptionsOf(place: Place): readonly Subscription[];
}

export interface Place {
  readonly account: AccountId;
  readonly region: string;
}

export function createTopics(): Topics {
  const topics = new Map<string, Topic>();
  const homes = new Map<string, Map<string, Topic>>();
  const subscriptions = new Map<string, Subscription>();
  const owned = new Map<string, Map<string, Subscription>>();

  const keyOf = ({ account, region }: { account: string; region: string }) => `${account} ${region}`;

  function placed<T>(index: Map<string, Map<string, T>>, key: string): Map<string, T> {
    const known = index.get(key) ?? new Map<string, T>();
    index.set(key, known);
    return known;
  }

  const ownedWith = ({ owner, topic }: Subscription) =>
    placed(owned, keyOf({ account: owner, region: topic.region }));

  function unsubscribe(subscription: Subscription) {
    subscriptions.delete(subscription.arn);
    subscription.topic.subscriptions.delete(subscription.arn);
    ownedWith(subscription).delete(subscription.arn);
  }

  return {
    put(topic) {
      topics.set(topic.arn, topic);
      placed(homes, keyOf(topic)).set(topic.name, topic);
    },
    remove(topic) {
      for (const subscription of topic.subscriptions.values()) unsubscribe(subscription);
      topics.delete(topic.arn);
      placed(homes, keyOf(topic)).delete(topic.name);
    },
    find: (arn = '') => topics.get(arn),
    get(arn = '') {
      const topic = topics.get(arn);
      if (topic) return topic;
      if (!/^arn:aws:sns:[\w-]+:\d{12}:[\w-]+$/.test(arn)) throw invalidParameter('TopicArn');
      throw notFound('Topic');
    },
    list: (place) => [...placed(homes, keyOf(place)).values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    add(subscription) {
      subscriptions.set(subscription.arn, subscription);
      subscription.topic.subscriptions.set(subscription.arn, subscription);
      ownedWith(subscription).set(subscription.arn, subscription);
    },
    subscription: (arn = '') => subscriptions.get(arn),
    unsubscribe,
    subscriptionsOf: (place) => [...placed(owned, keyOf(place)).values()],
  };
}

export function topicArn({ account, region }: { account: string; region: string }, name: string): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}
