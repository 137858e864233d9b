import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { openMessagingCloud, refusal } from './support-messaging.ts';

async function openFifoQueue(attributes: Record<string, string> = {}) {
  const cloud = openMessagingCloud();
  const sqs = cloud.queues();
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes };
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'Work.fifo', Attributes }));
  return {
    ...cloud,
    sqs,
    QueueUrl,
    send: (MessageBody: string, MessageGroupId = 'one', MessageDeduplicationId?: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId })),
    receive: async (MaxNumberOfMessages = 10) => {
      const input = { QueueUrl, MaxNumberOfMessages, MessageSystemAttributeNames: ['All' as const] };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
      return Messages;
    },
    remove: (ReceiptHandle?: string) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
  };
}

const bodies = (messages: readonly { Body?: string | undefined }[]) => messages.map(({ Body }) => Body);

describe('a FIFO queue', () => {
  it('hands out one message of a group after the other', async () => {
    const { send, receive, remove } = await openFifoQueue();
    await send('a1', 'a');
    await send('a2', 'a');
    await send('b1', 'b');

    const [first] = await receive(1);
    const [other] = await receive(1);

    expect(bodies([first ?? {}, other ?? {}])).toEqual(['a1', 'b1']);
    expect(await receive()).toEqual([]);
    await remove(first?.ReceiptHandle);
    expect(bodies(await receive())).toEqual(['a2']);
  });

  it('hands out several of one group in order, and keeps the group until all are done with', async () => {
    const { send, receive, remove } = await openFifoQueue();
    for (const body of ['1', '2', '3']) await send(body);

    const [first, second] = await receive(2);
    expect(bodies([first ?? {}, second ?? {}])).toEqual(['1', '2']);
    await remove(first?.ReceiptHandle);
    expect(await receive()).toEqual([]);
    await remove(second?.ReceiptHandle);

    expect(bodies(await receive())).toEqual(['3']);
  });

  it('keeps the order of a group when a message comes back', async () => {
    const { send, receive, pass } = await openFifoQueue();
    await send('1');
    await send('2');
    await receive(1);

    await pass(30);

    expect(bodies(await receive())).toEqual(['1', '2']);
  });

  it('takes no deletion by a receipt that has expired', async () => {
    const { send, receive, remove, pass } = await openFifoQueue();
    await send('1');
    const [message] = await receive();

    await pass(30);

    await expect(remove(message?.ReceiptHandle)).rejects.toEqual(refusal('InvalidParameterValue', 'expired'));
  });

  it('takes a message once in five minutes, and answers the second time as the first', async () => {
    const { send, receive, pass, sqs, QueueUrl } = await openFifoQueue();
    const first = await send('same');
    const second = await send('same');
    await pass(299);
    const third = await send('same');
    await pass(1);
    const fourth = await send('same');

    expect([second.MessageId, third.MessageId]).toEqual([first.MessageId, first.MessageId]);
    expect(second.SequenceNumber).toBe(first.SequenceNumber);
    expect(fourth.MessageId).not.toBe(first.MessageId);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes?.ApproximateNumberOfMessages).toBe('2');
    expect(await receive()).toHaveLength(2);
  });

  it('knows messages by the identifier of their sender, in the whole queue or in each group', async () => {
    const whole = await openFifoQueue();
    const grouped = await openFifoQueue({
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });

    for (const { send } of [whole, grouped]) {
      await send('1', 'a', 'id');
      await send('2', 'b', 'id');
    }

    expect(bodies(await whole.receive())).toEqual(['1']);
    expect(bodies(await grouped.receive())).toEqual(['1', '2']);
  });

  it('tells group, identifier and a number that grows', async () => {
    const { send, receive } = await openFifoQueue();
    await send('1', 'a', 'x');
    await send('2', 'a', 'y');

    const [first, second] = await receive();

    expect(first?.Attributes).toMatchObject({ MessageGroupId: 'a', MessageDeduplicationId: 'x' });
    expect(first?.Attributes?.SequenceNumber).toMatch(/^\d{20}$/);
    expect(`${second?.Attributes?.SequenceNumber}` > `${first?.Attributes?.SequenceNumber}`).toBe(true);
  });

  it('refuses messages that it could not put in order', async () => {
    const { sqs, QueueUrl } = await openFifoQueue({ ContentBasedDeduplication: 'false' });
    const send = (more: object) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', ...more }));

    await expect(send({})).rejects.toEqual(refusal('MissingParameter', 'MessageGroupId'));
    await expect(send({ MessageGroupId: 'a' })).rejects.toEqual(
      refusal('InvalidParameterValue', 'ContentBased'),
    );
    await expect(send({ MessageGroupId: 'a', MessageDeduplicationId: 'b', DelaySeconds: 5 })).rejects.toEqual(
      refusal('InvalidParameterValue', 'DelaySeconds'),
    );
  });

  it.each([
    ['Work', 'true'],
    ['Work.fifo', 'false'],
  ])('is called .fifo, and no other queue is: not %s', async (QueueName, FifoQueue) => {
    const sqs = openMessagingCloud().queues();

    const created = sqs.send(new CreateQueueCommand({ QueueName, Attributes: { FifoQueue } }));

    await expect(created).rejects.toEqual(refusal('InvalidParameterValue'));
  });
});
