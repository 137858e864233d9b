import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { aParameter, aQueue, openStackCloud } from './support-stacks.ts';

type StackCloud = ReturnType<typeof openStackCloud>;

async function retentionOf(cloud: StackCloud, QueueName: string) {
  const { sqs } = cloud.clients();
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const AttributeNames = ['MessageRetentionPeriod' as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Attributes?.MessageRetentionPeriod;
}

const queuesIn = async (cloud: StackCloud) =>
  ((await cloud.clients().sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).map((url) =>
    url.slice(url.lastIndexOf('/') + 1),
  );

describe('when a stack is updated', () => {
  it('refuses a template that says the same, however it is written', async () => {
    const cloud = openStackCloud();
    const template = { Resources: { Queue: aQueue({ QueueName: 'q' }) } };
    await cloud.create(template);

    const again = cloud.call('UpdateStack', {
      StackName: 'Stack',
      TemplateBody: JSON.stringify(template, null, 2),
    });

    await expect(again).rejects.toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining('No updates are to be performed.') as string,
    });
  });

  it('changes what can be changed, and touches nothing else', async () => {
    const cloud = openStackCloud();
    const other = aQueue({ QueueName: 'other' });
    await cloud.create({ Resources: { Queue: aQueue({ QueueName: 'q' }), Other: other } });

    const { status } = await cloud.update({
      Resources: { Queue: aQueue({ QueueName: 'q', MessageRetentionPeriod: '600' }), Other: other },
    });

    expect(status).toBe('UPDATE_COMPLETE');
    expect(await retentionOf(cloud, 'q')).toBe('600');
    expect(await cloud.historyOf('Other')).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
  });

  it('replaces what bears another name: first the new one, then away with the old', async () => {
    const cloud = openStackCloud();
    await cloud.create({ Resources: { Queue: aQueue({ QueueName: 'old' }) } });

    const { status } = await cloud.update({ Resources: { Queue: aQueue({ QueueName: 'new' }) } });

    expect(status).toBe('UPDATE_COMPLETE');
    expect(await queuesIn(cloud)).toEqual(['new']);
    expect(await cloud.remove()).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await queuesIn(cloud)).toEqual([]);
  });

  it('leaves a replaced resource where its policy retains it', async () => {
    const cloud = openStackCloud();
    const kept = (QueueName: string) => ({ ...aQueue({ QueueName }), UpdateReplacePolicy: 'Retain' });
    await cloud.create({ Resources: { Queue: kept('old') } });

    await cloud.update({ Resources: { Queue: kept('new') } });

    expect(await queuesIn(cloud)).toEqual(['new', 'old']);
  });

  it('makes what is new, and removes what the template has no longer', async () => {
    const cloud = openStackCloud();
    await cloud.create({
      Resources: { One: aQueue({ QueueName: 'one' }), Two: aQueue({ QueueName: 'two' }) },
    });

    await cloud.update({
      Resources: { Two: aQueue({ QueueName: 'two' }), Three: aQueue({ QueueName: 'three' }) },
    });

    expect(await queuesIn(cloud)).toEqual(['three', 'two']);
  });

  it('brings everything back, when one resource cannot be changed', async () => {
    const cloud = openStackCloud();
    await cloud.create({
      Resources: {
        Queue: aQueue({ QueueName: 'q', MessageRetentionPeriod: 300 }),
        Old: aQueue({ QueueName: 'old' }),
      },
    });

    const { status } = await cloud.update({
      Resources: {
        Queue: aQueue({ QueueName: 'q', MessageRetentionPeriod: 600 }),
        Old: { ...aQueue({ QueueName: 'new' }), DependsOn: 'Queue' },
        Bad: { ...aQueue({ QueueName: '?' }), DependsOn: 'Old' },
      },
    });

    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await retentionOf(cloud, 'q')).toBe('300');
    expect(await queuesIn(cloud)).toEqual(['old', 'q']);
  });

  it('keeps parameters that are to stay as they were', async () => {
    const cloud = openStackCloud();
    const template = (name: string) => ({
      Parameters: { Word: { Type: 'String' } },
      Resources: { Text: aParameter(name, { Ref: 'Word' }) },
    });
    await cloud.create(template('/one'), {
      Parameters: [{ ParameterKey: 'Word', ParameterValue: 'spoken' }],
    });

    await cloud.update(template('/two'), {
      Parameters: [{ ParameterKey: 'Word', UsePreviousValue: 'true' }],
    });

    const { Parameter } = await cloud.clients().ssm.send(new GetParameterCommand({ Name: '/two' }));
    expect(Parameter?.Value).toBe('spoken');
  });

  it('refuses a stack that never came up', async () => {
    const cloud = openStackCloud();
    await cloud.create({ Resources: { Bad: aQueue({ QueueName: '?' }) } });

    await expect(cloud.update({ Resources: { Good: aQueue() } })).rejects.toThrow(
      'is in ROLLBACK_COMPLETE state and can not be updated',
    );
  });
});
