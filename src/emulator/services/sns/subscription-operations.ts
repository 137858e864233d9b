import type {
  ConfirmSubscriptionInput,
  GetSubscriptionAttributesInput,
  ListSubscriptionsByTopicInput,
  ListSubscriptionsInput,
  SetSubscriptionAttributesInput,
  SubscribeInput,
  UnsubscribeInput,
} from '@aws-sdk/client-sns';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { checkEndpoint, readProtocol } from './endpoint.ts';
import { invalidParameter, notFound } from './sns-refusals.ts';
import { describeSubscription, setAttribute } from './subscription-attributes.ts';
import type { TopicSending } from './topic-delivery.ts';
import type { Subscription, Topics } from './topics.ts';

const mostOnAPage = 100;
const pending = 'pending confirmation';

/** Who receives what topics publish; `autoConfirm` spares people the click in their mail. */
export function subscriptionOperations(
  platform: Pick<Platform, 'nextId'>,
  topics: Topics,
  sending: TopicSending,
  autoConfirm: boolean,
) {
  function owned(arn: string | undefined, call: Call): Subscription {
    const subscription = topics.subscription(arn);
    if (!subscription) throw notFound('Subscription');
    if (call.account !== subscription.owner && call.account !== subscription.topic.account)
      throw new AwsError('AuthorizationError', 'The subscription belongs to another account.', 403);
    return subscription;
  }

  function create(input: SubscribeInput, call: Call): Subscription {
    const topic = topics.get(input.TopicArn);
    const protocol = readProtocol(input.Protocol);
    const endpoint = checkEndpoint(protocol, input.Endpoint);
    const known = [...topic.subscriptions.values()].find(
      (other) => other.protocol === protocol && other.endpoint === endpoint,
    );
    if (known) return unchanged(known, input.Attributes);
    const isMail = protocol === 'email' || protocol === 'email-json';
    const subscription: Subscription = {
      arn: `${topic.arn}:${platform.nextId()}`,
      topic,
      protocol,
      endpoint,
      owner: call.account,
      token: platform.nextId().replaceAll('-', ''),
      attributes: new Map(),
      // A queue or function of the subscriber's own account needs nobody's confirmation.
      confirmed: isMail ? autoConfirm : endpoint.split(':')[4] === call.account,
      filter: undefined,
      deadLetterArn: undefined,
    };
    setAll(subscription, input.Attributes);
    topics.add(subscription);
    if (!subscription.confirmed) sending.askForConfirmation(subscription);
    return subscription;
  }

  return {
    Subscribe(input: SubscribeInput, call: Call) {
      const subscription = create(input, call);
      const told = subscription.confirmed || String(input.ReturnSubscriptionArn) === 'true';
      return { SubscriptionArn: told ? subscription.arn : pending };
    },
    ConfirmSubscription({ TopicArn, Token }: ConfirmSubscriptionInput) {
      const { subscriptions } = topics.get(TopicArn);
      const subscription = [...subscriptions.values()].find(({ token }) => token === Token);
      if (!subscription) throw invalidParameter('Token');
      subscription.confirmed = true;
      return { SubscriptionArn: subscription.arn };
    },
    Unsubscribe({ SubscriptionArn }: UnsubscribeInput, call: Call) {
      if (!SubscriptionArn?.startsWith('arn:aws:sns:')) throw invalidParameter('SubscriptionArn');
      if (topics.subscription(SubscriptionArn)) topics.unsubscribe(owned(SubscriptionArn, call));
    },
    ListSubscriptions({ NextToken }: ListSubscriptionsInput, call: Call) {
      return listed(topics.subscriptionsOf(call), NextToken);
    },
    ListSubscriptionsByTopic({ TopicArn, NextToken }: ListSubscriptionsByTopicInput) {
      return listed([...topics.get(TopicArn).subscriptions.values()], NextToken);
    },
    GetSubscriptionAttributes({ SubscriptionArn }: GetSubscriptionAttributesInput, call: Call) {
      return { Attributes: describeSubscription(owned(SubscriptionArn, call)) };
    },
    SetSubscriptionAttributes(input: SetSubscriptionAttributesInput, call: Call) {
      const { SubscriptionArn, AttributeName = '', AttributeValue = '' } = input;
      setAttribute(owned(SubscriptionArn, call), AttributeName, AttributeValue);
    },
  };
}

/** Subscribing again changes nothing, and is refused when it would. */
function unchanged(
  subscription: Subscription,
  attributes: Readonly<Record<string, string>> = {},
): Subscription {
  const described = describeSubscription(subscription);
  if (Object.entries(attributes).every(([name, value]) => described.get(name) === value)) return subscription;
  throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
}

/** The scope comes first, since the filter is read in it. */
function setAll(subscription: Subscription, attributes: Readonly<Record<string, string>> = {}) {
  const entries = Object.entries(attributes);
  entries.sort(([a], [b]) => Number(b === 'FilterPolicyScope') - Number(a === 'FilterPolicyScope'));
  for (const [name, value] of entries) setAttribute(subscription, name, value);
}

function listed(subscriptions: readonly Subscription[], token: string | undefined) {
  const page = pageOf(subscriptions, token, mostOnAPage, invalidParameter('NextToken'));
  return {
    Subscriptions: page.items.map(({ arn, confirmed, owner, protocol, endpoint, topic }) => ({
      SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
      Owner: owner,
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topic.arn,
    })),
    NextToken: page.next,
  };
}
