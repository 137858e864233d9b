import {
  CreateFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  type CreateFunctionCommandInput,
  type InvokeCommandInput,
  type PutFunctionEventInvokeConfigCommandInput,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { FunctionBehaviour, InvocationContext } from '#emulator/services/lambda/function-behaviour.ts';
import type { FunctionHappening } from '#emulator/services/lambda/invocation.ts';
import { automation, openMessagingCloud, permitting, refusal, region } from './support-messaging.ts';

const FunctionName = 'OnEvent';
const arn = `arn:aws:lambda:${region}:${automation}:function:OnEvent`;

async function openFunction(
  behaviour?: FunctionBehaviour,
  more: Partial<CreateFunctionCommandInput> = {},
  concurrency?: number,
) {
  const happenings: FunctionHappening[] = [];
  const observe = (happening: FunctionHappening) => void happenings.push(happening);
  const cloud = openMessagingCloud({
    lambda: { observe, ...(concurrency === undefined ? {} : { concurrency }) },
  });
  const client = cloud.functions();
  const Role = cloud.role(automation, 'Function', { Service: 'lambda.amazonaws.com' }, permitting('sqs:*'));
  const Code = { ZipFile: new Uint8Array([1]) };
  await client.send(new CreateFunctionCommand({ FunctionName, Role, Code, Timeout: 60, ...more }));
  if (behaviour) cloud.lambda.behave(arn, behaviour);

  /** Invokes while time passes. */
  async function invoke(input: Partial<InvokeCommandInput> = {}) {
    const [answer] = await Promise.all([
      client.send(new InvokeCommand({ FunctionName, ...input })),
      cloud.settle(),
    ]);
    const text = new TextDecoder().decode(answer.Payload);
    return { ...answer, payload: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  async function queue(QueueName: string) {
    const sqs = cloud.queues();
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    return async () => {
      const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
      return Messages;
    };
  }

  return {
    ...cloud,
    client,
    happenings,
    invoke,
    queue,
    later: (payload: unknown = {}) =>
      client.send(
        new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(payload) }),
      ),
    configure: (input: Partial<PutFunctionEventInvokeConfigCommandInput>) =>
      client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...input })),
    reserve: (ReservedConcurrentExecutions: number) =>
      client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions })),
  };
}

const failing: FunctionBehaviour = async () => {
  throw new TypeError('no way');
};

describe('a function that is invoked', () => {
  it('answers', async () => {
    const { invoke } = await openFunction(async (event) => ({ got: event }));

    const answer = await invoke({ Payload: '{"a": [1, null]}' });

    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.ExecutedVersion).toBe('$LATEST');
    expect(answer.payload).toEqual({ got: { a: [1, null] } });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
  ])('answers null for %s', async (_, result) => {
    const { invoke } = await openFunction(async () => result);

    expect((await invoke()).payload).toBeNull();
  });

  it('gets an empty event when nothing is sent, and never one that others can change', async () => {
    const events: unknown[] = [];
    const { invoke } = await openFunction(async (event) => events.push(event));

    await invoke();
    await invoke();

    expect(events).toEqual([{}, {}]);
    expect(events[0]).not.toBe(events[1]);
  });

  it('knows itself, its environment, its role and its time', async () => {
    const contexts: InvocationContext[] = [];
    const behaviour: FunctionBehaviour = async (_, context) => contexts.push(context);
    const { invoke, platform, clock } = await openFunction(behaviour, {
      Environment: { Variables: { A: 'b' } },
    });

    const { $metadata } = await invoke();

    const [context] = contexts;
    expect(context).toMatchObject({
      functionName: FunctionName,
      functionArn: arn,
      awsRequestId: $metadata.requestId,
      account: automation,
      region,
      environment: { A: 'b' },
      deadline: clock.now() + 60_000,
    });
    expect(platform.identity.sessionOf(context?.credentials.accessKeyId ?? '')?.arn).toBe(
      `arn:aws:sts::${automation}:assumed-role/Function/OnEvent`,
    );
  });

  it('tells its errors', async () => {
    const { invoke, happenings } = await openFunction(failing);

    const answer = await invoke();

    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBe('Unhandled');
    expect(answer.payload).toEqual({
      errorType: 'TypeError',
      errorMessage: 'no way',
      trace: expect.arrayContaining(['TypeError: no way']),
    });
    expect(
      happenings.map((happening) => [happening.kind, 'outcome' in happening && happening.outcome]),
    ).toEqual([
      ['started', false],
      ['ended', 'error'],
    ]);
  });

  it('fails like one without a handler, until its behaviour is plugged in', async () => {
    const { invoke, lambda } = await openFunction();
    expect((await invoke()).payload).toMatchObject({ errorType: 'Runtime.HandlerNotFound' });

    lambda.behave({ account: automation, region, name: FunctionName }, async () => 'here');

    expect((await invoke()).payload).toBe('here');
  });

  it('fails when its role lets Lambda in no longer', async () => {
    const { invoke, leave } = await openFunction(async () => 'done');
    leave(automation);

    expect((await invoke()).payload).toMatchObject({ errorType: 'AccessDenied' });
  });

  it('may sleep until its time is over, and no longer', async () => {
    const reached: string[] = [];
    const sleeper =
      (seconds: number): FunctionBehaviour =>
      async (_, { work }) => {
        await work.sleep(30_000);
        await work.sleep(seconds * 1000);
        reached.push(`after ${seconds}`);
      };
    const { invoke, lambda, now } = await openFunction(sleeper(30));

    const inTime = await invoke();
    expect([inTime.FunctionError, now()]).toEqual([undefined, 60_000]);
    lambda.behave(arn, sleeper(31));
    const late = await invoke();

    expect(now()).toBe(120_000);
    expect(late.FunctionError).toBe('Unhandled');
    expect(late.payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${late.$metadata.requestId} Error: Task timed out after 60.00 seconds`,
    });
    expect(reached).toEqual(['after 30']);
  });

  it('is refused whatever it does after its time', async () => {
    const refusals: unknown[] = [];
    const world = await openFunction(async (_, { work, credentials }) => {
      const QueueUrl = `http://x/${automation}/Queue`;
      const send = () =>
        world.queues(credentials).send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
      await send();
      await work.sleep(61_000).catch(() => {});
      await send().catch((fault: unknown) => refusals.push(fault));
    });
    const received = await world.queue('Queue');

    const { payload } = await world.invoke();

    expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(refusals).toEqual([refusal('ExpiredToken')]);
    expect(await received()).toHaveLength(1);
  });

  it('tells the end of its log to who wants it', async () => {
    const { invoke } = await openFunction(async () => 'done');

    const { LogResult = '' } = await invoke({ LogType: 'Tail' });

    expect(Buffer.from(LogResult, 'base64').toString()).toContain('REPORT RequestId');
  });

  it.each<[string, Partial<InvokeCommandInput>, string]>([
    ['what is no JSON', { Payload: '{' }, 'InvalidRequestContentException'],
    ['more than 6 MB', { Payload: JSON.stringify('x'.repeat(6 * 1024 * 1024)) }, 'RequestTooLargeException'],
    [
      'more than 1 MB later',
      { Payload: JSON.stringify('x'.repeat(1024 * 1024)), InvocationType: 'Event' },
      'RequestTooLargeException',
    ],
    ['a function that is not there', { FunctionName: 'Nobody' }, 'ResourceNotFoundException'],
  ])('is not, with %s', async (_, input, code) => {
    const { client } = await openFunction(async () => 'done');

    await expect(client.send(new InvokeCommand({ FunctionName, ...input }))).rejects.toEqual(refusal(code));
  });

  it('is only tried, where that is wanted', async () => {
    const { client, happenings } = await openFunction(async () => 'done');

    const tried = await client.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun' }));

    expect(tried.StatusCode).toBe(204);
    expect(happenings).toEqual([]);
  });

  it('needs the permission to be invoked', async () => {
    const { role, functions, sessionOf } = await openFunction(async () => 'done');
    const invoke = (resource: string) => {
      const caller = role(
        automation,
        resource.slice(-9),
        { AWS: automation },
        permitting('lambda:InvokeFunction', resource),
      );
      return functions(sessionOf(caller)).send(new InvokeCommand({ FunctionName }));
    };

    expect((await invoke(arn)).StatusCode).toBe(200);
    await expect(invoke(`${arn}s`)).rejects.toEqual(
      refusal('AccessDeniedException', 'lambda:InvokeFunction'),
    );
  });

  it('may invoke others that need no time, since the clock stands still for both', async () => {
    const world = await openFunction();
    const { lambda, invoke, functions } = world;
    const Role = `arn:aws:iam::${automation}:role/Function`;
    const other = { FunctionName: 'Other', Role, Code: { ZipFile: new Uint8Array([1]) } };
    await world.client.send(new CreateFunctionCommand(other));
    lambda.behave(arn, async () => {
      const client = functions(undefined, 'function');
      const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'Other' }));
      return JSON.parse(new TextDecoder().decode(Payload)) as unknown;
    });
    const behave = (behaviour: FunctionBehaviour) =>
      lambda.behave({ account: automation, region, name: 'Other' }, behaviour);

    behave(async () => 'at once');
    expect((await invoke()).payload).toBe('at once');
    behave(async (_, { work }) => work.sleep(1000));
    expect((await invoke()).payload).toMatchObject({ errorType: 'NotImplemented' });
  });

  it('has records of a stream delivered by who keeps the stream', async () => {
    const seen: unknown[] = [];
    const { lambda } = await openFunction(async (event) => {
      seen.push(event);
      if (seen.length > 1) throw new Error('enough');
    });

    expect([await lambda.deliverRecords(arn, [{ a: 1 }]), await lambda.deliverRecords(arn, [])]).toEqual([
      true,
      false,
    ]);
    expect(await lambda.deliverRecords(`${arn}s`, [])).toBe(false);
    expect(seen).toEqual([{ Records: [{ a: 1 }] }, { Records: [] }]);
  });
});

describe('an event for a function', () => {
  it('is answered before it is handled', async () => {
    const handled: unknown[] = [];
    const { later, settle } = await openFunction(async (event) => handled.push(event));

    expect((await later({ a: 1 })).StatusCode).toBe(202);
    expect(handled).toEqual([]);
    await settle();

    expect(handled).toEqual([{ a: 1 }]);
  });

  it('is tried again after one minute, and then after two, with the same identifier', async () => {
    const attempts: [number, string][] = [];
    const world = await openFunction(async (_, { awsRequestId }) => {
      attempts.push([world.now(), awsRequestId]);
      throw new Error('not yet');
    });

    await world.later();
    await world.settle();

    expect(attempts.map(([at]) => at)).toEqual([0, 60_000, 180_000]);
    expect(new Set(attempts.map(([, id]) => id)).size).toBe(1);
    expect(world.happenings.at(-1)).toMatchObject({ kind: 'given-up', functionArn: arn, kept: false });
  });

  it('is tried no more often than that, and no more when it has succeeded', async () => {
    let attempts = 0;
    const { later, settle, configure, happenings } = await openFunction(async () => {
      attempts += 1;
      if (attempts < 2) throw new Error('not yet');
    });

    await later();
    await settle();
    expect(attempts).toBe(2);
    await configure({ MaximumRetryAttempts: 0 });
    attempts = -10;
    await later();
    await settle();

    expect(attempts).toBe(-9);
    expect(happenings.filter(({ kind }) => kind === 'given-up')).toHaveLength(1);
  });

  it('goes, when it is given up, to where failures go and to dead letters', async () => {
    const Dead = `arn:aws:sqs:${region}:${automation}:Dead`;
    const { later, settle, configure, queue, happenings } = await openFunction(failing, {
      DeadLetterConfig: { TargetArn: Dead },
    });
    const dead = await queue('Dead');
    const failures = await queue('Failures');
    const Destination = `arn:aws:sqs:${region}:${automation}:Failures`;
    await configure({ DestinationConfig: { OnFailure: { Destination } } });

    const { $metadata } = await later({ a: 1 });
    await settle();

    expect(happenings.at(-1)).toMatchObject({ kind: 'given-up', kept: true });
    const [letter] = await dead();
    expect(letter?.Body).toBe('{"a":1}');
    expect(letter?.MessageAttributes).toMatchObject({
      RequestID: { StringValue: $metadata.requestId },
      ErrorCode: { StringValue: '200' },
      ErrorMessage: { StringValue: 'no way' },
    });
    const [record] = await failures();
    expect(JSON.parse(record?.Body ?? '')).toEqual({
      version: '1.0',
      timestamp: '2026-11-22T12:03:00.000Z',
      requestContext: {
        requestId: $metadata.requestId,
        functionArn: `${arn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { a: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: expect.objectContaining({ errorType: 'TypeError', errorMessage: 'no way' }),
    });
  });

  it('is kept when one of the two takes it', async () => {
    const TargetArn = `arn:aws:sqs:${region}:${automation}:Missing`;
    const more = { DeadLetterConfig: { TargetArn } };
    const { later, settle, configure, queue, happenings } = await openFunction(failing, more);
    await queue('Failures');
    const Destination = `arn:aws:sqs:${region}:${automation}:Failures`;
    await configure({ DestinationConfig: { OnFailure: { Destination } } });

    await later();
    await settle();

    expect(happenings.at(-1)).toMatchObject({ kind: 'given-up', kept: true });
  });

  it('grows too old for a third try', async () => {
    const { later, settle, configure, now, happenings } = await openFunction(failing);
    await configure({ MaximumEventAgeInSeconds: 120 });

    await later();
    await settle();

    expect(now()).toBe(60_000);
    expect(happenings.at(-1)?.kind).toBe('given-up');
  });
});

describe('places to run in', () => {
  const sleeping: FunctionBehaviour = async (_, { work }) => work.sleep(10_000);

  it('are waited for by events, in their order', async () => {
    const begun: [unknown, number][] = [];
    const world = await openFunction(async (event, context) => {
      begun.push([event, world.now()]);
      await sleeping(event, context);
    });
    await world.reserve(1);

    for (const event of [1, 2, 3]) await world.later(event);
    await world.settle();

    expect(begun).toEqual([
      [1, 0],
      [2, 10_000],
      [3, 20_000],
    ]);
  });

  it('are refused to those who want an answer', async () => {
    const { client, reserve, later, settle, clock } = await openFunction(sleeping);
    await reserve(1);
    await later();
    const refused: unknown[] = [];
    clock.after(5000, () =>
      client.send(new InvokeCommand({ FunctionName })).catch((fault: unknown) => refused.push(fault)),
    );

    await settle();

    expect(refused).toEqual([
      expect.objectContaining({
        name: 'TooManyRequestsException',
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      }),
    ]);
  });

  it('are shared by the functions of an account', async () => {
    const { client, later, settle, now } = await openFunction(sleeping, {}, 2);
    for (let event = 0; event < 5; event += 1) await later();

    await settle();

    expect(now()).toBe(30_000);
    expect(
      (await client.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun' }))).StatusCode,
    ).toBe(204);
  });

  it('may be taken away: events wait for six hours, and keep nobody else waiting', async () => {
    const { reserve, later, settle, pass, now, happenings, client } = await openFunction(async () => 'done');
    await reserve(0);
    await later('old');
    await settle();
    expect(now()).toBe(0);

    await pass(6 * 3600);
    expect(happenings.at(-1)).toMatchObject({ kind: 'given-up' });
    await later('new');
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    await settle();

    expect(happenings.at(-1)).toMatchObject({ kind: 'ended', outcome: 'success' });
  });
});
