import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { itemsIn } from '#local/deployed/call-cloudformation.ts';
import { aQueue, automation, openStackCloud, textOf } from './support-stacks.ts';

type StackCloud = ReturnType<typeof openStackCloud>;

const StackName = 'Stack';
const templateOf = (...names: readonly string[]) =>
  JSON.stringify({ Resources: Object.fromEntries(names.map((name) => [name, aQueue()])) });

async function propose(cloud: StackCloud, ChangeSetType: string, TemplateBody: string, ChangeSetName = 'C') {
  const asked = { StackName, ChangeSetName, ChangeSetType, TemplateBody };
  const ChangeSet = textOf(await cloud.call('CreateChangeSet', asked), 'Id') ?? '';
  const told = await cloud.call('DescribeChangeSet', { StackName, ChangeSetName: ChangeSet });
  return { id: ChangeSet, told };
}

const carryOut = async (cloud: StackCloud, ChangeSetName: string) => {
  await cloud.call('ExecuteChangeSet', { StackName, ChangeSetName, DisableRollback: 'false' });
  return cloud.settled(StackName);
};

const queuesIn = async (cloud: StackCloud) =>
  (await cloud.clients().sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [];

describe('when a change set is made for a stack that is not there', () => {
  it('makes nothing until it is carried out', async () => {
    const cloud = openStackCloud();

    const { id, told } = await propose(cloud, 'CREATE', templateOf('One'));

    expect(textOf(told, 'Status')).toBe('CREATE_COMPLETE');
    expect(textOf(told, 'ExecutionStatus')).toBe('AVAILABLE');
    expect(await cloud.describeStack(StackName)).toMatchObject({ status: 'REVIEW_IN_PROGRESS' });
    expect(await queuesIn(cloud)).toEqual([]);

    expect(await carryOut(cloud, id)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await queuesIn(cloud)).toHaveLength(1);
  });

  it('takes the last one that was made', async () => {
    const cloud = openStackCloud();
    const first = await propose(cloud, 'CREATE', templateOf('One'), 'First');
    const second = await propose(cloud, 'CREATE', templateOf('One', 'Two'), 'Second');

    await carryOut(cloud, second.id);

    expect(await queuesIn(cloud)).toHaveLength(2);
    await expect(carryOut(cloud, first.id)).rejects.toMatchObject({ code: 'ChangeSetNotFound' });
  });

  it('refuses what is to be made twice', async () => {
    const cloud = openStackCloud();
    await cloud.create({ Resources: { One: aQueue() } });

    await expect(propose(cloud, 'CREATE', templateOf('One'))).rejects.toThrow('already exists');
  });
});

describe('when a change set is made for a stack that is there', () => {
  it('tells what would change, and changes it when it is carried out, once', async () => {
    const cloud = openStackCloud();
    await cloud.create({ Resources: { One: aQueue(), Two: aQueue() } });

    const { id, told } = await propose(cloud, 'UPDATE', templateOf('Two', 'Three'));

    expect(itemsIn(told, 'Changes')).toHaveLength(2);
    expect(await carryOut(cloud, id)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await queuesIn(cloud)).toEqual([
      expect.stringContaining('-Three-') as string,
      expect.stringContaining('-Two-') as string,
    ]);
    await expect(carryOut(cloud, id)).rejects.toMatchObject({ code: 'InvalidChangeSetStatus' });
  });

  it('has failed where nothing would change, and is not carried out', async () => {
    const cloud = openStackCloud();
    await cloud.create({ Resources: { One: aQueue() } });

    const { id, told } = await propose(cloud, 'UPDATE', templateOf('One'));

    expect(textOf(told, 'Status')).toBe('FAILED');
    expect(textOf(told, 'StatusReason')).toContain("didn't contain changes");
    await expect(carryOut(cloud, id)).rejects.toMatchObject({ code: 'InvalidChangeSetStatus' });
  });

  it('is forgotten when it is deleted', async () => {
    const cloud = openStackCloud();
    const { id } = await propose(cloud, 'CREATE', templateOf('One'));

    await cloud.call('DeleteChangeSet', { StackName, ChangeSetName: 'C' });

    await expect(carryOut(cloud, id)).rejects.toMatchObject({ code: 'ChangeSetNotFound' });
  });
});

describe('when a template is written in YAML', () => {
  const template = `
Parameters:
  Mark: {Type: String, Default: none}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: !Sub arn:aws:iam::\${AWS::AccountId}:role/Function
      Environment: {Variables: {QUEUE: !GetAtt Queue.Arn, MARK: !Join ['-', [a, !Ref Mark]]}}
      Code:
        ZipFile: |
          def handler(event, context): pass
`;

  it('unfolds the short forms of functions, and takes code from the template itself', async () => {
    const cloud = openStackCloud();
    const RoleName = 'Function';
    cloud.cloud.iam.createRole({
      account: automation,
      name: RoleName,
      trust: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    });

    await cloud.call('CreateStack', { StackName, TemplateBody: template });
    expect(await cloud.settled(StackName)).toMatchObject({ status: 'CREATE_COMPLETE', faults: [] });

    const resources = await cloud.call('DescribeStackResources', {
      StackName,
      LogicalResourceId: 'Function',
    });
    const FunctionName = textOf(itemsIn(resources, 'StackResources')[0], 'PhysicalResourceId');
    const { Environment, Runtime } = await cloud
      .clients()
      .lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(Runtime).toBe('python3.13');
    expect(Environment?.Variables).toEqual({
      QUEUE: expect.stringMatching(/^arn:aws:sqs:.*:Stack-Queue-/) as string,
      MARK: 'a-none',
    });
  });

  it('tells its parameters and types', async () => {
    const { call } = openStackCloud();

    const summary = await call('GetTemplateSummary', { TemplateBody: template });

    const [parameter] = itemsIn(summary, 'Parameters');
    expect(textOf(parameter, 'ParameterKey')).toBe('Mark');
    expect(textOf(parameter, 'DefaultValue')).toBe('none');
  });
});
