import {
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { document, flag, text } from './property-shapes.ts';
import { defineResource } from './resource-provider.ts';

const attributeShapes = {
  FilterPolicy: document.optional(),
  FilterPolicyScope: text.optional(),
  RawMessageDelivery: flag.optional(),
  RedrivePolicy: document.optional(),
};

const shape = z.strictObject({ TopicArn: text, Protocol: text, Endpoint: text, ...attributeShapes });

type Subscription = z.infer<typeof shape>;

/** AWS::SNS::Subscription */
export const snsSubscription = defineResource({
  type: 'AWS::SNS::Subscription',
  shape,
  async create(subscription, { clients: { sns } }) {
    const { TopicArn, Protocol, Endpoint } = subscription;
    const { SubscriptionArn = '' } = await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol,
        Endpoint,
        Attributes: Object.fromEntries(attributesOf(subscription)),
        ReturnSubscriptionArn: true,
      }),
    );
    return { physicalId: SubscriptionArn, reference: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
  async update({ resource, former, properties: subscription }, { clients: { sns } }) {
    const identity = ({ TopicArn, Protocol, Endpoint }: Subscription) =>
      [TopicArn, Protocol, Endpoint].join();
    if (identity(former) !== identity(subscription)) return undefined;
    const { physicalId: SubscriptionArn } = resource;
    for (const [AttributeName, AttributeValue] of attributesOf(subscription))
      await sns.send(
        new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }),
      );
    return resource;
  },
  async remove({ physicalId: SubscriptionArn }, { TopicArn }, { clients: { sns } }) {
    // A topic that is gone has taken its subscriptions along.
    await unlessGone(
      sns
        .send(new ListSubscriptionsByTopicCommand({ TopicArn }))
        .then(() => sns.send(new UnsubscribeCommand({ SubscriptionArn }))),
    );
  },
});

function attributesOf(subscription: Subscription): (readonly [string, string])[] {
  const names = Object.keys(attributeShapes) as (keyof typeof attributeShapes)[];
  return names.flatMap((name) => {
    const value = subscription[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
}
