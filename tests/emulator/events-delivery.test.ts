import {
  CreateEventBusCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type PutEventsRequestEntry,
  type Target,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import { AddPermissionCommand, CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SetTopicAttributesCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import type { EventsOptions } from '#emulator/services/events/create-events.ts';
import type { Fate, ShipmentOutcome } from '#emulator/services/events/event-router.ts';
import type { SnsOptions } from '#emulator/services/sns/create-sns.ts';
import {
  automation,
  lettingIn,
  management,
  member,
  openMessagingCloud,
  permitting,
  region,
} from './support-messaging.ts';

const events = { Service: 'events.amazonaws.com' };
const arnOf = (name: string, account: string = automation) => `arn:aws:sqs:${region}:${account}:${name}`;
const busOf = (account: string, name = 'default') => `arn:aws:events:${region}:${account}:event-bus/${name}`;

function openWorld(options: EventsOptions = {}, sns: SnsOptions = {}) {
  const outcomes: ShipmentOutcome[] = [];
  const cloud = openMessagingCloud({
    sns,
    events: { observe: (outcome) => outcomes.push(outcome), ...options },
  });

  /** A queue that lets events in, from a rule of this name if one is given. */
  async function queue(
    name: string,
    { account = automation, rule }: { account?: AccountId; rule?: string } = {},
  ) {
    const sqs = cloud.queues(account);
    const source = rule && `arn:aws:events:${region}:${account}:rule/${rule}`;
    const Policy = lettingIn(events, 'sqs:SendMessage', arnOf(name, account), source);
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

  /** A rule for every event of the product, in one account. */
  async function rule(account: AccountId, target: Omit<Target, 'Id'>, Name = 'OnEvent', bus = 'default') {
    const client = cloud.events(account);
    const EventPattern = JSON.stringify({ source: ['Spa'] });
    await client.send(new PutRuleCommand({ Name, EventPattern, EventBusName: bus }));
    await client.send(
      new PutTargetsCommand({ Rule: Name, EventBusName: bus, Targets: [{ Id: 'one', ...target }] }),
    );
  }

  const put = (account: AccountId, more: Partial<PutEventsRequestEntry> = {}) =>
    cloud.events(account).send(
      new PutEventsCommand({
        Entries: [
          { Source: 'Spa', DetailType: 'Greeting', Detail: '{"to":"world","deep":{"n":[1,2]}}', ...more },
        ],
      }),
    );

  return { ...cloud, outcomes, queue, rule, put };
}

const parsed = (messages: readonly { Body?: string | undefined }[]): unknown[] =>
  messages.map(({ Body = '' }) => JSON.parse(Body));

describe('an event', () => {
  it('arrives with all its fields, and its detail to the letter', async () => {
    const { queue, rule, put } = openWorld();
    const received = await queue('Queue');
    await rule(automation, { Arn: arnOf('Queue') });

    const { Entries } = await put(automation, {
      Detail: '{"amount": 1.50}',
      Resources: ['arn:x'],
      Time: new Date('2022-02-07T15:44:15Z'),
    });

    const [message] = await received();
    expect(message?.Body).toContain('"detail":{"amount": 1.50}');
    expect(parsed([message ?? {}])).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'Greeting',
        source: 'Spa',
        account: automation,
        time: '2022-02-07T15:44:15Z',
        region,
        resources: ['arn:x'],
        detail: { amount: 1.5 },
      },
    ]);
  });

  it('reaches every rule that matches, and no other', async () => {
    const { queue, rule, put, events } = openWorld();
    const first = await queue('First');
    const second = await queue('Second');
    await rule(automation, { Arn: arnOf('First') }, 'OnFirst');
    await rule(automation, { Arn: arnOf('Second') }, 'OnSecond');

    await put(automation);
    await put(automation, { Source: 'Other' });
    await events().send(new PutRuleCommand({ Name: 'OnSecond', EventPattern: '{"source": ["Other"]}' }));
    await put(automation);
    await events().send(
      new PutRuleCommand({ Name: 'OnFirst', EventPattern: '{"source": ["Spa"]}', State: 'DISABLED' }),
    );
    await put(automation);

    expect(await first()).toHaveLength(2);
    expect(await second()).toHaveLength(1);
  });

  it('is let in by the policy of the queue for its rule only', async () => {
    const { queue, rule, put, outcomes } = openWorld();
    const received = await queue('Queue', { rule: 'OnFriend' });
    await rule(automation, { Arn: arnOf('Queue') }, 'OnFriend');
    await rule(automation, { Arn: arnOf('Queue') }, 'OnStranger');

    await put(automation);

    expect(await received()).toHaveLength(1);
    expect(outcomes.map(({ rule, outcome }) => [rule.name, outcome])).toEqual([
      ['OnFriend', 'delivered'],
      ['OnStranger', 'lost'],
    ]);
  });

  it('that a service puts comes from AWS itself', async () => {
    const { platform, queue, events } = openWorld();
    const received = await queue('Queue');
    await events().send(
      new PutRuleCommand({ Name: 'OnBuild', EventPattern: '{"source": ["aws.codebuild"]}' }),
    );
    await events().send(
      new PutTargetsCommand({ Rule: 'OnBuild', Targets: [{ Id: 'q', Arn: arnOf('Queue') }] }),
    );

    platform.events.accept({
      account: automation,
      region,
      source: 'aws.codebuild',
      detailType: 'x',
      detail: { a: 1 },
    });

    expect(parsed(await received())).toEqual([
      expect.objectContaining({ source: 'aws.codebuild', detail: { a: 1 } }),
    ]);
  });
});

describe('a function as a target', () => {
  async function openFunction(target: Partial<Target> = {}) {
    const world = openWorld();
    const invoked: unknown[] = [];
    const client = world.functions();
    const Role = world.role(automation, 'Function', { Service: 'lambda.amazonaws.com' });
    const Code = { ZipFile: new Uint8Array([1]) };
    const { FunctionArn = '' } = await client.send(
      new CreateFunctionCommand({ FunctionName: 'OnEvent', Role, Code }),
    );
    world.lambda.behave(FunctionArn, async (event) => invoked.push(event));
    await world.rule(automation, { Arn: FunctionArn, ...target });
    const permit = () =>
      client.send(
        new AddPermissionCommand({
          FunctionName: 'OnEvent',
          StatementId: 'rule',
          Action: 'lambda:InvokeFunction',
          Principal: 'events.amazonaws.com',
          SourceArn: `arn:aws:events:${region}:${automation}:rule/OnEvent`,
        }),
      );
    return { ...world, invoked, permit };
  }

  it('is invoked with the event, once its policy lets the rule in', async () => {
    const { put, permit, settle, invoked, outcomes } = await openFunction();

    await put(automation, { DetailType: 'Too early' });
    await permit();
    await put(automation);
    await settle();

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['lost', 'delivered']);
    expect(invoked).toEqual([expect.objectContaining({ 'detail-type': 'Greeting', account: automation })]);
  });

  it('is not invoked with what is no JSON', async () => {
    const InputTransformer = { InputPathsMap: { to: '$.detail.to' }, InputTemplate: 'Hello <to>' };
    const { put, permit, settle, invoked, outcomes } = await openFunction({ InputTransformer });
    await permit();

    await put(automation);
    await settle();

    expect(outcomes.map(({ failure }) => failure?.code)).toEqual(['INVALID_JSON']);
    expect(invoked).toEqual([]);
  });
});

describe('a topic as a target', () => {
  it('publishes the event, where its policy lets rules in', async () => {
    const { topics, rule, put, sns, outcomes } = openWorld({}, { autoConfirm: true });
    const { TopicArn = '' } = await topics().send(new CreateTopicCommand({ Name: 'Topic' }));
    await topics().send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'zoe@example.com' }));
    await rule(automation, { Arn: TopicArn, Input: '"Hello"' });

    await put(automation);
    const AttributeValue = lettingIn(events, 'sns:Publish', TopicArn);
    await topics().send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
    await put(automation);

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['lost', 'delivered']);
    expect(sns.outbox.map(({ body }) => body)).toEqual(['"Hello"']);
  });
});

describe('what a target receives', () => {
  it.each<[string, Partial<Target>, unknown]>([
    ['a text of its own', { Input: '{"hello": "you"}' }, { hello: 'you' }],
    ['a part of the event', { InputPath: '$.detail.deep.n[1]' }, 2],
    ['a part with a wildcard', { InputPath: '$.detail.deep.n[*]' }, [1, 2]],
    ['nothing where the part is missing', { InputPath: '$.detail.nothing' }, null],
    [
      'a template filled in',
      {
        InputTransformer: {
          InputPathsMap: { to: '$.detail.to', deep: '$.detail.deep', none: '$.detail.none' },
          InputTemplate:
            '{"text": "Hello <to>, \\"<to>\\" (<deep>)", "value": <deep>, "none": <none>, "rule": <aws.events.rule-name>, "less": "1 < 2"}',
        },
      },
      {
        text: 'Hello world, "world" ({"n":[1,2]})',
        value: { n: [1, 2] },
        none: '',
        rule: 'OnEvent',
        less: '1 < 2',
      },
    ],
    [
      'a template with the whole event',
      {
        InputTransformer: {
          InputTemplate: '{"event": <aws.events.event.json>, "without": <aws.events.event>}',
        },
      },
      {
        event: expect.objectContaining({ source: 'Spa', detail: { to: 'world', deep: { n: [1, 2] } } }),
        without: expect.not.objectContaining({ detail: expect.anything() }),
      },
    ],
  ])('may be %s', async (_, target, expected) => {
    const { queue, rule, put } = openWorld();
    const received = await queue('Queue');
    await rule(automation, { Arn: arnOf('Queue'), ...target });

    await put(automation);

    expect(parsed(await received())).toEqual([expected]);
  });
});

describe('an event for another bus', () => {
  const forwarding = permitting('events:PutEvents', busOf(automation));

  async function openForwarding({ trust = events, policy = forwarding, permitted = true } = {}) {
    const world = openWorld();
    const received = await world.queue('Central');
    const RoleArn = world.role(member, 'SpaRoleForEvents', trust, policy);
    await world.rule(automation, { Arn: arnOf('Central') });
    await world.rule(member, { Arn: busOf(automation), RoleArn }, 'PhoneHome');
    const permission = { Action: 'events:PutEvents', Principal: member, StatementId: 'member' };
    if (permitted) await world.events().send(new PutPermissionCommand(permission));
    return { ...world, received };
  }

  it('keeps where and when it comes from', async () => {
    const { put, received } = await openForwarding();

    const { Entries } = await put(member);

    expect(parsed(await received())).toEqual([
      expect.objectContaining({ account: member, id: Entries?.[0]?.EventId, time: '2026-11-22T12:00:00Z' }),
    ]);
  });

  it.each([
    ['the role does not trust EventBridge', { trust: { Service: 'codebuild.amazonaws.com' } }],
    ['the role may not put events there', { policy: permitting('events:PutEvents', busOf(management)) }],
    ['the bus does not let the account in', { permitted: false }],
  ])('is lost where %s', async (_, flaw) => {
    const { put, received, outcomes } = await openForwarding(flaw);

    await put(member);

    expect(await received()).toEqual([]);
    expect(outcomes).toEqual([
      expect.objectContaining({
        outcome: 'lost',
        failure: expect.objectContaining({ code: 'NO_PERMISSIONS' }),
      }),
    ]);
  });

  it('is lost where the other account has left, or the bus is not there', async () => {
    const { put, leave, outcomes, rule, platform } = await openForwarding();
    await rule(management, { Arn: busOf(automation, 'gone'), RoleArn: 'arn:aws:iam::111111111111:role/x' });
    leave(automation);

    await put(member);
    platform.events.accept({ account: management, region, source: 'Spa', detailType: 'x', detail: {} });

    expect(outcomes.map(({ failure }) => failure?.code)).toEqual(['NO_RESOURCE', 'NO_RESOURCE']);
  });

  it('goes no further than that', async () => {
    const { put, received, queue, rule, role, events, outcomes } = await openForwarding();
    const third = await queue('Third');
    const RoleArn = role(
      automation,
      'Forwarder',
      { Service: 'events.amazonaws.com' },
      permitting('events:*'),
    );
    await events().send(new CreateEventBusCommand({ Name: 'Third' }));
    await rule(automation, { Arn: busOf(automation, 'Third'), RoleArn }, 'ToThird');
    await rule(automation, { Arn: arnOf('Third') }, 'OnThird', 'Third');

    await put(member);
    expect(outcomes.find(({ outcome }) => outcome === 'lost')?.failure?.code).toBe(
      'THIRD_ACCOUNT_HOP_DETECTED',
    );
    await put(automation);

    expect(await received()).toHaveLength(2);
    expect(await third()).toHaveLength(1);
  });
});

describe('an event that a target does not take', () => {
  it('goes to dead letters at once when no retry can help', async () => {
    const { queue, rule, put, now, settle } = openWorld();
    const dead = await queue('Dead');
    await rule(automation, { Arn: arnOf('Nowhere'), DeadLetterConfig: { Arn: arnOf('Dead') } });

    await put(automation);
    await settle();

    const [letter] = await dead();
    expect(now()).toBe(0);
    expect(parsed([letter ?? {}])).toEqual([expect.objectContaining({ source: 'Spa' })]);
    expect(letter?.MessageAttributes).toMatchObject({
      RULE_ARN: { StringValue: `arn:aws:events:${region}:${automation}:rule/OnEvent` },
      TARGET_ARN: { StringValue: arnOf('Nowhere') },
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      RETRY_ATTEMPTS: { StringValue: '0' },
    });
  });

  it('is tried again, less and less often, while that may help', async () => {
    const attempts: number[] = [];
    const intercept = (_: unknown, attempt: number): Fate => {
      attempts.push(world.now());
      return attempt <= 3 ? 'throttle' : 'deliver';
    };
    const world = openWorld({ intercept });
    const received = await world.queue('Queue');
    await world.rule(automation, { Arn: arnOf('Queue') });

    await world.put(automation);
    await world.settle();

    expect(attempts).toEqual([0, 1000, 3000, 7000]);
    expect(await received()).toHaveLength(1);
  });

  it('is given up after a day or 185 retries, unless the target says otherwise', async () => {
    let attempts = 0;
    const world = openWorld({
      intercept: () => {
        attempts += 1;
        return 'throttle';
      },
    });
    const dead = await world.queue('Dead');
    const RetryPolicy = { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 };
    await world.rule(automation, { Arn: arnOf('Queue') });
    await world.put(automation);
    await world.settle();
    expect(attempts).toBe(186);
    expect(world.now()).toBeLessThan(86_400_000);

    attempts = 0;
    await world.rule(automation, {
      Arn: arnOf('Queue'),
      RetryPolicy,
      DeadLetterConfig: { Arn: arnOf('Dead') },
    });
    await world.put(automation);
    await world.settle();

    expect(attempts).toBe(3);
    expect((await dead())[0]?.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'THROTTLING' },
      RETRY_ATTEMPTS: { StringValue: '2' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
    });
  });

  it('may be lost, doubled and late, where a host wants to see that', async () => {
    const fates: Fate[] = ['lose', { delaysInSeconds: [0, 30] }, { delaysInSeconds: [5] }];
    const world = openWorld({ intercept: () => fates.shift() ?? 'deliver' });
    const received = await world.queue('Queue');
    await world.rule(automation, { Arn: arnOf('Queue') });

    for (const name of ['lost', 'doubled', 'late']) await world.put(automation, { DetailType: name });
    await world.settle();

    expect(
      parsed(await received()).map((event) => (event as { 'detail-type': string })['detail-type']),
    ).toEqual(['doubled', 'late', 'doubled']);
  });

  it('is lost when the queue for dead letters does not let it in either', async () => {
    const { queue, queues, rule, put, outcomes } = openWorld();
    const dead = await queue('Dead');
    const QueueUrl = `http://x/${automation}/Dead`;
    await queues().send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }));
    await rule(automation, { Arn: arnOf('Nowhere'), DeadLetterConfig: { Arn: arnOf('Dead') } });

    await put(automation);

    expect(await dead()).toEqual([]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['lost']);
  });
});

describe('a rule on a schedule', () => {
  async function openSchedule(ScheduleExpression: string) {
    const world = openWorld();
    const received = await world.queue('Queue');
    const put = (State: 'ENABLED' | 'DISABLED' = 'ENABLED') =>
      world.events().send(new PutRuleCommand({ Name: 'OnTime', ScheduleExpression, State }));
    await put();
    await world
      .events()
      .send(new PutTargetsCommand({ Rule: 'OnTime', Targets: [{ Id: 'queue', Arn: arnOf('Queue') }] }));
    return { ...world, received, put };
  }

  const times = async (received: () => Promise<readonly Message[]>) =>
    parsed(await received()).map((event) => (event as { time: string }).time);

  it('fires in UTC, with an event of its own', async () => {
    const { received, pass } = await openSchedule('cron(0 3 ? * SAT,SUN *)');

    await pass(7 * 86_400);

    expect(await times(received)).toEqual(['2026-11-28T03:00:00Z', '2026-11-29T03:00:00Z']);
    expect(parsed(await received())[0]).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: automation,
      resources: [`arn:aws:events:${region}:${automation}:rule/OnTime`],
      detail: {},
    });
  });

  it.each([
    ['rate(30 minutes)', ['2026-11-22T12:30:00Z', '2026-11-22T13:00:00Z']],
    ['cron(0/20 13 * * ? *)', ['2026-11-22T13:00:00Z']],
    ['cron(0 13 ? * 1 *)', ['2026-11-22T13:00:00Z']],
    ['cron(0 13 L * ? 2026)', []],
  ])('fires as %s says', async (expression, expected) => {
    const { received, pass } = await openSchedule(expression);

    await pass(3600);

    expect(await times(received)).toEqual(expected);
  });

  it('keeps nobody waiting', async () => {
    const { settle, now } = await openSchedule('rate(1 minute)');

    await settle();

    expect(now()).toBe(0);
  });

  it('rests while it is disabled', async () => {
    const { received, pass, put } = await openSchedule('rate(1 minute)');
    await pass(60);
    await put('DISABLED');
    await pass(300);
    await put();
    await pass(60);

    expect(await times(received)).toEqual(['2026-11-22T12:01:00Z', '2026-11-22T12:07:00Z']);
  });
});
