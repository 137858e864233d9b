import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { DescribeEventBusCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetRolePolicyCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { aQueue, automation, openStackCloud, region } from './support-stacks.ts';

type StackCloud = ReturnType<typeof openStackCloud>;

const resource = (Type: string, Properties: Readonly<Record<string, unknown>>) => ({ Type, Properties });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const statement = (rest: Readonly<Record<string, unknown>>) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...rest }],
});

const trust = statement({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });

/** Everything around a function, in the version that is asked for. */
function aSystem(version: 1 | 2) {
  const consuming = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage'];
  const actions = version === 1 ? consuming : [...consuming, 'sqs:ChangeMessageVisibility'];
  return {
    Resources: {
      Role: resource('AWS::IAM::Role', {
        RoleName: 'worker',
        Path: '/workers/',
        Description: `version ${version}`,
        AssumeRolePolicyDocument: trust,
        ManagedPolicyArns: version === 1 ? ['arn:aws:iam::aws:policy/AdministratorAccess'] : [],
        Policies: [
          { PolicyName: 'Needs', PolicyDocument: statement({ Action: actions, Resource: arnOf('Queue') }) },
        ],
        Tags: [{ Key: 'version', Value: version }],
      }),
      Queue: aQueue({ QueueName: 'work', VisibilityTimeout: 60 * version }),
      QueuePolicy: resource('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: statement({
          Sid: `version${version}`,
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arnOf('Queue'),
        }),
      }),
      Function: resource('AWS::Lambda::Function', {
        FunctionName: 'worker',
        Role: arnOf('Role'),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: 'code', S3Key: `v${version}.zip` },
        Timeout: 10 * version,
        Environment: { Variables: { VERSION: version } },
        LoggingConfig: { LogGroup: { Ref: 'LogGroup' } },
      }),
      LogGroup: resource('AWS::Logs::LogGroup', {
        LogGroupName: '/aws/lambda/worker',
        RetentionInDays: version === 1 ? 90 : 30,
      }),
      Retries: resource('AWS::Lambda::EventInvokeConfig', {
        FunctionName: { Ref: 'Function' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: version - 1,
        DestinationConfig: { OnFailure: { Destination: arnOf('Queue') } },
      }),
      Mapping: resource('AWS::Lambda::EventSourceMapping', {
        FunctionName: { Ref: 'Function' },
        EventSourceArn: arnOf('Queue'),
        BatchSize: version,
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
      Rule: resource('AWS::Events::Rule', {
        Name: 'every-day',
        ScheduleExpression: `rate(${version + 1} days)`,
        State: 'ENABLED',
        Targets: [
          { Id: `target${version}`, Arn: arnOf('Function'), DeadLetterConfig: { Arn: arnOf('Queue') } },
        ],
        Tags: [{ Key: `tag${version}`, Value: 'x' }],
      }),
      Permission: resource('AWS::Lambda::Permission', {
        FunctionName: { Ref: 'Function' },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: arnOf('Rule'),
        ...(version === 1 ? {} : { SourceAccount: { Ref: 'AWS::AccountId' } }),
      }),
      Url: resource('AWS::Lambda::Url', { TargetFunctionArn: arnOf('Function'), AuthType: 'NONE' }),
      BusPolicy: resource('AWS::Events::EventBusPolicy', {
        StatementId: 'Organization',
        Statement: {
          Effect: 'Allow',
          Principal: '*',
          Action: 'events:PutEvents',
          Resource: `arn:aws:events:${region}:${automation}:event-bus/default`,
          Condition: { StringEquals: { 'aws:PrincipalOrgID': `o-a1b2c3d4e${version}` } },
        },
      }),
      Topic: resource('AWS::SNS::Topic', { TopicName: 'news', DisplayName: `version ${version}` }),
      TopicPolicy: resource('AWS::SNS::TopicPolicy', {
        Topics: [{ Ref: 'Topic' }],
        PolicyDocument: statement({
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: { Ref: 'Topic' },
        }),
      }),
      Subscription: resource('AWS::SNS::Subscription', {
        TopicArn: { Ref: 'Topic' },
        Protocol: 'sqs',
        Endpoint: arnOf('Queue'),
        RawMessageDelivery: version === 2,
      }),
      Alarm: resource('AWS::CloudWatch::Alarm', {
        AlarmName: 'stuck',
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
        Statistic: 'Maximum',
        Period: 300,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: version,
        AlarmActions: [{ Ref: 'Topic' }],
      }),
      Dashboard: resource('AWS::CloudWatch::Dashboard', {
        DashboardName: 'cockpit',
        DashboardBody: JSON.stringify({
          widgets: [{ type: 'text', width: 6, height: 3, properties: { markdown: `version ${version}` } }],
        }),
      }),
      Table: resource('AWS::DynamoDB::Table', {
        TableName: 'records',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'S' }],
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        ...(version === 1 ? {} : { TimeToLiveSpecification: { AttributeName: 'Expiration', Enabled: true } }),
      }),
      Bucket: resource('AWS::S3::Bucket', {
        BucketName: 'reports',
        VersioningConfiguration: { Status: version === 1 ? 'Suspended' : 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
      }),
      BucketPolicy: resource('AWS::S3::BucketPolicy', {
        Bucket: { Ref: 'Bucket' },
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: `version${version}`,
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: arnOf('Bucket'),
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      }),
    },
    Outputs: { Url: { Value: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } } },
  };
}

async function withCode(): Promise<StackCloud> {
  const cloud = openStackCloud();
  const { s3 } = cloud.clients();
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await s3.send(new CreateBucketCommand({ Bucket: 'code', CreateBucketConfiguration }));
  for (const Key of ['v1.zip', 'v2.zip'])
    await s3.send(new PutObjectCommand({ Bucket: 'code', Key, Body: 'zip' }));
  return cloud;
}

/** What the services tell of the system. */
async function look({ clients }: StackCloud) {
  const { cloudwatch, dynamodb, events, iam, lambda, s3, sns, sqs } = clients();
  const FunctionName = 'worker';
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));
  const queue = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  const worker = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const mappings = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
  const invokers = await lambda.send(new GetPolicyCommand({ FunctionName }));
  const role = await iam.send(new GetRolePolicyCommand({ RoleName: 'worker', PolicyName: 'Needs' }));
  const targets = await events.send(new ListTargetsByRuleCommand({ Rule: 'every-day' }));
  const bus = await events.send(new DescribeEventBusCommand({}));
  const alarms = await cloudwatch.send(new DescribeAlarmsCommand({}));
  const dashboard = await cloudwatch.send(new GetDashboardCommand({ DashboardName: 'cockpit' }));
  const ttl = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: 'records' }));
  const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket: 'reports' }));
  const policy = await s3.send(new GetBucketPolicyCommand({ Bucket: 'reports' }));
  const TopicArn = `arn:aws:sns:${region}:${automation}:news`;
  const subscribed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  return {
    visibility: queue.Attributes?.VisibilityTimeout,
    queuePolicy: queue.Attributes?.Policy,
    timeout: worker.Timeout,
    variables: worker.Environment?.Variables,
    batch: mappings.EventSourceMappings?.map(({ BatchSize }) => BatchSize),
    invokers: invokers.Policy,
    grants: decodeURIComponent(role.PolicyDocument ?? ''),
    targets: targets.Targets?.map(({ Id }) => Id),
    bus: bus.Policy,
    threshold: alarms.MetricAlarms?.[0]?.Threshold,
    dashboard: dashboard.DashboardBody,
    ttl: ttl.TimeToLiveDescription?.TimeToLiveStatus,
    versioning: versioning.Status,
    bucketPolicy: policy.Policy,
    subscribed: subscribed.Subscriptions?.length,
  };
}

describe('when a stack has all types of resources', () => {
  it('makes them as the template says', async () => {
    const cloud = await withCode();

    const { status, faults, outputs } = await cloud.create(aSystem(1));

    expect(faults).toEqual([]);
    expect(status).toBe('CREATE_COMPLETE');
    expect(outputs['Url']).toMatch(/^http:\/\/127\.0\.0\.1:4566\//);
    expect(await look(cloud)).toMatchObject({
      visibility: '60',
      queuePolicy: expect.stringContaining('version1') as string,
      timeout: 10,
      variables: { VERSION: '1' },
      batch: [1],
      invokers: expect.stringContaining('rule/every-day') as string,
      grants: expect.not.stringContaining('ChangeMessageVisibility') as string,
      targets: ['target1'],
      bus: expect.stringContaining('o-a1b2c3d4e1') as string,
      threshold: 1,
      dashboard: expect.stringContaining('version 1') as string,
      ttl: 'DISABLED',
      versioning: 'Suspended',
      bucketPolicy: expect.stringContaining('version1') as string,
      subscribed: 1,
    });
  });

  it('changes them all', async () => {
    const cloud = await withCode();
    await cloud.create(aSystem(1));

    const { status, faults } = await cloud.update(aSystem(2));

    expect(faults).toEqual([]);
    expect(status).toBe('UPDATE_COMPLETE');
    expect(await look(cloud)).toMatchObject({
      visibility: '120',
      queuePolicy: expect.stringContaining('version2') as string,
      timeout: 20,
      variables: { VERSION: '2' },
      batch: [2],
      invokers: expect.stringContaining('SourceAccount') as string,
      grants: expect.stringContaining('ChangeMessageVisibility') as string,
      targets: ['target2'],
      bus: expect.stringContaining('o-a1b2c3d4e2') as string,
      threshold: 2,
      dashboard: expect.stringContaining('version 2') as string,
      ttl: 'ENABLED',
      versioning: 'Enabled',
      bucketPolicy: expect.stringContaining('version2') as string,
      subscribed: 1,
    });
  });

  it('leaves nothing behind when it is deleted', async () => {
    const cloud = await withCode();
    await cloud.create(aSystem(1));

    const { status } = await cloud.remove();

    const { dynamodb, events, iam, lambda } = cloud.clients();
    expect(status).toBe('DELETE_COMPLETE');
    expect((await lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
    expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
    expect((await events.send(new DescribeEventBusCommand({}))).Policy).toBeUndefined();
    await expect(dynamodb.send(new DescribeTableCommand({ TableName: 'records' }))).rejects.toThrow(
      'not found',
    );
  });

  it('can be made again after that', async () => {
    const cloud = await withCode();
    await cloud.create(aSystem(1));
    await cloud.remove();

    expect(await cloud.create(aSystem(2))).toMatchObject({ status: 'CREATE_COMPLETE', faults: [] });
  });
});

describe('when services refuse what a template asks for', () => {
  const faultsOf = async (Resources: Readonly<Record<string, unknown>>) =>
    (await (await withCode()).create({ Resources })).faults;

  it('fails where the code of a function is not in its bucket', async () => {
    const { Role, Queue } = aSystem(1).Resources;
    const Function = resource('AWS::Lambda::Function', {
      Role: arnOf('Role'),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { S3Bucket: 'code', S3Key: 'missing.zip' },
    });

    expect(await faultsOf({ Role, Queue, Function })).toEqual([
      expect.stringContaining('s3://code/missing.zip cannot be read'),
    ]);
  });

  it('fails where the role of a function may not take messages off the queue that feeds it', async () => {
    const { Role, Queue, Function, LogGroup, Mapping } = aSystem(1).Resources;
    const powerless = { ...Role, Properties: { ...Role.Properties, Policies: [], ManagedPolicyArns: [] } };

    expect(await faultsOf({ Role: powerless, Queue, Function, LogGroup, Mapping })).toEqual([
      expect.stringContaining('does not have permissions to call ReceiveMessage on SQS'),
    ]);
  });
});
