import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  type PublishCommandInput,
} from '@aws-sdk/client-sns';
import { AddPermissionCommand, CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import type { NoticeOutcome } from '#emulator/services/sns/topic-delivery.ts';
import { automation, lettingIn, member, openMessagingCloud, region } from './support-messaging.ts';

const topicOf = (account: string) => `arn:aws:sns:${region}:${account}:Alerts`;
const queueOf = (name: string) => `arn:aws:sqs:${region}:${automation}:${name}`;

async function openWorld() {
  const outcomes: NoticeOutcome[] = [];
  const cloud = openMessagingCloud({ sns: { observe: (outcome) => outcomes.push(outcome) } });
  for (const account of [automation, member])
    await cloud.topics(account).send(new CreateTopicCommand({ Name: 'Alerts' }));

  /** A queue of the automation account that lets topics in, from one of them if that is given. */
  async function queue(name: string, source?: string) {
    const sqs = cloud.queues();
    const Policy = lettingIn({ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', queueOf(name), source);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }));
    return async () => {
      const input = {
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
        MessageAttributeNames: ['All'],
      };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
      return Messages;
    };
  }

  return {
    ...cloud,
    outcomes,
    queue,
    subscribe: (
      name: string,
      Attributes: Record<string, string> = {},
      topic = topicOf(automation),
      by: AccountId = automation,
    ) =>
      cloud.topics(by).send(
        new SubscribeCommand({
          TopicArn: topic,
          Protocol: 'sqs',
          Endpoint: queueOf(name),
          Attributes,
          ReturnSubscriptionArn: true,
        }),
      ),
    publish: (more: Partial<PublishCommandInput> = {}, account: AccountId = automation) =>
      cloud
        .topics(account)
        .send(new PublishCommand({ TopicArn: topicOf(account), Message: 'Fire', ...more })),
  };
}

const parsed = (messages: readonly { Body?: string | undefined }[]): unknown[] =>
  messages.map(({ Body = '' }) => JSON.parse(Body));

describe('a queue that is subscribed', () => {
  it('receives messages in an envelope', async () => {
    const { queue, subscribe, publish } = await openWorld();
    const received = await queue('Queue');
    const { SubscriptionArn } = await subscribe('Queue');

    const { MessageId } = await publish({
      Subject: 'Smoke',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'fire' } },
    });

    expect(parsed(await received())).toEqual([
      {
        Type: 'Notification',
        MessageId,
        TopicArn: topicOf(automation),
        Subject: 'Smoke',
        Message: 'Fire',
        Timestamp: '2026-11-22T12:00:00.000Z',
        SignatureVersion: '1',
        Signature: expect.any(String),
        SigningCertURL: expect.stringContaining('https://sns.eu-west-1.amazonaws.com/'),
        UnsubscribeURL: expect.stringContaining(SubscriptionArn ?? '?'),
        MessageAttributes: { kind: { Type: 'String', Value: 'fire' } },
      },
    ]);
  });

  it('receives messages as they are, when it wants them raw', async () => {
    const { queue, subscribe, publish } = await openWorld();
    const received = await queue('Queue');
    await subscribe('Queue', { RawMessageDelivery: 'true' });
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'fire' } };

    await publish({ MessageAttributes });

    expect(await received()).toEqual([expect.objectContaining({ Body: 'Fire', MessageAttributes })]);
  });

  it('receives the text for queues, where there is one', async () => {
    const { queue, subscribe, publish } = await openWorld();
    const received = await queue('Queue');
    await subscribe('Queue', { RawMessageDelivery: 'true' });

    await publish({ MessageStructure: 'json', Message: '{"default": "for all", "sqs": "for queues"}' });

    expect((await received()).map(({ Body }) => Body)).toEqual(['for queues']);
  });

  it('receives only what its filter lets pass', async () => {
    const { queue, subscribe, publish } = await openWorld();
    const raw = { RawMessageDelivery: 'true' };
    const byAttribute = await queue('ByAttribute');
    const byBody = await queue('ByBody');
    await subscribe('ByAttribute', {
      ...raw,
      FilterPolicy: '{"weight": [{"numeric": [">", 5]}], "tags": ["a"]}',
    });
    await subscribe('ByBody', {
      ...raw,
      FilterPolicy: '{"kind": ["fire"]}',
      FilterPolicyScope: 'MessageBody',
    });
    const weighing = (weight: string) => ({
      weight: { DataType: 'Number', StringValue: weight },
      tags: { DataType: 'String.Array', StringValue: '["a", "b"]' },
    });

    await publish({ Message: 'heavy', MessageAttributes: weighing('7') });
    await publish({ Message: 'light', MessageAttributes: weighing('3') });
    await publish({ Message: '{"kind": "fire"}' });

    expect((await byAttribute()).map(({ Body }) => Body)).toEqual(['heavy']);
    expect((await byBody()).map(({ Body }) => Body)).toEqual(['{"kind": "fire"}']);
  });

  it('is protected by its own policy', async () => {
    const { queue, subscribe, publish, outcomes } = await openWorld();
    const received = await queue('Queue', topicOf(member));
    await subscribe('Queue');

    await publish();

    expect(await received()).toEqual([]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['lost']);
  });

  it('has its messages kept when it takes none', async () => {
    const { queue, subscribe, publish, outcomes } = await openWorld();
    const dead = await queue('Dead');
    await subscribe('Nowhere', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueOf('Dead') }) });

    await publish();

    expect(parsed(await dead())).toEqual([expect.objectContaining({ Message: 'Fire' })]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['dead-lettered']);
  });
});

describe('a queue of another account', () => {
  it('is subscribed at once by its own account, where the topic lets it', async () => {
    const { topics, queue, subscribe, publish } = await openWorld();
    const received = await queue('Central', topicOf(member));
    await expect(subscribe('Central', {}, topicOf(member))).rejects.toThrow(
      'not authorized to perform: sns:Subscribe',
    );
    const AttributeValue = lettingIn({ AWS: automation }, 'sns:Subscribe', topicOf(member));
    await topics(member).send(
      new SetTopicAttributesCommand({ TopicArn: topicOf(member), AttributeName: 'Policy', AttributeValue }),
    );

    await subscribe('Central', {}, topicOf(member));
    await publish({}, member);

    expect(parsed(await received())).toEqual([
      expect.objectContaining({ Message: 'Fire', TopicArn: topicOf(member) }),
    ]);
  });

  it('is asked first, when the account of the topic subscribes it', async () => {
    const { topics, queue, subscribe, publish, role, sessionOf } = await openWorld();
    const received = await queue('Central', topicOf(member));
    await subscribe('Central', {}, topicOf(member), member);
    await publish({}, member);

    const [request] = parsed(await received());
    expect(request).toMatchObject({
      Type: 'SubscriptionConfirmation',
      TopicArn: topicOf(member),
      Token: expect.any(String),
    });
    const { Token } = request as { Token: string };
    // Whoever has read the token from the queue needs no other permission.
    const reader = role(automation, 'Reader', { AWS: automation });
    await topics(sessionOf(reader)).send(
      new ConfirmSubscriptionCommand({ TopicArn: topicOf(member), Token }),
    );
    await publish({}, member);

    expect(parsed(await received())).toEqual([request, expect.objectContaining({ Message: 'Fire' })]);
  });
});

describe('a function that is subscribed', () => {
  it('is invoked with the message, where its policy lets the topic in', async () => {
    const { functions, topics, role, lambda, publish, settle, outcomes } = await openWorld();
    const invoked: unknown[] = [];
    const Role = role(automation, 'Function', { Service: 'lambda.amazonaws.com' });
    const { FunctionArn } = await functions().send(
      new CreateFunctionCommand({
        FunctionName: 'OnAlert',
        Role,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: new Uint8Array([1]) },
      }),
    );
    lambda.behave({ account: automation, region, name: 'OnAlert' }, async (event) => invoked.push(event));
    await topics().send(
      new SubscribeCommand({ TopicArn: topicOf(automation), Protocol: 'lambda', Endpoint: FunctionArn }),
    );

    await publish();
    await functions().send(
      new AddPermissionCommand({
        FunctionName: 'OnAlert',
        StatementId: 'topic',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceArn: topicOf(automation),
      }),
    );
    await publish({ Subject: 'Smoke' });
    await settle();

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['lost', 'delivered']);
    expect(invoked).toEqual([
      {
        Records: [
          expect.objectContaining({
            EventSource: 'aws:sns',
            Sns: expect.objectContaining({ Type: 'Notification', Subject: 'Smoke', Message: 'Fire' }),
          }),
        ],
      },
    ]);
  });
});
