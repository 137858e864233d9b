import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { automation } from './support-small-cloud.ts';
import { arnOf, openStore, withTree } from './support-ssm.ts';

describe('when parameters are read by name', () => {
  it('tells which are there and which are not', async () => {
    const { ssm, put } = openStore();
    await put('/a', '1');

    const found = await ssm.send(new GetParametersCommand({ Names: ['/a', '/b', '/a:9'] }));

    expect(found.Parameters).toMatchObject([{ Name: '/a', Value: '1' }]);
    expect(found.InvalidParameters).toEqual(['/b', '/a:9']);
  });

  it('refuses more than ten, and misses what is gone', async () => {
    const { ssm, put } = openStore();
    await put('/a', '1');
    const Names = Array.from({ length: 11 }, (_, index) => `/${index}`);

    await expect(ssm.send(new GetParametersCommand({ Names }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const deleted = await ssm.send(new DeleteParametersCommand({ Names: ['/a', '/b'] }));
    expect(deleted).toMatchObject({ DeletedParameters: ['/a'], InvalidParameters: ['/b'] });
    for (const command of [
      new GetParameterCommand({ Name: '/a' }),
      new DeleteParameterCommand({ Name: '/a' }),
    ]) {
      await expect(ssm.send(command)).rejects.toMatchObject({
        name: 'ParameterNotFound',
      });
    }
  });

  it('keeps accounts and regions apart', async () => {
    const { cloud, put } = openStore();
    await put('/a', '1');

    for (const config of [cloud.clientConfig('200000000000'), cloud.clientConfig(automation, 'us-east-1')]) {
      const read = new SSMClient(config).send(new GetParameterCommand({ Name: '/a' }));
      await expect(read).rejects.toMatchObject({ name: 'ParameterNotFound' });
    }
  });

  it('does not pretend to know what AWS publishes', async () => {
    const { ssm } = openStore();

    const read = ssm.send(new GetParameterCommand({ Name: '/aws/service/ami-amazon-linux-latest/x' }));

    await expect(read).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it('asks for the parameter itself, whatever its version', async () => {
    const { cloud, ssm, put } = openStore();
    await put('/a', '1');

    await ssm.send(new GetParametersCommand({ Names: ['/a:1', 'b'] }));
    await ssm.send(new GetParametersByPathCommand({ Path: '/SpaDemo/Accounts/' }));

    expect(cloud.asked).toMatchObject([
      { action: 'ssm:PutParameter', resource: arnOf('/a') },
      { action: 'ssm:GetParameters', resource: [arnOf('/a'), arnOf('/b')] },
      { action: 'ssm:GetParametersByPath', resource: arnOf('/SpaDemo/Accounts') },
    ]);
  });
});

describe('when parameters are read by path', () => {
  it('gives those of the level, or of all levels below', async () => {
    const { walk } = await withTree();

    expect(await walk({ Path: '/SpaDemo' })).toEqual(['/SpaDemo/One', '/SpaDemo/Two']);
    expect(await walk({ Path: '/SpaDemo/Accounts/' })).toHaveLength(25);
    expect(await walk({ Path: '/SpaDemo', Recursive: true })).toHaveLength(27);
    expect(await walk({ Path: '/', Recursive: true })).toHaveLength(29);
    expect(await walk({ Path: '/Spa', Recursive: true })).toEqual([]);
  });

  it('gives at most ten a page, and empty pages before what matches', async () => {
    const { ssm } = await withTree();

    const first = await ssm.send(new GetParametersByPathCommand({ Path: '/SpaDemo/Accounts' }));
    const shallow = await ssm.send(new GetParametersByPathCommand({ Path: '/SpaDemo' }));

    expect(first.Parameters).toHaveLength(10);
    expect(shallow.Parameters).toEqual([]);
    expect(shallow.NextToken).toBeDefined();
    for (const input of [{ MaxResults: 11 }, { MaxResults: 0 }, { Path: 'SpaDemo' }]) {
      const read = ssm.send(new GetParametersByPathCommand({ Path: '/SpaDemo', ...input }));
      await expect(read).rejects.toMatchObject({ name: 'ValidationException' });
    }
    const broken = ssm.send(new GetParametersByPathCommand({ Path: '/SpaDemo', NextToken: 'no' }));
    await expect(broken).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  it('goes on where it stopped, although the last one was deleted meanwhile', async () => {
    const { ssm } = await withTree();
    const Path = '/SpaDemo/Accounts';
    const first = await ssm.send(new GetParametersByPathCommand({ Path }));

    await ssm.send(new DeleteParameterCommand({ Name: first.Parameters?.at(-1)?.Name }));
    const second = await ssm.send(new GetParametersByPathCommand({ Path, NextToken: first.NextToken }));

    expect(second.Parameters?.[0]?.Name).toBe('/SpaDemo/Accounts/2000000000019');
  });
});

describe('when parameters are described', () => {
  it('filters them by name, path, type, tier and tag', async () => {
    const { ssm } = await withTree();
    const names = async (Key: string, Values: string[], Option?: string) => {
      const { Parameters } = await ssm.send(
        new DescribeParametersCommand({ ParameterFilters: [{ Key, Values, Option }] }),
      );
      return Parameters?.map(({ Name }) => Name);
    };

    expect(await names('Name', ['/SpaDemo/One'])).toEqual(['/SpaDemo/One']);
    expect(await names('Name', ['SpaDemo/T'], 'BeginsWith')).toEqual(['/SpaDemo/Two']);
    expect(await names('Name', ['Two'], 'Contains')).toEqual(['/SpaDemo/Two']);
    expect(await names('Path', ['/SpaDemo'])).toEqual(['/SpaDemo/One', '/SpaDemo/Two']);
    expect(await names('Path', ['/SpaDemo'], 'Recursive')).toHaveLength(27);
    expect(await names('Type', ['SecureString'])).toEqual(['/SpaDemo/Two']);
    expect(await names('Tier', ['Advanced'])).toEqual([]);
    expect(await names('tag:origin', ['SPA'])).toEqual(['/SpaDemo/One']);
    await expect(names('Colour', ['red'])).rejects.toMatchObject({ name: 'InvalidFilterKey' });
    await expect(names('Path', ['/SpaDemo'], 'Equals')).rejects.toMatchObject({
      name: 'InvalidFilterOption',
    });
  });

  it('reads the older filters too, and gives no value', async () => {
    const { ssm } = await withTree();

    const { Parameters } = await ssm.send(
      new DescribeParametersCommand({ Filters: [{ Key: 'Name', Values: ['/SpaDemo/O'] }] }),
    );

    expect(Parameters).toMatchObject([{ Name: '/SpaDemo/One', ARN: arnOf('/SpaDemo/One') }]);
    expect(Parameters?.[0]).not.toHaveProperty('Value');
  });
});

describe('when a parameter is tagged', () => {
  it('bears the tags that were added and not removed', async () => {
    const { cloud, ssm } = await withTree();
    const target = { ResourceType: 'Parameter', ResourceId: '/SpaDemo/One' } as const;

    await ssm.send(new AddTagsToResourceCommand({ ...target, Tags: [{ Key: 'team', Value: 'x' }] }));
    await ssm.send(new RemoveTagsFromResourceCommand({ ...target, TagKeys: ['origin'] }));
    const { TagList } = await ssm.send(new ListTagsForResourceCommand(target));

    expect(TagList).toEqual([{ Key: 'team', Value: 'x' }]);
    expect(cloud.asked.at(-1)).toMatchObject({
      action: 'ssm:ListTagsForResource',
      resource: arnOf('/SpaDemo/One'),
    });
  });

  it('has to be there, with no more than fifty tags', async () => {
    const { ssm } = await withTree();
    const tag = (ResourceId: string, count: number) =>
      ssm.send(
        new AddTagsToResourceCommand({
          ResourceType: 'Parameter',
          ResourceId,
          Tags: Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' })),
        }),
      );

    await expect(tag('/SpaDemo/None', 1)).rejects.toMatchObject({ name: 'InvalidResourceId' });
    await expect(tag('/SpaDemo/One', 50)).rejects.toMatchObject({ name: 'TooManyTagsError' });
    await expect(tag('/SpaDemo/One', 49)).resolves.toBeDefined();
  });
});
