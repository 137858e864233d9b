import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
  type CreateQueueCommandInput,
  type ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs';
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

async function openQueue(Attributes: CreateQueueCommandInput['Attributes'] = {}, QueueName = 'Alerts') {
  const cloud = openMessagingCloud();
  const sqs = cloud.queues();
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return {
    ...cloud,
    sqs,
    QueueUrl,
    arn: `arn:aws:sqs:${region}:${automation}:${QueueName}`,
    send: (MessageBody: string, DelaySeconds?: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds })),
    receive: async (more: Partial<ReceiveMessageCommandInput> = {}) => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }),
      );
      return Messages;
    },
    counts: async () => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      return [
        Attributes.ApproximateNumberOfMessages,
        Attributes.ApproximateNumberOfMessagesNotVisible,
        Attributes.ApproximateNumberOfMessagesDelayed,
      ].map(Number);
    },
  };
}

const bodies = (messages: readonly { Body?: string | undefined }[]) => messages.map(({ Body }) => Body);

describe('a queue', () => {
  it('is created once: again changes nothing, but with other attributes it is refused', async () => {
    const { sqs, QueueUrl } = await openQueue({ VisibilityTimeout: '60' });

    const again = await sqs.send(
      new CreateQueueCommand({ QueueName: 'Alerts', Attributes: { VisibilityTimeout: '60' } }),
    );
    const different = sqs.send(
      new CreateQueueCommand({ QueueName: 'Alerts', Attributes: { VisibilityTimeout: '90' } }),
    );

    expect(again.QueueUrl).toBe(QueueUrl);
    expect(QueueUrl).toBe(`http://127.0.0.1:4566/${automation}/Alerts`);
    await expect(different).rejects.toEqual(refusal('QueueNameExists', 'VisibilityTimeout'));
  });

  it('tells its attributes, with the defaults of those that were never set', async () => {
    const { sqs, QueueUrl, arn } = await openQueue({ DelaySeconds: '5' });

    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );

    expect(Attributes).toMatchObject({
      QueueArn: arn,
      DelaySeconds: '5',
      VisibilityTimeout: '30',
      MessageRetentionPeriod: '345600',
      MaximumMessageSize: '1048576',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
      CreatedTimestamp: '1795348800',
    });
  });

  it('is found by its name, in its account and region only', async () => {
    const { queues, sqs, QueueUrl } = await openQueue();

    expect(await sqs.send(new GetQueueUrlCommand({ QueueName: 'Alerts' }))).toMatchObject({ QueueUrl });
    for (const elsewhere of [queues(member), queues(automation, 'client', 'us-east-1')]) {
      await expect(elsewhere.send(new GetQueueUrlCommand({ QueueName: 'Alerts' }))).rejects.toEqual(
        refusal('QueueDoesNotExist'),
      );
    }
  });

  it('is reached by its URL on any host', async () => {
    const { sqs, send } = await openQueue();
    await send('hello');

    const QueueUrl = `https://sqs.${region}.amazonaws.com/${automation}/Alerts`;
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));

    expect(Messages).toHaveLength(1);
  });

  it('is listed by page and prefix', async () => {
    const { sqs } = await openQueue();
    for (const name of ['Beta', 'Beat', 'Gamma']) await sqs.send(new CreateQueueCommand({ QueueName: name }));

    const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'Be', MaxResults: 1 }));
    const second = await sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: 'Be', MaxResults: 1, NextToken: first.NextToken }),
    );

    expect(
      [first, second].flatMap(({ QueueUrls = [] }) => QueueUrls.map((url) => url.split('/').pop())),
    ).toEqual(['Beat', 'Beta']);
    expect(second.NextToken).toBeUndefined();
  });

  it('keeps its name from being used again for a minute after its deletion', async () => {
    const { sqs, QueueUrl, pass } = await openQueue();
    const create = () => sqs.send(new CreateQueueCommand({ QueueName: 'Alerts' }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));

    await expect(create()).rejects.toEqual(refusal('QueueDeletedRecently'));
    await pass(60);

    expect((await create()).QueueUrl).toBe(QueueUrl);
  });

  it('bears tags', async () => {
    const { sqs, QueueUrl } = await openQueue();

    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { a: '1', b: '2' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }));

    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: '2' });
  });

  it.each([
    ['an attribute that it does not have', { Colour: 'blue' }, 'InvalidAttributeName'],
    ['a number out of its range', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    ['a number that is none', { DelaySeconds: 'soon' }, 'InvalidAttributeValue'],
    ['a policy that is none', { Policy: '{"Statement": "all"}' }, 'InvalidAttributeValue'],
    [
      'dead letters without a count',
      { RedrivePolicy: '{"deadLetterTargetArn": "arn:aws:sqs:x"}' },
      'InvalidAttributeValue',
    ],
  ])('refuses %s', async (_, attributes, code) => {
    const { sqs, QueueUrl } = await openQueue();
    const Attributes: Record<string, string> = attributes;

    await expect(sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))).rejects.toEqual(
      refusal(code),
    );
  });

  it('does not exist until it has been created', async () => {
    const { sqs } = await openQueue();

    const lost = sqs.send(
      new SendMessageCommand({ QueueUrl: `http://x/${automation}/Lost`, MessageBody: 'x' }),
    );

    await expect(lost).rejects.toEqual(refusal('QueueDoesNotExist'));
  });
});

describe('a message', () => {
  it('is received in the order of sending, with what clients check it by', async () => {
    const { send, receive } = await openQueue();
    await send('one');
    await send('two');

    // The SDK compares the digests of bodies itself, and refuses others.
    expect(bodies(await receive({ MessageSystemAttributeNames: ['All'] }))).toEqual(['one', 'two']);
  });

  it('tells when and how often it was received, to those who ask', async () => {
    const { send, receive, pass } = await openQueue();
    await send('one');
    await pass(5.0004);

    const [message] = await receive({ MessageSystemAttributeNames: ['All'] });

    expect(message?.Attributes).toEqual({
      ApproximateReceiveCount: '1',
      SentTimestamp: '1795348800000',
      ApproximateFirstReceiveTimestamp: '1795348805000',
      SenderId: 'AIDAADMINISTRATOR',
    });
  });

  it('carries attributes of text, number and bytes', async () => {
    const { sqs, QueueUrl, receive } = await openQueue();
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'greeting' },
      weight: { DataType: 'Number', StringValue: '7' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 250]) },
    };
    const sent = await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'hello', MessageAttributes }),
    );

    const [all] = await receive({ MessageAttributeNames: ['All'], VisibilityTimeout: 0 });
    const [some] = await receive({ MessageAttributeNames: ['kin.*', 'weight'], VisibilityTimeout: 0 });
    const [none] = await receive();

    // Made by another implementation.
    const digest = 'ec5b60008db0f7b924c9cc0abc82b5a6';
    expect(all?.MessageAttributes).toMatchObject(MessageAttributes);
    expect([sent, all].map((message) => message?.MD5OfMessageAttributes)).toEqual([digest, digest]);
    expect(Object.keys(some?.MessageAttributes ?? {})).toEqual(['weight']);
    expect(none?.MessageAttributes).toBeUndefined();
  });

  it('is hidden once it is received, and comes back unless it is deleted', async () => {
    const { sqs, QueueUrl, send, receive, pass, counts } = await openQueue();
    await send('kept');
    await send('deleted');
    const [, second] = await receive();

    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }));

    expect(await counts()).toEqual([0, 1, 0]);
    expect(await receive()).toEqual([]);
    await pass(30);
    expect(bodies(await receive())).toEqual(['kept']);
  });

  it('stays hidden for as long as whoever receives it wants', async () => {
    const { sqs, QueueUrl, send, receive, pass } = await openQueue();
    await send('one');
    const [message] = await receive({ VisibilityTimeout: 10 });
    const { ReceiptHandle } = message ?? {};

    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 60 }));
    await pass(59);
    expect(await receive()).toEqual([]);
    await pass(1);
    expect(bodies(await receive())).toEqual(['one']);
  });

  it('comes back at once when it is given back, and can then be given back no more', async () => {
    const { sqs, QueueUrl, send, receive } = await openQueue();
    await send('one');
    const [message] = await receive();
    const { ReceiptHandle } = message ?? {};
    const giveBack = () =>
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));

    await giveBack();

    expect(bodies(await receive({ VisibilityTimeout: 0 }))).toEqual(['one']);
    expect(bodies(await receive({ VisibilityTimeout: 0 }))).toEqual(['one']);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await expect(giveBack()).rejects.toEqual(refusal('MessageNotInflight'));
  });

  it('is delayed by its sender, or by the queue', async () => {
    const { sqs, QueueUrl, send, receive, pass, counts } = await openQueue({ DelaySeconds: '20' });
    await send('later');
    await send('soon', 10);
    await send('now', 0);

    expect(await counts()).toEqual([1, 0, 2]);
    expect(bodies(await receive())).toEqual(['now']);
    await pass(10);
    expect(bodies(await receive())).toEqual(['soon']);
    await pass(10);
    expect(bodies(await receive())).toEqual(['later']);
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await counts()).toEqual([0, 0, 0]);
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toEqual(
      refusal('PurgeQueueInProgress'),
    );
  });

  it('is forgotten after its retention, received or not', async () => {
    const { send, pass, counts } = await openQueue({ MessageRetentionPeriod: '60' });
    await send('old');
    await pass(30);
    await send('young');

    await pass(30);

    expect(await counts()).toEqual([1, 0, 0]);
  });

  it('keeps nobody waiting while nobody asks for it', async () => {
    const { send, receive, settle, now } = await openQueue({ DelaySeconds: '20' });
    await send('delayed');
    await send('in flight', 0);
    await receive();

    await settle();

    expect(now()).toBe(0);
  });

  it('may be awaited, for twenty seconds at most', async () => {
    const { send, receive, clock, settle, now } = await openQueue();

    const [, empty] = await Promise.all([settle(), receive({ WaitTimeSeconds: 20 })]);
    expect(empty).toEqual([]);
    expect(now()).toBe(20_000);

    clock.after(3000, () => send('at last'));
    const [, messages] = await Promise.all([settle(), receive({ WaitTimeSeconds: 20 })]);
    expect(bodies(messages)).toEqual(['at last']);
    expect(now()).toBe(23_000);
  });

  it('is awaited by several, one of whom gets it', async () => {
    const { send, receive, clock, settle, now } = await openQueue();
    clock.after(3000, () => send('at last'));

    const [, ...answers] = await Promise.all([
      settle(),
      receive({ WaitTimeSeconds: 5 }),
      receive({ WaitTimeSeconds: 5 }),
    ]);

    expect(answers.map(bodies)).toEqual([['at last'], []]);
    expect(now()).toBe(5000);
  });

  it.each([
    ['no body', { MessageBody: '' }, 'MissingParameter'],
    ['a body that is too long', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    ['characters that XML lacks', { MessageBody: '\u0000' }, 'InvalidMessageContents'],
    ['too long a delay', { MessageBody: 'x', DelaySeconds: 901 }, 'InvalidParameterValue'],
    [
      'a group without FIFO deduplication',
      { MessageBody: 'x', MessageDeduplicationId: 'x' },
      'InvalidParameterValue',
    ],
  ])('is refused with %s', async (_, input, code) => {
    const { sqs, QueueUrl } = await openQueue();

    await expect(sqs.send(new SendMessageCommand({ QueueUrl, ...input }))).rejects.toEqual(refusal(code));
  });

  it('cannot be deleted by a handle that nobody was given', async () => {
    const { sqs, QueueUrl } = await openQueue();

    const deleted = sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'made-up' }));

    await expect(deleted).rejects.toEqual(refusal('ReceiptHandleIsInvalid'));
  });
});

describe('a batch', () => {
  it('takes each entry by itself', async () => {
    const { sqs, QueueUrl, receive } = await openQueue();

    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'one' },
          { Id: 'bad', MessageBody: 'two', DelaySeconds: 1000 },
        ],
      }),
    );
    const [message] = await receive();
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
          { Id: 'b', ReceiptHandle: 'made-up' },
        ],
      }),
    );

    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(sent.Failed).toEqual([expect.objectContaining({ Id: 'bad', SenderFault: true })]);
    expect(deleted.Successful).toEqual([{ Id: 'a' }]);
    expect(deleted.Failed).toEqual([expect.objectContaining({ Id: 'b', Code: 'ReceiptHandleIsInvalid' })]);
  });

  it.each([
    ['nothing', [], 'EmptyBatchRequest'],
    [
      'eleven entries',
      Array.from({ length: 11 }, (_, at) => ({ Id: `${at}`, MessageBody: 'x' })),
      'TooManyEntriesInBatchRequest',
    ],
    [
      'one identifier twice',
      [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'y' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    ['an identifier with a space', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    [
      'more than a mebibyte',
      ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })),
      'BatchRequestTooLong',
    ],
  ])('is refused with %s', async (_, Entries, code) => {
    const { sqs, QueueUrl } = await openQueue();

    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toEqual(refusal(code));
  });
});

describe('who may use a queue', () => {
  it('is said by the policies of roles at home', async () => {
    const cloud = await openQueue();
    const role = cloud.role(
      automation,
      'Sender',
      { AWS: automation },
      permitting('sqs:SendMessage', cloud.arn),
    );
    const sender = cloud.queues(cloud.sessionOf(role));

    await sender.send(new SendMessageCommand({ QueueUrl: cloud.QueueUrl, MessageBody: 'x' }));
    const receiving = sender.send(new ReceiveMessageCommand({ QueueUrl: cloud.QueueUrl }));

    await expect(receiving).rejects.toEqual(refusal('AccessDenied', 'sqs:ReceiveMessage'));
  });

  it('is said by the policy of the queue too, for other accounts', async () => {
    const cloud = await openQueue();
    const send = () =>
      cloud.queues(member).send(new SendMessageCommand({ QueueUrl: cloud.QueueUrl, MessageBody: 'x' }));

    await expect(send()).rejects.toEqual(refusal('AccessDenied'));
    const Policy = lettingIn({ AWS: member }, 'sqs:SendMessage', cloud.arn);
    await cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl: cloud.QueueUrl, Attributes: { Policy } }));

    expect((await send()).MessageId).toBeDefined();
  });

  it('is said by the policy of the queue, for services', async () => {
    const cloud = await openQueue();
    const { queues } = cloud.platform;
    const by = {
      service: 'sns.amazonaws.com',
      account: member,
      source: 'arn:aws:sns:eu-west-1:333333333333:Topic',
    };

    expect(queues.deliver(cloud.arn, 'x', by)).toBe(false);
    const Policy = lettingIn({ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', cloud.arn, by.source);
    await cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl: cloud.QueueUrl, Attributes: { Policy } }));

    expect(queues.deliver(cloud.arn, 'x', by)).toBe(true);
    expect(queues.deliver(cloud.arn, 'x', { ...by, source: `${by.source}s` })).toBe(false);
    expect(queues.deliver(`${cloud.arn}s`, 'x', by)).toBe(false);
  });

  it('is no other service, where the key of the queue is that of AWS', async () => {
    const cloud = await openQueue();
    const Policy = lettingIn({ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', cloud.arn);
    const Attributes = { Policy, KmsMasterKeyId: 'alias/aws/sqs' };
    await cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl: cloud.QueueUrl, Attributes }));

    const by = { service: 'sns.amazonaws.com', account: automation };

    expect(cloud.platform.queues.deliver(cloud.arn, 'x', by)).toBe(false);
  });
});
