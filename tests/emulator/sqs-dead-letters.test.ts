import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { automation, openMessagingCloud, refusal, region } from './support-messaging.ts';

const arnOf = (name: string) => `arn:aws:sqs:${region}:${automation}:${name}`;

async function openQueues() {
  const cloud = openMessagingCloud();
  const sqs = cloud.queues();
  const create = async (QueueName: string, Attributes: Record<string, string> = {}) => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return QueueUrl;
  };
  const dead = await create('Dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 2 });
  const source = await create('Work', { RedrivePolicy, VisibilityTimeout: '10' });
  const receive = async (QueueUrl: string) => {
    const input = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const] };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
    return Messages;
  };
  return {
    ...cloud,
    sqs,
    create,
    dead,
    source,
    receive,
    send: (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody })),
    /** Receives what there is, and does nothing about it. */
    fail: async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        await receive(source);
        await cloud.pass(10);
      }
    },
    visibleIn: async (QueueUrl: string) => {
      const input = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand(input));
      return Number(Attributes?.ApproximateNumberOfMessages);
    },
  };
}

describe('a message that is received too often', () => {
  it('goes to the queue for dead letters when it would be received once more', async () => {
    const { send, fail, receive, visibleIn, source, dead } = await openQueues();
    await send('poison');
    await fail(2);
    expect(await visibleIn(dead)).toBe(0);

    expect(await receive(source)).toEqual([]);

    const [message] = await receive(dead);
    expect(message?.Body).toBe('poison');
    expect(message?.Attributes).toMatchObject({
      DeadLetterQueueSourceArn: arnOf('Work'),
      ApproximateReceiveCount: '1',
      SentTimestamp: '1795348800000',
    });
  });

  it('makes place for the next one in the same call', async () => {
    const { send, fail, receive, source } = await openQueues();
    await send('poison');
    await fail(2);
    await send('food');

    expect((await receive(source)).map(({ Body }) => Body)).toEqual(['food']);
  });

  it('stays where it is when its queue for dead letters is gone, or refuses it', async () => {
    const { send, fail, receive, source, dead, sqs } = await openQueues();
    const Attributes = { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }) };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: dead, Attributes }));
    await send('poison');
    await fail(2);

    expect(await receive(source)).toHaveLength(1);
  });

  it('is kept from the time when it was sent first', async () => {
    const { send, fail, receive, visibleIn, sqs, source, dead, pass } = await openQueues();
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: dead, Attributes: { MessageRetentionPeriod: '60' } }),
    );
    await send('poison');
    await fail(2);
    await receive(source);
    expect(await visibleIn(dead)).toBe(1);

    await pass(40);

    expect(await visibleIn(dead)).toBe(0);
  });
});

describe('dead letters', () => {
  async function withDeadLetters() {
    const world = await openQueues();
    for (const body of ['one', 'two', 'three']) await world.send(body);
    await world.fail(2);
    await world.receive(world.source);
    return world;
  }

  it('are redriven to where they come from', async () => {
    const { sqs, receive, visibleIn, source, dead } = await withDeadLetters();

    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('Dead') }));

    expect(
      (await receive(source)).map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount]),
    ).toEqual([
      ['one', '1'],
      ['two', '1'],
      ['three', '1'],
    ]);
    expect(await visibleIn(dead)).toBe(0);
    const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('Dead') }));
    expect(Results).toEqual([
      expect.objectContaining({
        Status: 'COMPLETED',
        ApproximateNumberOfMessagesMoved: 3,
        SourceArn: arnOf('Dead'),
      }),
    ]);
  });

  it('are redriven to another queue at the pace that is asked for', async () => {
    const { sqs, create, visibleIn, pass, settle, now } = await withDeadLetters();
    const other = await create('Other');
    const began = now();
    const task = {
      SourceArn: arnOf('Dead'),
      DestinationArn: arnOf('Other'),
      MaxNumberOfMessagesPerSecond: 1,
    };

    await sqs.send(new StartMessageMoveTaskCommand(task));
    expect(await visibleIn(other)).toBe(1);
    await expect(sqs.send(new StartMessageMoveTaskCommand(task))).rejects.toEqual(
      refusal('UnsupportedOperation'),
    );
    await pass(1);
    expect(await visibleIn(other)).toBe(2);
    await settle();

    expect(await visibleIn(other)).toBe(3);
    expect(now() - began).toBe(2000);
  });

  it('are not moved out of a queue that is for no dead letters', async () => {
    const { sqs } = await openQueues();

    const started = sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('Work') }));

    await expect(started).rejects.toEqual(refusal('InvalidParameterValue', 'Dead Letter Queue'));
  });

  it('can be traced to the queues that send them', async () => {
    const { sqs, dead, source } = await openQueues();

    const { queueUrls } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));

    expect(queueUrls).toEqual([source]);
  });
});
