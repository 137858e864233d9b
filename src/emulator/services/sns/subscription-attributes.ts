import { notImplemented } from '../../aws-error.ts';
import { readFilterPolicy } from './filter-policy.ts';
import { invalidParameter } from './sns-refusals.ts';
import type { Subscription } from './topics.ts';

/** Throws InvalidParameter. An empty filter or redrive policy takes it away. */
export function setAttribute(subscription: Subscription, name: string, value: string) {
  const set = setters.get(name);
  if (!set) throw notImplemented('sns', `the attribute ${name} of subscriptions`);
  set(subscription, value);
  if (value === '') subscription.attributes.delete(name);
  else subscription.attributes.set(name, value);
}

const setters: ReadonlyMap<string, (subscription: Subscription, value: string) => void> = new Map([
  [
    'RawMessageDelivery',
    (_: Subscription, value: string) => {
      if (value !== 'true' && value !== 'false') throw invalidParameter('RawMessageDelivery');
    },
  ],
  [
    'FilterPolicy',
    (subscription: Subscription, value: string) => {
      const isEmpty = value === '' || value === '{}';
      subscription.filter = isEmpty ? undefined : readFilterPolicy(value, scopeOf(subscription));
    },
  ],
  [
    'FilterPolicyScope',
    (subscription: Subscription, value: string) => {
      const policy = subscription.attributes.get('FilterPolicy');
      if (policy !== undefined) subscription.filter = readFilterPolicy(policy, value);
    },
  ],
  [
    'RedrivePolicy',
    (subscription: Subscription, value: string) => {
      subscription.deadLetterArn = value === '' ? undefined : deadLetterArnIn(value);
    },
  ],
]);

function scopeOf({ attributes }: Subscription): string {
  return attributes.get('FilterPolicyScope') ?? 'MessageAttributes';
}

function deadLetterArnIn(text: string): string {
  const policy = parsed(text);
  const arn =
    policy !== null && typeof policy === 'object' && 'deadLetterTargetArn' in policy
      ? policy.deadLetterTargetArn
      : undefined;
  if (typeof arn === 'string' && arn.startsWith('arn:aws:sqs:')) return arn;
  throw invalidParameter('RedrivePolicy: deadLetterTargetArn must be the ARN of a queue.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter('RedrivePolicy: failed to parse JSON.');
  }
}

/** The attributes that clients see. */
export function describeSubscription(subscription: Subscription): Map<string, string> {
  const { arn, topic, protocol, endpoint, owner, confirmed, filter } = subscription;
  return new Map([
    ['SubscriptionArn', arn],
    ['TopicArn', topic.arn],
    ['Protocol', protocol],
    ['Endpoint', endpoint],
    ['Owner', owner],
    ['PendingConfirmation', String(!confirmed)],
    ['ConfirmationWasAuthenticated', String(confirmed)],
    ['RawMessageDelivery', 'false'],
    ...(filter ? ([['FilterPolicyScope', scopeOf(subscription)]] as const) : []),
    ...subscription.attributes,
  ]);
}
