import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { FunctionBehaviour } from '#emulator/services/lambda/function-behaviour.ts';
import { automation, openMessagingCloud, permitting, refusal, region } from './support-messaging.ts';

const FunctionName = 'OnMessage';
const functionArn = `arn:aws:lambda:${region}:${automation}:function:OnMessage`;
const arnOf = (name: string) => `arn:aws:sqs:${region}:${automation}:${name}`;
const consuming = permitting(
  ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  arnOf('Queue*'),
);

interface Records {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

async function openQueue(attributes: Record<string, string> = {}, QueueName = 'Queue') {
  const cloud = openMessagingCloud();
  const client = cloud.functions();
  const sqs = cloud.queues();
  const create = async (name: string, Attributes: Record<string, string> = {}) => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    return QueueUrl;
  };
  const QueueUrl = await create(QueueName, { VisibilityTimeout: '60', ...attributes });
  const Role = cloud.role(automation, 'Function', { Service: 'lambda.amazonaws.com' }, consuming);
  const Code = { ZipFile: new Uint8Array([1]) };
  const createFunction = () =>
    client.send(new CreateFunctionCommand({ FunctionName, Role, Code, Timeout: 60 }));
  await createFunction();

  const batches: { at: number; bodies: string[] }[] = [];
  /** Notes what comes, then does what it is told. */
  const behave = (then: FunctionBehaviour = async () => {}) =>
    cloud.lambda.behave(functionArn, (event, context) => {
      const { Records } = event as Records;
      batches.push({ at: cloud.now(), bodies: Records.map(({ body }) => body) });
      return then(event, context);
    });
  behave();

  return {
    ...cloud,
    client,
    sqs,
    create,
    createFunction,
    QueueUrl,
    batches,
    behave,
    map: (more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
      client.send(
        new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: arnOf(QueueName), ...more }),
      ),
    send: (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    sendMany: async (count: number) => {
      for (let from = 0; from < count; from += 10) {
        const Entries = Array.from({ length: Math.min(10, count - from) }, (_, at) => ({
          Id: `${at}`,
          MessageBody: `${from + at}`,
        }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
    countsOf: async (url = QueueUrl) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
      );
      return [Attributes.ApproximateNumberOfMessages, Attributes.ApproximateNumberOfMessagesNotVisible].map(
        Number,
      );
    },
  };
}

describe('a function with a queue', () => {
  it('receives messages at once, in records, and they are gone then', async () => {
    const events: unknown[] = [];
    const { map, send, behave, settle, now, countsOf } = await openQueue();
    behave(async (event) => events.push(event));
    await map();

    const { MessageId } = await send('{"hello": "world"}', {
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } },
    });
    await settle();

    expect(now()).toBe(0);
    expect(await countsOf()).toEqual([0, 0]);
    expect(events).toEqual([
      {
        Records: [
          {
            messageId: MessageId,
            receiptHandle: expect.any(String),
            body: '{"hello": "world"}',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: '1795348800000',
              SenderId: 'AIDAADMINISTRATOR',
              ApproximateFirstReceiveTimestamp: '1795348800000',
            },
            messageAttributes: {
              kind: {
                stringValue: 'greeting',
                stringListValues: [],
                binaryListValues: [],
                dataType: 'String',
              },
            },
            md5OfBody: expect.stringMatching(/^[\da-f]{32}$/),
            md5OfMessageAttributes: expect.stringMatching(/^[\da-f]{32}$/),
            eventSource: 'aws:sqs',
            eventSourceARN: arnOf('Queue'),
            awsRegion: region,
          },
        ],
      },
    ]);
  });

  it('receives what was in the queue before it', async () => {
    const { map, send, settle, batches } = await openQueue();
    await send('early');

    await map();
    await settle();

    expect(batches).toEqual([{ at: 0, bodies: ['early'] }]);
  });

  it('receives delayed messages when they are due, and is waited for', async () => {
    const { map, send, settle, batches } = await openQueue();
    await map();

    await send('later', { DelaySeconds: 45 });
    await settle();

    expect(batches).toEqual([{ at: 45_000, bodies: ['later'] }]);
  });

  it('receives batches of ten, or of the size that is set', async () => {
    const { map, sendMany, settle, batches, client, countsOf } = await openQueue();
    const { UUID } = await map();

    await sendMany(25);
    await settle();
    expect(batches.map(({ bodies }) => bodies.length)).toEqual([10, 10, 5]);
    batches.length = 0;
    await client.send(new UpdateEventSourceMappingCommand({ UUID, BatchSize: 3 }));
    await sendMany(7);
    await settle();

    expect(batches.map(({ bodies }) => bodies.length)).toEqual([3, 3, 1]);
    expect(await countsOf()).toEqual([0, 0]);
  });

  it('waits for a full batch as long as its window says', async () => {
    const { map, sendMany, settle, clock, batches } = await openQueue();
    await map({ BatchSize: 20, MaximumBatchingWindowInSeconds: 30 });

    await sendMany(3);
    clock.after(10_000, () => sendMany(4));
    await settle();
    await sendMany(45);
    await settle();

    expect(batches.map(({ at, bodies }) => [at, bodies.length])).toEqual([
      [30_000, 7],
      [30_000, 20],
      [30_000, 20],
      [60_000, 5],
    ]);
  });

  it('leaves messages alone while it is gone, and receives them when it is back', async () => {
    const { map, send, settle, batches, client, createFunction } = await openQueue();
    await map();
    await client.send(new DeleteFunctionCommand({ FunctionName }));
    await send('meanwhile');
    await settle();
    expect(batches).toEqual([]);

    await createFunction();
    await settle();

    expect(batches).toEqual([{ at: 0, bodies: ['meanwhile'] }]);
  });

  it('receives from a queue that was deleted and made again', async () => {
    const { map, send, settle, pass, batches, sqs, create, QueueUrl } = await openQueue();
    await map();
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await pass(60);
    await create('Queue');

    await send('again');
    await settle();

    expect(batches).toEqual([{ at: 60_000, bodies: ['again'] }]);
  });

  it('keeps nobody waiting while there is nothing to do', async () => {
    const { map, settle, now } = await openQueue();
    await map();

    await settle();

    expect(now()).toBe(0);
  });

  it('gets no more of it once the mapping is disabled or deleted', async () => {
    const { map, send, settle, batches, client, now } = await openQueue();
    const { UUID } = await map();
    const enable = (Enabled: boolean) => client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));

    await enable(false);
    await send('while disabled');
    await settle();
    expect(batches).toEqual([]);
    await enable(true);
    await settle();
    expect(batches).toHaveLength(1);
    await client.send(new DeleteEventSourceMappingCommand({ UUID }));
    await send('after deletion', { DelaySeconds: 60 });
    await settle();

    expect(batches).toHaveLength(1);
    expect(now()).toBe(0);
  });
});

describe('a batch that fails', () => {
  const failing: FunctionBehaviour = async () => {
    throw new Error('no way');
  };

  it('comes back after the visibility timeout, until its messages are dead letters', async () => {
    const { map, send, behave, settle, create, batches, countsOf } = await openQueue({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 3 }),
    });
    const dead = await create('Dead');
    behave(failing);
    await map();

    await send('poison');
    await settle();

    expect(batches.map(({ at }) => at)).toEqual([0, 60_000, 120_000]);
    expect([await countsOf(), await countsOf(dead)]).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it('comes back in part, when the function reports what has failed', async () => {
    const { map, sendMany, behave, settle, batches } = await openQueue();
    behave(async (event) => ({
      batchItemFailures: (event as Records).Records.filter(
        ({ body }) => body === '1' && batches.length === 1,
      ).map(({ messageId }) => ({ itemIdentifier: messageId })),
    }));
    await map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });

    await sendMany(3);
    await settle();

    expect(batches).toEqual([
      { at: 0, bodies: ['0', '1', '2'] },
      { at: 60_000, bodies: ['1'] },
    ]);
  });

  it.each<[string, unknown, number]>([
    ['nothing', undefined, 1],
    ['an empty list', { batchItemFailures: [] }, 1],
    ['a list that is null', { batchItemFailures: null }, 1],
    ['an object without a list', {}, 1],
    ['an unknown message', { batchItemFailures: [{ itemIdentifier: 'x' }] }, 2],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, 2],
    ['a wrong name', { batchItemFailures: [{ id: 'x' }] }, 2],
    ['a text', 'fine', 2],
  ])('is understood as AWS does when it reports %s', async (_, answer, times) => {
    const { map, send, behave, settle, batches } = await openQueue();
    behave(async () => (batches.length === 1 ? answer : undefined));
    await map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });

    await send('one');
    await settle();

    expect(batches).toHaveLength(times);
  });

  it('is done with all the same, when nobody asked for a report', async () => {
    const { map, send, behave, settle, batches } = await openQueue();
    behave(async () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] }));
    await map();

    await send('one');
    await settle();

    expect(batches).toHaveLength(1);
  });
});

describe('batches at the same time', () => {
  const sleeping: FunctionBehaviour = async (_, { work }) => work.sleep(50_000);

  it('are five at first, and more with every second', async () => {
    const { map, sendMany, behave, settle, batches } = await openQueue();
    behave(sleeping);
    await map({ BatchSize: 1 });

    await sendMany(17);
    await settle();

    const begun = batches.map(({ at }) => at);
    expect(begun).toEqual([...Array(5).fill(0), ...Array(5).fill(1000), ...Array(5).fill(2000), 3000, 3000]);
  });

  it('are as many as the mapping allows', async () => {
    const { map, sendMany, behave, settle, batches } = await openQueue();
    behave(sleeping);
    await map({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });

    await sendMany(5);
    await settle();

    expect(batches.map(({ at }) => at)).toEqual([0, 0, 50_000, 50_000, 100_000]);
  });

  it('are throttled by the places of the function, and come back as received', async () => {
    const { map, sendMany, behave, settle, batches, client, countsOf } = await openQueue();
    behave(sleeping);
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }));
    await map({ BatchSize: 1 });

    await sendMany(3);
    await settle();

    expect(batches.map(({ at }) => at)).toEqual([0, 60_000, 120_000]);
    expect(await countsOf()).toEqual([0, 0]);
  });

  it('keep the order of each group of a FIFO queue', async () => {
    const { map, send, behave, settle, batches } = await openQueue(
      { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
      'Queue.fifo',
    );
    behave(async (event, context) => {
      const fails = (event as Records).Records.some(({ body }) => body === 'a1') && batches.length < 3;
      await context.work.sleep(10_000);
      if (fails) throw new Error('not yet');
    });
    await map({ BatchSize: 1 });

    for (const body of ['a1', 'a2', 'b1', 'b2']) await send(body, { MessageGroupId: body.slice(0, 1) });
    await settle();

    expect(batches).toEqual([
      { at: 0, bodies: ['a1'] },
      { at: 0, bodies: ['b1'] },
      { at: 10_000, bodies: ['b2'] },
      { at: 60_000, bodies: ['a1'] },
      { at: 70_000, bodies: ['a2'] },
    ]);
  });
});

describe('a mapping', () => {
  it('is told, listed and deleted', async () => {
    const { map, client } = await openQueue();
    const created = await map({ ScalingConfig: { MaximumConcurrency: 10 } });
    const { UUID } = created;

    expect(created.State).toBe('Creating');
    expect(await client.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
      UUID,
      EventSourceArn: arnOf('Queue'),
      FunctionArn: functionArn,
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 10 },
      State: 'Enabled',
      LastModified: new Date('2026-11-22T12:00:00Z'),
    });
    for (const [input, count] of [
      [{}, 1],
      [{ FunctionName }, 1],
      [{ FunctionName: 'Other' }, 0],
      [{ EventSourceArn: arnOf('Other') }, 0],
    ] as const) {
      const { EventSourceMappings } = await client.send(new ListEventSourceMappingsCommand(input));
      expect(EventSourceMappings).toHaveLength(count);
    }
    await client.send(new DeleteEventSourceMappingCommand({ UUID }));
    await expect(client.send(new GetEventSourceMappingCommand({ UUID }))).rejects.toEqual(
      refusal('ResourceNotFoundException'),
    );
  });

  it.each<[string, Partial<CreateEventSourceMappingCommandInput>, string]>([
    ['a queue that is not there', { EventSourceArn: arnOf('Queues') }, 'InvalidParameterValueException'],
    [
      'a queue that its role may not read',
      { EventSourceArn: arnOf('Secret') },
      'InvalidParameterValueException',
    ],
    ['large batches without a window', { BatchSize: 11 }, 'InvalidParameterValueException'],
    ['one batch at a time', { ScalingConfig: { MaximumConcurrency: 1 } }, 'InvalidParameterValueException'],
    ['a function that is not there', { FunctionName: 'Other' }, 'ResourceNotFoundException'],
    ['a stream', { EventSourceArn: `arn:aws:kinesis:${region}:${automation}:stream/x` }, 'NotImplemented'],
    ['filters', { FilterCriteria: { Filters: [] } }, 'NotImplemented'],
  ])('is refused with %s', async (_, input, code) => {
    const { map, create } = await openQueue();
    await create('Secret');

    await expect(map(input)).rejects.toEqual(refusal(code));
  });

  it('is refused twice, and where a message could come back during its invocation', async () => {
    const { map, create } = await openQueue();
    await create('Queue2', { VisibilityTimeout: '59' });
    await map();

    await expect(map()).rejects.toEqual(refusal('ResourceConflictException'));
    await expect(map({ EventSourceArn: arnOf('Queue2') })).rejects.toEqual(
      refusal(
        'InvalidParameterValueException',
        'Queue visibility timeout: 59 seconds is less than Function timeout: 60 seconds',
      ),
    );
  });
});
