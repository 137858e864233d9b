import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { GetQueueUrlCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { alice, aParameter, aQueue, openStackCloud, textOf } from './support-stacks.ts';
import { itemsIn } from '#local/deployed/call-cloudformation.ts';

const valueOf = async (cloud: ReturnType<typeof openStackCloud>, Name: string) => {
  const { Parameter } = await cloud.clients().ssm.send(new GetParameterCommand({ Name }));
  return Parameter?.Value;
};

const queuesIn = async (cloud: ReturnType<typeof openStackCloud>) =>
  (await cloud.clients().sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [];

describe('when a stack is created', () => {
  it('makes its resources through the services, each after those that it needs', async () => {
    const cloud = openStackCloud();

    const { status } = await cloud.create({
      Resources: {
        Late: aParameter('/late', { 'Fn::GetAtt': ['Early', 'Arn'] }),
        Early: aQueue({ QueueName: 'early' }),
      },
    });

    expect(status).toBe('CREATE_COMPLETE');
    expect(await valueOf(cloud, '/late')).toBe('arn:aws:sqs:eu-west-1:222222222222:early');
    expect(await cloud.historyOf('Late')).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
  });

  it('tells at once that it is under way, and later that it is there', async () => {
    const cloud = openStackCloud();

    await cloud.call('CreateStack', {
      StackName: 'Stack',
      TemplateBody: JSON.stringify({ Resources: { Queue: aQueue() } }),
    });

    expect(await cloud.describeStack('Stack')).toMatchObject({ status: 'CREATE_IN_PROGRESS' });
    expect(await cloud.settled('Stack')).toMatchObject({ status: 'CREATE_COMPLETE' });
  });

  it('names after the stack what the template leaves unnamed', async () => {
    const cloud = openStackCloud();

    await cloud.create({ Resources: { Queue: aQueue() } });

    expect(await queuesIn(cloud)).toEqual([expect.stringMatching(/\/Stack-Queue-[0-9A-F]{12}$/)]);
  });

  it('lists what it has made, and gives the template back', async () => {
    const cloud = openStackCloud();
    const template = { Resources: { Queue: aQueue({ QueueName: 'q' }) } };
    await cloud.create(template);

    const resources = await cloud.call('ListStackResources', { StackName: 'Stack' });
    const stacks = await cloud.call('ListStacks', { StackStatusFilter: ['CREATE_COMPLETE'] });
    const written = await cloud.call('GetTemplate', { StackName: 'Stack' });

    const [queue] = itemsIn(resources, 'StackResourceSummaries');
    expect(textOf(queue, 'ResourceType')).toBe('AWS::SQS::Queue');
    expect(textOf(queue, 'PhysicalResourceId')).toMatch(/\/222222222222\/q$/);
    expect(itemsIn(stacks, 'StackSummaries').map((one) => textOf(one, 'StackName'))).toEqual(['Stack']);
    expect(JSON.parse(textOf(written, 'TemplateBody') ?? '')).toEqual(template);
  });

  it('refuses a name that is taken', async () => {
    const cloud = openStackCloud();
    await cloud.create({ Resources: { Queue: aQueue() } });

    await expect(cloud.create({ Resources: { Queue: aQueue() } })).rejects.toMatchObject({
      code: 'AlreadyExistsException',
    });
  });

  it('keeps the stacks of accounts apart', async () => {
    const cloud = openStackCloud();
    await cloud.create({ Resources: { Queue: aQueue() } });

    const { status } = await cloud.create({ Resources: { Queue: aQueue() } }, {}, alice);

    expect(status).toBe('CREATE_COMPLETE');
  });
});

describe('when a resource of a new stack cannot be made', () => {
  it('tells why, in the words of the service, and removes what was made before', async () => {
    const cloud = openStackCloud();

    const { status, faults } = await cloud.create({
      Resources: {
        First: aQueue({ QueueName: 'first' }),
        Second: { ...aQueue({ QueueName: 'not a name' }), DependsOn: 'First' },
      },
    });

    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(faults).toEqual([expect.stringMatching(/^Second: .*Can only include alphanumeric characters/)]);
    expect(await queuesIn(cloud)).toEqual([]);
  });

  it('refuses a property that nothing here knows, be it deep inside', async () => {
    const cloud = openStackCloud();

    const { status, faults } = await cloud.create({
      Resources: { Queue: aQueue({ KmsMasterKeyId: 'alias/mine' }) },
    });

    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(faults).toEqual([expect.stringContaining('Encountered unsupported property KmsMasterKeyId')]);
  });

  it('leaves what was made, where the rollback is disabled', async () => {
    const cloud = openStackCloud();

    const { status } = await cloud.create(
      {
        Resources: {
          Good: aQueue({ QueueName: 'good' }),
          Bad: { ...aQueue({ QueueName: '?' }), DependsOn: 'Good' },
        },
      },
      { DisableRollback: 'true' },
    );

    expect(status).toBe('CREATE_FAILED');
    expect(await queuesIn(cloud)).toHaveLength(1);
  });

  it('keeps what its policy retains', async () => {
    const cloud = openStackCloud();

    await cloud.create({
      Resources: {
        Kept: { ...aQueue({ QueueName: 'kept' }), DeletionPolicy: 'Retain' },
        Dropped: { ...aQueue({ QueueName: 'dropped' }), DeletionPolicy: 'RetainExceptOnCreate' },
        Bad: { ...aQueue({ QueueName: '?' }), DependsOn: ['Kept', 'Dropped'] },
      },
    });

    expect(await queuesIn(cloud)).toEqual([expect.stringMatching(/\/kept$/)]);
    expect(await cloud.historyOf('Kept')).toContain('DELETE_SKIPPED');
  });
});

describe('when a stack is deleted', () => {
  it('removes its resources, those last that others need', async () => {
    const cloud = openStackCloud();
    await cloud.create({
      Resources: {
        Queue: aQueue({ QueueName: 'q' }),
        Text: aParameter('/text', { 'Fn::GetAtt': ['Queue', 'Arn'] }),
      },
    });

    const { status } = await cloud.remove();

    expect(status).toBe('DELETE_COMPLETE');
    expect(await queuesIn(cloud)).toEqual([]);
    await expect(valueOf(cloud, '/text')).rejects.toThrow('not found');
    await expect(cloud.describeStack('Stack')).rejects.toThrow('Stack with id Stack does not exist');
  });

  it('leaves what its policy retains, and what somebody else has removed is no fault', async () => {
    const cloud = openStackCloud();
    await cloud.create({
      Resources: {
        Kept: { ...aQueue({ QueueName: 'kept' }), DeletionPolicy: 'Retain' },
        Gone: aQueue({ QueueName: 'gone' }),
      },
    });
    const { sqs } = cloud.clients();
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'gone' }));
    const { DeleteQueueCommand } = await import('@aws-sdk/client-sqs');
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));

    const { status } = await cloud.remove();

    expect(status).toBe('DELETE_COMPLETE');
    expect(await queuesIn(cloud)).toEqual([expect.stringMatching(/\/kept$/)]);
  });

  it('is refused where termination protection is on', async () => {
    const cloud = openStackCloud();
    await cloud.create({ Resources: { Queue: aQueue() } }, { EnableTerminationProtection: 'true' });

    await expect(cloud.remove()).rejects.toThrow('TerminationProtection is enabled');
  });

  it('changes nothing when there is no such stack', async () => {
    const cloud = openStackCloud();

    await expect(cloud.call('DeleteStack', { StackName: 'Nowhere' })).resolves.toBeDefined();
  });
});

describe('when stacks share values', () => {
  const exporting = (value: string) => ({
    Resources: { Queue: aQueue({ QueueName: 'shared' }) },
    Outputs: { Shared: { Value: value, Export: { Name: 'shared-value' } } },
  });
  const importing = {
    StackName: 'Other',
    TemplateBody: JSON.stringify({
      Resources: { Text: aParameter('/text', { 'Fn::ImportValue': 'shared-value' }) },
    }),
  };

  it('gives one what another exports, and lets nobody take it away meanwhile', async () => {
    const cloud = openStackCloud();
    await cloud.create(exporting('one'));

    await cloud.call('CreateStack', importing);
    await cloud.settled('Other');

    expect(await valueOf(cloud, '/text')).toBe('one');
    await expect(cloud.remove()).rejects.toThrow(
      'Export shared-value cannot be deleted as it is in use by Other',
    );
    expect(await cloud.update(exporting('two'))).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    await cloud.call('DeleteStack', { StackName: 'Other' });
    await cloud.clock.runUntilIdle();
    expect(await cloud.remove()).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  it('fails where nobody exports the value', async () => {
    const cloud = openStackCloud();

    await cloud.call('CreateStack', importing);

    expect(await cloud.settled('Other')).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  });
});
