import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
  type PublishCommandInput,
  type SubscribeCommandInput,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import {
  automation,
  lettingIn,
  member,
  openMessagingCloud,
  permitting,
  refusal,
  region,
} from './support-messaging.ts';

const topic = `arn:aws:sns:${region}:${automation}:Alerts`;
const queueArn = `arn:aws:sqs:${region}:${automation}:Queue`;

async function openTopic(options: Parameters<typeof openMessagingCloud>[0] = {}) {
  const cloud = openMessagingCloud(options);
  const client = cloud.topics();
  await client.send(new CreateTopicCommand({ Name: 'Alerts' }));
  return {
    ...cloud,
    client,
    outbox: cloud.sns.outbox,
    subscribe: (more: Partial<SubscribeCommandInput>) =>
      client.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', ...more })),
    publish: (more: Partial<PublishCommandInput> = {}) =>
      client.send(new PublishCommand({ TopicArn: topic, Message: 'Fire', ...more })),
  };
}

describe('a topic', () => {
  it('is created once: again changes nothing, but with other attributes or tags it is refused', async () => {
    const { client } = await openTopic();
    const create = (more: object = {}) => client.send(new CreateTopicCommand({ Name: 'Alerts', ...more }));

    expect((await create()).TopicArn).toBe(topic);
    await expect(create({ Attributes: { DisplayName: 'Fire' } })).rejects.toEqual(
      refusal('InvalidParameterException', 'different attributes'),
    );
    await expect(create({ Tags: [{ Key: 'a', Value: '1' }] })).rejects.toEqual(
      refusal('InvalidParameterException', 'different tags'),
    );
  });

  it('tells its attributes, and what may be set of them', async () => {
    const { client, subscribe } = await openTopic();
    await subscribe({ Endpoint: queueArn });
    await subscribe({ Protocol: 'email', Endpoint: 'zoe@example.com' });
    await client.send(
      new SetTopicAttributesCommand({
        TopicArn: topic,
        AttributeName: 'DisplayName',
        AttributeValue: 'A & B',
      }),
    );

    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topic }));

    expect(Attributes).toMatchObject({
      TopicArn: topic,
      Owner: automation,
      DisplayName: 'A & B',
      SubscriptionsConfirmed: '1',
      SubscriptionsPending: '1',
      Policy: expect.stringContaining('__default_policy_ID'),
    });
  });

  it('is listed by page, bears tags, and goes with its subscriptions', async () => {
    const { client, subscribe } = await openTopic();
    for (let at = 0; at < 100; at += 1) await client.send(new CreateTopicCommand({ Name: `Topic${at}` }));
    await subscribe({ Endpoint: queueArn });
    await client.send(
      new TagResourceCommand({
        ResourceArn: topic,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await client.send(new UntagResourceCommand({ ResourceArn: topic, TagKeys: ['a'] }));

    const first = await client.send(new ListTopicsCommand({}));
    const second = await client.send(new ListTopicsCommand({ NextToken: first.NextToken }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: topic }));
    await client.send(new DeleteTopicCommand({ TopicArn: topic }));
    await client.send(new DeleteTopicCommand({ TopicArn: topic }));

    expect([first.Topics?.length, second.Topics?.length, second.NextToken]).toEqual([100, 1, undefined]);
    expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
    expect((await client.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual([]);
    await expect(client.send(new GetTopicAttributesCommand({ TopicArn: topic }))).rejects.toEqual(
      refusal('NotFoundException', 'Topic does not exist'),
    );
  });

  it.each([
    ['a name with a space', { Name: 'My alerts' }, 'InvalidParameterException'],
    ['an order of messages', { Name: 'Alerts.fifo' }, 'NotImplemented'],
    [
      'an attribute that is not known here',
      { Name: 'Other', Attributes: { TracingConfig: 'Active' } },
      'NotImplemented',
    ],
  ])('is refused with %s', async (_, input, code) => {
    const { client } = await openTopic();

    await expect(client.send(new CreateTopicCommand(input))).rejects.toEqual(refusal(code));
  });
});

describe('a subscription', () => {
  it('of a queue of one’s own is there at once', async () => {
    const { client, subscribe } = await openTopic();

    const { SubscriptionArn } = await subscribe({ Endpoint: queueArn });
    const again = await subscribe({ Endpoint: queueArn });

    expect(SubscriptionArn).toMatch(/^arn:aws:sns:eu-west-1:222222222222:Alerts:[\da-f-]{36}$/);
    expect(again.SubscriptionArn).toBe(SubscriptionArn);
    const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
    expect(Subscriptions).toEqual([
      { SubscriptionArn, Owner: automation, Protocol: 'sqs', Endpoint: queueArn, TopicArn: topic },
    ]);
  });

  it('of an e-mail address waits for its holder', async () => {
    const { client, subscribe, publish, outbox } = await openTopic();
    const pending = await subscribe({ Protocol: 'email', Endpoint: 'zoe@example.com' });
    await publish();
    expect(pending.SubscriptionArn).toBe('pending confirmation');
    expect(outbox.map(({ to, subject }) => [to, subject])).toEqual([
      ['zoe@example.com', 'AWS Notification - Subscription Confirmation'],
    ]);

    const Token = /Token=(\w+)/.exec(outbox[0]?.body ?? '')?.[1];
    await client.send(new ConfirmSubscriptionCommand({ TopicArn: topic, Token }));
    await publish({ Subject: 'Smoke' });

    expect(outbox.slice(1)).toEqual([
      {
        to: 'zoe@example.com',
        subject: 'Smoke',
        body: 'Fire',
        topicArn: topic,
        sentAt: new Date('2026-11-22T12:00:00Z'),
      },
    ]);
  });

  it('of an e-mail address may be spared that', async () => {
    const { subscribe, publish, outbox } = await openTopic({ sns: { autoConfirm: true } });

    await subscribe({ Protocol: 'email', Endpoint: 'zoe@example.com' });
    await publish();

    expect(outbox.map(({ body }) => body)).toEqual(['Fire']);
  });

  it('has attributes that may change', async () => {
    const { client, subscribe } = await openTopic();
    const { SubscriptionArn } = await subscribe({
      Endpoint: queueArn,
      Attributes: { RawMessageDelivery: 'true' },
    });
    const set = (AttributeName: string, AttributeValue: string) =>
      client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));

    await set('RawMessageDelivery', 'false');
    await set('FilterPolicy', '{"kind": ["fire"]}');

    const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({
      SubscriptionArn,
      RawMessageDelivery: 'false',
      FilterPolicy: '{"kind": ["fire"]}',
      FilterPolicyScope: 'MessageAttributes',
      PendingConfirmation: 'false',
    });
    await expect(set('FilterPolicy', '{"kind": "fire"}')).rejects.toEqual(
      refusal('InvalidParameterException', 'FilterPolicy'),
    );
    await expect(set('RedrivePolicy', '{}')).rejects.toEqual(
      refusal('InvalidParameterException', 'RedrivePolicy'),
    );
    await expect(
      subscribe({ Endpoint: queueArn, Attributes: { RawMessageDelivery: 'true' } }),
    ).rejects.toEqual(refusal('InvalidParameterException', 'different attributes'));
  });

  it('ends for its holder and for nobody else', async () => {
    const { client, topics, subscribe } = await openTopic();
    const { SubscriptionArn } = await subscribe({ Endpoint: queueArn });
    const unsubscribe = new UnsubscribeCommand({ SubscriptionArn });

    await expect(topics(member).send(unsubscribe)).rejects.toEqual(refusal('AuthorizationErrorException'));
    await client.send(unsubscribe);
    await client.send(unsubscribe);

    expect((await client.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual([]);
  });

  it.each([
    ['no queue', { Endpoint: 'Queue' }, 'InvalidParameterException'],
    ['no address', { Protocol: 'email', Endpoint: 'zoe' }, 'InvalidParameterException'],
    ['no protocol', { Protocol: 'pigeon', Endpoint: 'zoe' }, 'InvalidParameterException'],
    ['a protocol that is not known here', { Protocol: 'https', Endpoint: 'https://x' }, 'NotImplemented'],
  ])('is refused with %s', async (_, input, code) => {
    const { subscribe } = await openTopic();

    await expect(subscribe(input)).rejects.toEqual(refusal(code));
  });
});

describe('a message that is published', () => {
  it.each([
    ['no text', { Message: '' }],
    ['a subject of two lines', { Subject: 'a\nb' }],
    ['a subject that is not ASCII', { Subject: 'Fête' }],
    ['a subject that is too long', { Subject: 'x'.repeat(101) }],
    ['a text that is too long', { Message: 'x'.repeat(256 * 1024 + 1) }],
    ['variants without a default', { Message: '{"sqs": "x"}', MessageStructure: 'json' }],
    ['no topic', { TopicArn: undefined }],
  ])('is refused with %s', async (_, input) => {
    const { publish } = await openTopic();

    await expect(publish(input)).rejects.toEqual(refusal('InvalidParameterException'));
  });

  it('goes nowhere when its topic does not exist', async () => {
    const { publish } = await openTopic();

    await expect(publish({ TopicArn: `${topic}s` })).rejects.toEqual(refusal('NotFoundException'));
  });

  it('may be one of ten in a call, each by itself', async () => {
    const { client, subscribe, outbox } = await openTopic({ sns: { autoConfirm: true } });
    await subscribe({ Protocol: 'email', Endpoint: 'zoe@example.com' });
    const batch = (...ids: string[]) =>
      client.send(
        new PublishBatchCommand({
          TopicArn: topic,
          PublishBatchRequestEntries: ids.map((Id) => ({
            Id,
            Message: `message ${Id}`,
            Subject: Id === 'bad' ? '\n' : undefined,
          })),
        }),
      );

    const { Successful, Failed } = await batch('a', 'bad', 'b');

    expect(Successful?.map(({ Id }) => Id)).toEqual(['a', 'b']);
    expect(Failed).toEqual([
      expect.objectContaining({ Id: 'bad', Code: 'InvalidParameter', SenderFault: true }),
    ]);
    expect(outbox.map(({ body }) => body)).toEqual(['message a', 'message b']);
    await expect(batch('a', 'a')).rejects.toEqual(refusal('BatchEntryIdsNotDistinctException'));
    await expect(batch(...'a b c d e f g h i j k'.split(' '))).rejects.toEqual(
      refusal('TooManyEntriesInBatchRequestException'),
    );
  });
});

describe('who may publish to a topic', () => {
  it('is said by the policies of roles at home', async () => {
    const cloud = await openTopic();
    const may = cloud.role(automation, 'May', { AWS: automation }, permitting('sns:Publish', topic));
    const mayNot = cloud.role(
      automation,
      'MayNot',
      { AWS: automation },
      permitting('sns:Publish', `${topic}s`),
    );
    const publish = (role: string) =>
      cloud.topics(cloud.sessionOf(role)).send(new PublishCommand({ TopicArn: topic, Message: 'x' }));

    expect((await publish(may)).MessageId).toBeDefined();
    await expect(publish(mayNot)).rejects.toThrow('not authorized to perform: sns:Publish');
  });

  it('is said by the policy of the topic, for services and other accounts', async () => {
    const cloud = await openTopic();
    const by = { service: 'budgets.amazonaws.com', account: automation };
    const { platform, client } = cloud;
    const publish = () => cloud.topics(member).send(new PublishCommand({ TopicArn: topic, Message: 'x' }));
    const setPolicy = (principal: object) =>
      client.send(
        new SetTopicAttributesCommand({
          TopicArn: topic,
          AttributeName: 'Policy',
          AttributeValue: lettingIn(principal, 'sns:Publish', topic),
        }),
      );

    expect(platform.topics.publish(topic, { message: 'x' }, by)).toBe(false);
    await expect(publish()).rejects.toThrow('not authorized');
    await setPolicy({ Service: 'budgets.amazonaws.com', AWS: member });

    expect(platform.topics.publish(topic, { message: 'x' }, by)).toBe(true);
    expect(platform.topics.publish(topic, { message: 'x' }, { ...by, service: 'events.amazonaws.com' })).toBe(
      false,
    );
    expect(platform.topics.publish(topic, { message: '' }, by)).toBe(false);
    expect((await publish()).MessageId).toBeDefined();
  });
});
