import { describe, expect, it } from 'vitest';
import { accountTagged, type AccountTagged } from '#events/account-tagged.ts';
import { revisitAsked } from '#events/errand.ts';
import { byHand, schedule, type Invoked } from '#events/schedule.ts';
import type { Trigger } from '#events/trigger.ts';
import { webRequested, type WebRequest } from '#events/web-request.ts';
import { catalogue } from '#functions/catalogue.ts';
import { defineFunction } from '#functions/define-function.ts';
import type { PortName } from '#ports/ports.ts';
import { grantedBy, ofType, statementsOf, systemOf, text, type Resource } from './system-of.ts';
import { settingsFrom } from './settings-from.ts';

const settings = await settingsFrom(`
  maintenance_window_expression: cron(0 18 ? * SAT *)
features:
  with_cost_management_tag: cost-center
  with_email_subscriptions_on_alerts: [ops@example.com, finops@example.com]
  with_microsoft_webhook_on_alerts: https://example.com/webhook/very-secret
`);
const system = systemOf(settings);
const automation = system.resourcesOf('Automation');
const resources = Object.values(automation);
const propertiesOf = (id: string): Readonly<Record<string, unknown>> => automation[id]?.Properties ?? {};

describe('every function of the catalogue', () => {
  it('is deployed under its name, with its declared time and memory', () => {
    const deployed = ofType(resources, 'AWS::Lambda::Function').map(({ Properties }) => Properties);

    expect(
      deployed.map(({ FunctionName, Timeout, MemorySize }) => [FunctionName, Timeout, MemorySize]),
    ).toEqual(catalogue.map((one) => [`SpaTest${one.name}`, one.timeoutInSeconds, one.memoryInMegabytes]));
    expect(new Set(deployed.flatMap(({ Runtime, Handler }) => [Runtime, Handler]))).toEqual(
      new Set(['nodejs24.x', 'index.handler']),
    );
  });

  it.each(catalogue)('$name has dead letters, a log that is not kept for ever, and an alarm', (one) => {
    const { name, whenItFails } = one;
    const deadLetters = { 'Fn::GetAtt': [`${name}DeadLettersQueue`, 'Arn'] };

    expect(propertiesOf(`${name}DeadLettersQueue`)).toMatchObject({
      QueueName: `SpaTest${name}DeadLetters`,
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86_400,
    });
    expect(propertiesOf(`${name}Retries`)).toMatchObject({
      FunctionName: { Ref: `${name}Function` },
      DestinationConfig: { OnFailure: { Destination: deadLetters } },
    });
    expect(propertiesOf(`${name}Logs`)).toMatchObject({
      LogGroupName: `/aws/lambda/SpaTest${name}`,
      RetentionInDays: 90,
    });
    expect(propertiesOf(`${name}Function`)['LoggingConfig']).toEqual({ LogGroup: { Ref: `${name}Logs` } });
    expect(propertiesOf(`${name}Alarm`)).toMatchObject({
      AlarmDescription: whenItFails,
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [`${name}DeadLettersQueue`, 'QueueName'] } }],
      AlarmActions: [{ Ref: 'ExceptionsTopic' }],
    });
  });

  it('is there only where the settings ask for what it does', async () => {
    const costless = systemOf(await settingsFrom()).resourcesOf('Automation');
    const namesIn = (all: readonly Resource[]) =>
      ofType(all, 'AWS::Lambda::Function').map(({ Properties }) => Properties['FunctionName']);

    expect(namesIn(resources)).toContain('SpaTestOnMonthlyCostReport');
    expect(namesIn(Object.values(costless))).not.toContain('SpaTestOnMonthlyCostReport');
  });

  it('runs on the architecture of the settings', async () => {
    const onArm = systemOf(await settingsFrom('features: { with_arm_architecture: true }'));
    const architectures = (all: readonly Resource[]) =>
      new Set(ofType(all, 'AWS::Lambda::Function').flatMap(({ Properties }) => Properties['Architectures']));

    expect(architectures(onArm.resources)).toEqual(new Set(['arm64']));
    expect(architectures(resources)).toEqual(new Set(['x86_64']));
  });
});

describe('what makes a function run', () => {
  const declared = (
    name: string,
    trigger: Trigger<AccountTagged | { readonly account: string } | Invoked | WebRequest>,
  ) =>
    defineFunction({
      name,
      trigger,
      needs: [],
      purpose: `Does what ${name} says`,
      whenItFails: 'this is not done',
      timeoutInSeconds: 20,
      run: async () => 'done',
    });
  const sample = systemOf(settings, {
    functions: [
      declared('OnTag', accountTagged('released')),
      declared('OnQueuedTag', accountTagged('expired', { concurrency: 7 })),
      declared('OnMessage', { ...revisitAsked, concurrency: 3 } as typeof revisitAsked),
      declared(
        'OnWindow',
        schedule(({ maintenanceWindow }) => maintenanceWindow),
      ),
      declared('OnDemand', byHand),
      declared('OnRequest', webRequested('My.Endpoint')),
    ],
  }).resourcesOf('Automation');
  const sampled = (id: string) => sample[id]?.Properties ?? {};

  it('is a rule of the bus, where events go to the function at once', () => {
    expect(sampled('OnTagRule')).toMatchObject({
      Name: 'SpaTestOnTag',
      State: 'ENABLED',
      EventPattern: { detail: { requestParameters: { tags: { value: ['released'] } } } },
      Targets: [
        {
          Arn: { 'Fn::GetAtt': ['OnTagFunction', 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['OnTagDeadLettersQueue', 'Arn'] } },
        },
      ],
    });
    expect(sampled('OnTagPermission')).toMatchObject({
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': ['OnTagRule', 'Arn'] },
    });
    expect(sample['OnTagMapping']).toBeUndefined();
  });

  it('is a rule before a queue, where events wait for their turn', () => {
    const queue = { 'Fn::GetAtt': ['OnQueuedTagQueue', 'Arn'] };
    const [, sending] = statementsOf(sample['OnQueuedTagQueuePolicy'] as Resource);

    expect(sampled('OnQueuedTagRule')['Targets']).toMatchObject([{ Arn: queue }]);
    expect(sampled('OnQueuedTagMapping')).toMatchObject({
      EventSourceArn: queue,
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 7 },
    });
    expect(sending).toMatchObject({
      Principal: { Service: 'events.amazonaws.com' },
      Condition: {
        ArnEquals: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:123456789012:rule/SpaTestOnQueuedTag' },
      },
    });
    expect(sample['OnQueuedTagPermission']).toBeUndefined();
  });

  it('is a queue, where functions leave work for each other', () => {
    expect(sampled('RevisitsQueue')['QueueName']).toBe('SpaTestRevisits');
    expect(sampled('OnMessageMapping')).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['RevisitsQueue', 'Arn'] },
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    expect(sample['OnMessageRule']).toBeUndefined();
  });

  it('are requests to an address that is open to everybody, where a function judges them itself', () => {
    const { WebEndpointsParameter } = sample;
    const permissions = ['OnRequestUrlPermission', 'OnRequestInvokePermission'].map((id) => sampled(id));

    expect(sampled('OnRequestUrl')).toMatchObject({ AuthType: 'NONE' });
    expect(permissions).toMatchObject([
      { Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' },
      { Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true },
    ]);
    expect(WebEndpointsParameter?.Properties['Name']).toBe('/SpaTest/WebEndpoints');
    expect(WebEndpointsParameter?.Properties['Value']).toEqual({
      'Fn::Join': ['', ['{"My.Endpoint":"', { 'Fn::GetAtt': ['OnRequestUrl', 'FunctionUrl'] }, '"}']],
    });
  });

  it('is no address for any other function than those that check a signature', () => {
    const open = catalogue.filter(({ trigger }) => trigger.kind === 'web').map(({ name }) => name);
    const checking = new Set(['OnExceptionAttachmentDownload', 'OnAcknowledgement', 'FromSlack']);

    expect(open.filter((name) => !checking.has(name))).toEqual([]);
  });

  it('is the window of the settings, and nobody but people without it', async () => {
    const without = systemOf(await settingsFrom()).resourcesOf('Automation');

    expect(sampled('OnWindowRule')['ScheduleExpression']).toBe('cron(0 18 ? * SAT *)');
    expect(without['OnMaintenanceWindowFunction']).toBeDefined();
    expect(without['OnMaintenanceWindowRule']).toBeUndefined();
    expect(sample['OnDemandFunction']).toBeDefined();
    expect(sample['OnDemandRule']).toBeUndefined();
  });

  it.each(['OnQueuedTag', 'Revisits'])('gives up on a message of %s after four tries', (queue) => {
    const deadLetters = queue === 'Revisits' ? 'OnMessageDeadLettersQueue' : `${queue}DeadLettersQueue`;

    expect(sampled(`${queue}Queue`)).toMatchObject({
      RedrivePolicy: { maxReceiveCount: 4, deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] } },
      VisibilityTimeout: 6 * 20,
    });
  });
});

describe('events that are gathered', () => {
  it('wait for a minute, and are hidden for as long again as their function may take', async () => {
    const resources = systemOf(await settingsFrom()).resourcesOf('Automation');

    expect(resources['OnAccountEventMapping']?.Properties).toMatchObject({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 60,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(resources['OnAccountEventQueue']?.Properties).toMatchObject({ VisibilityTimeout: 6 * 120 + 60 });
  });
});

describe('permissions of functions', () => {
  const withNeeds = (needs: readonly PortName[]) =>
    defineFunction({
      name: 'OnNeed',
      purpose: 'Needs what it is given',
      whenItFails: 'nothing',
      trigger: byHand,
      needs,
      run: async () => 'done',
    });
  const actionsFor = (...needs: readonly PortName[]) => {
    const { resourcesOf } = systemOf(settings, { functions: [withNeeds(needs)] });
    return grantedBy(resourcesOf('Automation')['OnNeedRole'] as Resource)
      .flatMap(({ Action }) => Action)
      .toSorted();
  };
  const always = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];

  it('are those of the log and the dead letters, where a function needs no port', () => {
    expect(actionsFor()).toEqual(always);
  });

  it('are those of its ports beside, each once', () => {
    expect(actionsFor('bus')).toEqual(['events:PutEvents', ...always]);
    expect(actionsFor('accounts', 'workshop')).toEqual(
      [...always, 'sns:Subscribe', 'sts:AssumeRole'].toSorted(),
    );
  });
});

describe('what outlives the stack', () => {
  const kept = Object.entries(automation).filter(([, { DeletionPolicy }]) => DeletionPolicy !== undefined);

  it('keeps its logical id: moving one would leave the data behind', () => {
    expect(
      Object.fromEntries(
        kept.map(([id, { Type, Properties }]) => [
          id,
          `${Type} ${text(Properties['TableName'] ?? Properties['BucketName'])}`,
        ]),
      ),
    ).toMatchInlineSnapshot(`
      {
        "ActivitiesTable": "AWS::DynamoDB::Table SpaTestActivitiesTable",
        "IncidentsTable": "AWS::DynamoDB::Table SpaTestIncidentsTable",
        "ProgressTable": "AWS::DynamoDB::Table SpaTestProgressTable",
        "ReportsBucket": "AWS::S3::Bucket spatest-reports-123456789012",
        "ReportsBucketPolicy": "AWS::S3::BucketPolicy ",
        "ShadowsTable": "AWS::DynamoDB::Table SpaTestShadowsTable",
        "TransactionsTable": "AWS::DynamoDB::Table SpaTestTransactionsTable",
      }
    `);
  });

  it('is retained, when the stack goes and when it replaces', () => {
    const lasting = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket'].flatMap((type) => ofType(resources, type));

    expect(lasting.length).toBeGreaterThan(4);
    for (const { DeletionPolicy, UpdateReplacePolicy } of lasting) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
  });

  it('are tables paid by request, encrypted, recoverable, whose records expire', () => {
    for (const { Properties } of ofType(resources, 'AWS::DynamoDB::Table')) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'Identifier', KeyType: 'HASH' },
          { AttributeName: 'Order', KeyType: 'RANGE' },
        ],
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'Expiration', Enabled: true },
      });
    }
  });

  it('is a bucket that nobody reaches from outside, nor without TLS', () => {
    expect(propertiesOf('ReportsBucket')).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(statementsOf(automation['ReportsBucketPolicy'] as Resource)).toMatchObject([
      { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('bears the names of the datastores in the settings', async () => {
    const other = systemOf(await settingsFrom('metering: { shadows_datastore: Inventory }'));

    expect(other.resourcesOf('Automation')['ShadowsTable']?.Properties['TableName']).toBe('SpaTestInventory');
  });
});

describe('who may come in from other accounts', () => {
  it('are rules and builds of the organization, to the bus', () => {
    expect(propertiesOf('OrganizationBusPolicy')['Statement']).toEqual({
      Effect: 'Allow',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: 'arn:aws:events:eu-west-1:123456789012:event-bus/default',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': { Ref: 'OrganizationId' } } },
    });
  });

  it('are alert topics of the organization, to the queue of alerts', () => {
    const [, sending] = statementsOf(automation['AlertsQueuePolicy'] as Resource);

    expect(propertiesOf('AlertsQueue')['QueueName']).toBe('SpaTestAlerts');
    expect(sending).toMatchObject({
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:SpaAlertTopic' },
        StringEquals: { 'aws:SourceOrgID': { Ref: 'OrganizationId' } },
      },
    });
  });
});

/** AWS puts no tags on these. */
const withoutTags = new Set([
  'AWS::Events::EventBusPolicy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

describe('people', () => {
  it('are told of exceptions by e-mail', () => {
    expect(propertiesOf('ExceptionsTopic')['TopicName']).toBe('SpaTestExceptions');
    expect(
      ofType(resources, 'AWS::SNS::Subscription').map(({ Properties }) => Properties['Endpoint']),
    ).toEqual(['ops@example.com', 'finops@example.com']);
  });

  it('find the tags of the settings on everything that bears tags', () => {
    const central = system.stacks.filter(({ place }) => place !== 'member');
    const untagged = central
      .flatMap(({ stack }) => Object.values(system.resourcesOf(stack.stackName.slice('SpaTest'.length))))
      .filter(({ Properties }) => !JSON.stringify(Properties['Tags'] ?? '').includes('platform'));

    expect(untagged.map(({ Type }) => Type).filter((type) => !withoutTags.has(type))).toEqual([]);
  });

  it('find no secret in any template', () => {
    expect(JSON.stringify(system.resources)).not.toContain('very-secret');
  });
});

describe('the longest environment identifier', () => {
  it('gives names that AWS takes', async () => {
    const longest = await settingsFrom();
    const named = systemOf({ ...longest, environment: `L${'o'.repeat(32)}ng`.slice(0, 34) }).resources;
    const longestOf = (type: string, key: string) =>
      Math.max(...ofType(named, type).map(({ Properties }) => text(Properties[key]).length));

    expect(longestOf('AWS::Lambda::Function', 'FunctionName')).toBeLessThanOrEqual(64);
    expect(longestOf('AWS::IAM::Role', 'RoleName')).toBeLessThanOrEqual(64);
    expect(longestOf('AWS::Events::Rule', 'Name')).toBeLessThanOrEqual(64);
    expect(longestOf('AWS::SQS::Queue', 'QueueName')).toBeLessThanOrEqual(80);
    expect(longestOf('AWS::S3::Bucket', 'BucketName')).toBeLessThanOrEqual(63);
  });
});
