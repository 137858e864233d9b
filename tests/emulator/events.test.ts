import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  TestEventPatternCommand,
  UntagResourceCommand,
  type PutRuleCommandInput,
  type Target,
} from '@aws-sdk/client-eventbridge';
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

const ruleArn = `arn:aws:events:${region}:${automation}:rule/OnEvent`;
const queueArn = `arn:aws:sqs:${region}:${automation}:Queue`;
const busArn = `arn:aws:events:${region}:${automation}:event-bus/default`;
const EventPattern = JSON.stringify({ source: ['Spa'] });

function openEvents() {
  const cloud = openMessagingCloud();
  const client = cloud.events();
  const putRule = (more: Partial<PutRuleCommandInput> = {}) =>
    client.send(new PutRuleCommand({ Name: 'OnEvent', EventPattern, ...more }));
  const putTargets = (...Targets: Target[]) =>
    client.send(new PutTargetsCommand({ Rule: 'OnEvent', Targets }));
  return { ...cloud, client, putRule, putTargets };
}

describe('a rule', () => {
  it('is described as it was put, and enabled unless it says otherwise', async () => {
    const { client, putRule } = openEvents();

    const { RuleArn } = await putRule({ Description: 'All of them' });

    expect(RuleArn).toBe(ruleArn);
    expect(await client.send(new DescribeRuleCommand({ Name: 'OnEvent' }))).toMatchObject({
      Name: 'OnEvent',
      Arn: ruleArn,
      EventPattern,
      State: 'ENABLED',
      Description: 'All of them',
      EventBusName: 'default',
      CreatedBy: automation,
    });
  });

  it('keeps targets and tags when it is put again', async () => {
    const { client, putRule, putTargets } = openEvents();
    await putRule({ Tags: [{ Key: 'origin', Value: 'Spa' }] });
    await putTargets({ Id: 'queue', Arn: queueArn });

    await putRule({ EventPattern: '{"source": ["other"]}' });

    const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: 'OnEvent' }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: ruleArn }));
    expect(Targets).toEqual([{ Id: 'queue', Arn: queueArn }]);
    expect(Tags).toEqual([{ Key: 'origin', Value: 'Spa' }]);
  });

  it('is enabled and disabled', async () => {
    const { client, putRule } = openEvents();
    await putRule();
    const state = async () => (await client.send(new DescribeRuleCommand({ Name: 'OnEvent' }))).State;

    await client.send(new DisableRuleCommand({ Name: 'OnEvent' }));
    expect(await state()).toBe('DISABLED');
    await client.send(new EnableRuleCommand({ Name: 'OnEvent' }));
    expect(await state()).toBe('ENABLED');
  });

  it('goes once it has no targets, and going twice is no fault', async () => {
    const { client, putRule, putTargets } = openEvents();
    const remove = () => client.send(new DeleteRuleCommand({ Name: 'OnEvent' }));
    await putRule();
    await putTargets({ Id: 'queue', Arn: queueArn });

    await expect(remove()).rejects.toEqual(refusal('ValidationException', 'has targets'));
    await client.send(new RemoveTargetsCommand({ Rule: 'OnEvent', Ids: ['queue', 'another'] }));
    await remove();
    await remove();

    const described = client.send(new DescribeRuleCommand({ Name: 'OnEvent' }));
    await expect(described).rejects.toEqual(
      refusal('ResourceNotFoundException', 'Rule OnEvent does not exist'),
    );
  });

  it('is listed by page and prefix', async () => {
    const { client, putRule } = openEvents();
    for (const Name of ['Spa2', 'Spa1', 'Other', 'Spa3']) await putRule({ Name });

    const first = await client.send(new ListRulesCommand({ NamePrefix: 'Spa', Limit: 2 }));
    const second = await client.send(
      new ListRulesCommand({ NamePrefix: 'Spa', Limit: 2, NextToken: first.NextToken }),
    );

    expect([first, second].map(({ Rules }) => Rules?.map(({ Name }) => Name))).toEqual([
      ['Spa1', 'Spa2'],
      ['Spa3'],
    ]);
    await expect(client.send(new ListRulesCommand({ NextToken: 'made-up' }))).rejects.toEqual(
      refusal('ValidationException', 'Invalid nextToken'),
    );
  });

  it('is found by its target', async () => {
    const { client, putRule, putTargets } = openEvents();
    await putRule();
    await putRule({ Name: 'Another' });
    await putTargets({ Id: 'queue', Arn: queueArn });

    const { RuleNames } = await client.send(new ListRuleNamesByTargetCommand({ TargetArn: queueArn }));

    expect(RuleNames).toEqual(['OnEvent']);
  });

  it.each([
    ['a pattern that is not valid', { EventPattern: '{"source": "Spa"}' }, 'InvalidEventPatternException'],
    ['neither pattern nor schedule', { EventPattern: undefined }, 'ValidationException'],
    ['a schedule of five fields', { ScheduleExpression: 'cron(0 3 ? * SUN)' }, 'ValidationException'],
    ['a schedule with both days', { ScheduleExpression: 'cron(0 3 1 * SUN *)' }, 'ValidationException'],
    ['a schedule without either day', { ScheduleExpression: 'cron(0 3 ? * ? *)' }, 'ValidationException'],
    ['a wrong number', { ScheduleExpression: 'rate(1 hours)' }, 'ValidationException'],
    ['a minute that no hour has', { ScheduleExpression: 'cron(61 3 ? * SUN *)' }, 'ValidationException'],
    ['a name with a space', { Name: 'On Event' }, 'ValidationException'],
    ['a bus that does not exist', { EventBusName: 'nowhere' }, 'ResourceNotFoundException'],
  ])('is refused with %s', async (_, input, code) => {
    const { putRule } = openEvents();

    await expect(putRule(input)).rejects.toEqual(refusal(code));
  });

  it('tries patterns without being there', async () => {
    const { client } = openEvents();
    const fields = { id: '1', account: '2', time: 'now', region, resources: [], 'detail-type': 'x' };
    const test = (event: object) =>
      client.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) }));

    expect((await test({ ...fields, source: 'Spa' })).Result).toBe(true);
    expect((await test({ ...fields, source: 'Other' })).Result).toBe(false);
    await expect(test(fields)).rejects.toEqual(refusal('ValidationException', 'source is a required field'));
  });
});

describe('a target', () => {
  it.each<[string, Target, string]>([
    ['no ARN', { Id: 'x', Arn: 'queue' }, 'ValidationException'],
    ['two inputs', { Id: 'x', Arn: queueArn, Input: '{}', InputPath: '$' }, 'ValidationException'],
    ['an input that is no JSON', { Id: 'x', Arn: queueArn, Input: 'hello' }, 'ValidationException'],
    ['no role, where it is a bus', { Id: 'x', Arn: busArn }, 'ValidationException'],
    [
      'too many retries',
      { Id: 'x', Arn: queueArn, RetryPolicy: { MaximumRetryAttempts: 186 } },
      'ValidationException',
    ],
    [
      'a kind that is not known here',
      { Id: 'x', Arn: `arn:aws:states:${region}:${automation}:stateMachine:x` },
      'NotImplemented',
    ],
  ])('is refused with %s', async (_, target, code) => {
    const { putRule, putTargets } = openEvents();
    await putRule();

    await expect(putTargets(target)).rejects.toEqual(refusal(code));
  });

  it('is one of five at most', async () => {
    const { putRule, putTargets } = openEvents();
    await putRule();
    await putTargets(...['a', 'b', 'c', 'd', 'e'].map((Id) => ({ Id, Arn: queueArn })));

    await putTargets({ Id: 'e', Arn: queueArn, Input: '{}' });

    await expect(putTargets({ Id: 'f', Arn: queueArn })).rejects.toEqual(refusal('LimitExceededException'));
  });

  it('needs a role to be passed on by who may', async () => {
    const cloud = openEvents();
    await cloud.putRule();
    const eventsRole = cloud.role(automation, 'Events', { Service: 'events.amazonaws.com' });
    const caller = cloud.role(
      automation,
      'Caller',
      { AWS: automation },
      permitting('events:PutTargets', ruleArn),
    );
    const put = new PutTargetsCommand({
      Rule: 'OnEvent',
      Targets: [{ Id: 'bus', Arn: busArn, RoleArn: eventsRole }],
    });

    const denied = cloud.events(cloud.sessionOf(caller)).send(put);

    await expect(denied).rejects.toEqual(refusal('AccessDeniedException', 'iam:PassRole'));
  });
});

describe('PutEvents', () => {
  const entry = { Source: 'Spa', DetailType: 'CreatedAccount', Detail: '{"Account": "1"}' };

  it('takes each entry by itself', async () => {
    const { client } = openEvents();

    const { Entries, FailedEntryCount } = await client.send(
      new PutEventsCommand({
        Entries: [
          entry,
          { ...entry, Detail: '[1]' },
          { ...entry, Detail: 'no' },
          { ...entry, Source: 'aws.organizations' },
          { ...entry, DetailType: undefined },
          { ...entry, EventBusName: 'nowhere' },
        ],
      }),
    );

    expect(FailedEntryCount).toBe(5);
    expect(Entries?.map(({ EventId, ErrorCode }) => ErrorCode ?? typeof EventId)).toEqual([
      'string',
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'InvalidArgument',
      'ResourceNotFoundException',
    ]);
  });

  it('takes ten entries, and 256 KB', async () => {
    const { client } = openEvents();
    const put = (Entries: (typeof entry)[]) => client.send(new PutEventsCommand({ Entries }));
    const large = { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(256 * 1024) }) };

    expect((await put(Array.from({ length: 10 }, () => entry))).FailedEntryCount).toBe(0);
    await expect(put(Array.from({ length: 11 }, () => entry))).rejects.toEqual(
      refusal('ValidationException'),
    );
    await expect(put([])).rejects.toEqual(refusal('ValidationException'));
    await expect(put([large])).rejects.toEqual(refusal('ValidationException', 'Total size'));
  });

  it('needs the permission of the caller, which may depend on source and detail type', async () => {
    const cloud = openEvents();
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'events:PutEvents',
          Resource: busArn,
          Condition: { StringEquals: { 'events:source': 'Spa' } },
        },
      ],
    });
    const role = cloud.role(automation, 'Putter', { AWS: automation }, policy);
    const put = (Source: string) =>
      cloud.events(cloud.sessionOf(role)).send(new PutEventsCommand({ Entries: [{ ...entry, Source }] }));

    expect((await put('Spa')).FailedEntryCount).toBe(0);
    await expect(put('Other')).rejects.toEqual(refusal('AccessDeniedException', 'events:PutEvents'));
  });

  it('needs the permission of the bus too, where that belongs to another account', async () => {
    const cloud = openEvents();
    const put = () =>
      cloud.events(member).send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: busArn }] }));

    await expect(put()).rejects.toEqual(refusal('AccessDeniedException', 'resource-based policy'));
    const permission = { Action: 'events:PutEvents', Principal: member, StatementId: 'member' };
    await cloud.client.send(new PutPermissionCommand(permission));

    expect((await put()).FailedEntryCount).toBe(0);
    await cloud.client.send(new RemovePermissionCommand({ StatementId: 'member' }));
    await expect(put()).rejects.toEqual(refusal('AccessDeniedException'));
  });
});

describe('a bus', () => {
  it('is there by default, in every account and region', async () => {
    const { events } = openEvents();

    for (const [client, arn] of [
      [events(member), `arn:aws:events:${region}:${member}:event-bus/default`],
      [events(automation, 'client', 'us-east-1'), `arn:aws:events:us-east-1:${automation}:event-bus/default`],
    ] as const) {
      expect(await client.send(new DescribeEventBusCommand({}))).toMatchObject({ Name: 'default', Arn: arn });
    }
  });

  it('is created, described, listed and deleted', async () => {
    const { client, putRule } = openEvents();
    const create = () => client.send(new CreateEventBusCommand({ Name: 'Mine', Description: 'Own' }));
    const remove = (Name = 'Mine') => client.send(new DeleteEventBusCommand({ Name }));
    const names = async () =>
      (await client.send(new ListEventBusesCommand({}))).EventBuses?.map(({ Name }) => Name);
    await create();
    await putRule({ EventBusName: 'Mine' });

    await expect(create()).rejects.toEqual(refusal('ResourceAlreadyExistsException'));
    expect(await names()).toEqual(['default', 'Mine']);
    expect(
      await client.send(new DescribeRuleCommand({ Name: 'OnEvent', EventBusName: 'Mine' })),
    ).toMatchObject({
      Arn: `arn:aws:events:${region}:${automation}:rule/Mine/OnEvent`,
    });
    await expect(remove()).rejects.toEqual(refusal('ValidationException', 'has rules'));
    await client.send(new DeleteRuleCommand({ Name: 'OnEvent', EventBusName: 'Mine' }));
    await remove();
    expect(await names()).toEqual(['default']);
    await expect(remove('default')).rejects.toEqual(refusal('ValidationException', 'default'));
  });

  it('has a policy, as a whole or by statements', async () => {
    const { client } = openEvents();
    const policy = async (): Promise<unknown> => {
      const { Policy } = await client.send(new DescribeEventBusCommand({}));
      return Policy === undefined ? undefined : JSON.parse(Policy);
    };
    const Condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-a1b2c3d4e5' };

    await client.send(
      new PutPermissionCommand({ Action: 'events:PutEvents', Principal: '*', StatementId: 'all', Condition }),
    );
    expect(await policy()).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'all',
          Effect: 'Allow',
          Principal: '*',
          Action: 'events:PutEvents',
          Resource: busArn,
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
        },
      ],
    });

    const whole = lettingIn({ AWS: member }, 'events:PutEvents', busArn);
    await client.send(new PutPermissionCommand({ Policy: whole }));
    expect(await policy()).toEqual(JSON.parse(whole));
    await client.send(new RemovePermissionCommand({ RemoveAllPermissions: true }));
    expect(await policy()).toBeUndefined();
    await expect(client.send(new RemovePermissionCommand({ StatementId: 'all' }))).rejects.toEqual(
      refusal('ResourceNotFoundException'),
    );
    await expect(client.send(new PutPermissionCommand({ Policy: '{}' }))).rejects.toEqual(
      refusal('ValidationException'),
    );
  });

  it('bears tags', async () => {
    const { client } = openEvents();
    await client.send(new CreateEventBusCommand({ Name: 'Mine', Tags: [{ Key: 'a', Value: '1' }] }));
    const ResourceARN = `arn:aws:events:${region}:${automation}:event-bus/Mine`;

    await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'b', Value: '2' }] }));
    await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['a'] }));

    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
  });
});
