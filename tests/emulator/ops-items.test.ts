import { describe, expect, it } from 'vitest';
import {
  AddTagsToResourceCommand,
  CreateOpsItemCommand,
  DescribeOpsItemsCommand,
  GetOpsItemCommand,
  ListTagsForResourceCommand,
  SSMClient,
  UpdateOpsItemCommand,
  type CreateOpsItemCommandInput,
  type OpsItemFilter,
} from '@aws-sdk/client-ssm';
import { asAdministrator, automation, ben, openSmallCloud } from '#tests/incidents/cloud.ts';

function open() {
  const cloud = openSmallCloud();
  const ssm = new SSMClient(asAdministrator(cloud));
  const create = async (given: Partial<CreateOpsItemCommandInput> = {}) => {
    const input = { Title: 'Fire', Description: 'It burns', Source: 'SPA', ...given };
    return (await ssm.send(new CreateOpsItemCommand(input))).OpsItemId ?? '';
  };
  const get = async (OpsItemId: string) => (await ssm.send(new GetOpsItemCommand({ OpsItemId }))).OpsItem;
  const find = async (...OpsItemFilters: OpsItemFilter[]) =>
    ((await ssm.send(new DescribeOpsItemsCommand({ OpsItemFilters }))).OpsItemSummaries ?? []).map(
      ({ Title }) => Title,
    );
  return { cloud, ssm, create, get, find };
}

const dedup = (text: string, Type: 'String' | 'SearchableString' = 'SearchableString') => ({
  OperationalData: { '/aws/dedup': { Value: JSON.stringify({ dedupString: text }), Type } },
});

describe('when an OpsItem is created', () => {
  it('is open, and told as it was given', async () => {
    const { cloud, create, get } = open();

    const id = await create({
      Priority: 2,
      Severity: '3',
      Category: 'Cost',
      OperationalData: { link: { Value: 'https://example.com', Type: 'String' } },
    });

    expect(id).toMatch(/^oi-[0-9a-f]{12}$/);
    expect(await get(id)).toMatchObject({
      OpsItemId: id,
      OpsItemArn: `arn:aws:ssm:eu-west-1:${automation}:opsitem/${id}`,
      Title: 'Fire',
      Description: 'It burns',
      Source: 'SPA',
      Status: 'Open',
      Priority: 2,
      Severity: '3',
      Category: 'Cost',
      Version: '1',
      CreatedTime: new Date(cloud.clock.now()),
      OperationalData: { link: { Value: 'https://example.com', Type: 'String' } },
    });
  });

  it('bears tags, which can be added to', async () => {
    const { ssm, create } = open();
    const id = await create({ Tags: [{ Key: 'exception', Value: 'Fire' }] });
    const target = { ResourceType: 'OpsItem', ResourceId: id } as const;

    await ssm.send(new AddTagsToResourceCommand({ ...target, Tags: [{ Key: 'account', Value: ben }] }));

    expect((await ssm.send(new ListTagsForResourceCommand(target))).TagList).toEqual([
      { Key: 'exception', Value: 'Fire' },
      { Key: 'account', Value: ben },
    ]);
  });

  it('is no second one while an item with the same text is not resolved', async () => {
    const { ssm, create } = open();
    const id = await create(dedup('one'));

    await expect(create(dedup('one'))).rejects.toMatchObject({
      name: 'OpsItemAlreadyExistsException',
      OpsItemId: id,
    });
    await create(dedup('two'));
    await ssm.send(new UpdateOpsItemCommand({ OpsItemId: id, Status: 'Resolved' }));

    expect(await create(dedup('one'))).not.toBe(id);
  });

  const large = 'x'.repeat(20 * 1024 + 1);

  it.each<[string, Partial<CreateOpsItemCommandInput>, string]>([
    ['no title', { Title: undefined }, 'ValidationException'],
    ['a blank description', { Description: ' ' }, 'ValidationException'],
    ['a description of 2,049 characters', { Description: 'x'.repeat(2049) }, 'ValidationException'],
    ['a title of 1,025 characters', { Title: 'x'.repeat(1025) }, 'ValidationException'],
    ['a priority of 6', { Priority: 6 }, 'ValidationException'],
    ['a source of AWS', { Source: 'myAWS' }, 'OpsItemInvalidParameterException'],
    ['a reserved key', { OperationalData: { 'aws-x': { Value: 'x' } } }, 'OpsItemInvalidParameterException'],
    ['data of 20 KB', { OperationalData: { a: { Value: large } } }, 'OpsItemInvalidParameterException'],
    ['blank data', { OperationalData: { a: { Value: ' ' } } }, 'ValidationException'],
    ['a tag of AWS', { Tags: [{ Key: 'aws:x', Value: 'x' }] }, 'ValidationException'],
    ['characters that tags do not take', { Tags: [{ Key: 'a', Value: 'R&D' }] }, 'ValidationException'],
  ])('is refused with %s', async (_, given, name) => {
    await expect(open().create(given)).rejects.toMatchObject({ name });
  });
});

describe('when an OpsItem is updated', () => {
  it('changes what is named, adds to its data, and keeps the rest', async () => {
    const { ssm, create, get } = open();
    const id = await create({ OperationalData: { a: { Value: '1' }, b: { Value: '2' } } });

    await ssm.send(
      new UpdateOpsItemCommand({
        OpsItemId: id,
        Title: 'Smoke',
        Status: 'InProgress',
        OperationalData: { c: { Value: '3' } },
        OperationalDataToDelete: ['a'],
      }),
    );

    expect(await get(id)).toMatchObject({
      Title: 'Smoke',
      Description: 'It burns',
      Status: 'InProgress',
      Version: '2',
    });
    expect(Object.keys((await get(id))?.OperationalData ?? {})).toEqual(['b', 'c']);
  });

  it('is refused for one that is not there', async () => {
    const { ssm } = open();
    const command = new UpdateOpsItemCommand({ OpsItemId: 'oi-000000000000', Title: 'x' });

    await expect(ssm.send(command)).rejects.toMatchObject({ name: 'OpsItemNotFoundException' });
  });
});

describe('when OpsItems are looked for', () => {
  it('passes those that meet every filter, the newest first', async () => {
    const { cloud, ssm, create, find } = open();
    const first = await create({ Title: 'One', Priority: 1, ...dedup('one') });
    await cloud.clock.runUntilIdle(cloud.clock.now() + 1000);
    const between = new Date(cloud.clock.now()).toISOString();
    await cloud.clock.runUntilIdle(cloud.clock.now() + 1000);
    await create({ Title: 'Two', Priority: 2, OperationalData: { k: { Value: 'v', Type: 'String' } } });
    await ssm.send(new UpdateOpsItemCommand({ OpsItemId: first, Status: 'Resolved' }));

    const filter = (Key: OpsItemFilter['Key'], Operator: OpsItemFilter['Operator'], ...Values: string[]) =>
      ({ Key, Operator, Values }) as OpsItemFilter;
    expect(await find()).toEqual(['Two', 'One']);
    expect(await find(filter('Status', 'Equal', 'Open', 'InProgress'))).toEqual(['Two']);
    expect(await find(filter('Priority', 'Equal', '1'))).toEqual(['One']);
    expect(await find(filter('Title', 'Contains', 'w'))).toEqual(['Two']);
    expect(await find(filter('CreatedTime', 'GreaterThan', between))).toEqual(['Two']);
    expect(await find(filter('CreatedTime', 'LessThan', between))).toEqual(['One']);
    expect(await find(filter('OperationalDataKey', 'Equal', '/aws/dedup'))).toEqual(['One']);
    const data = JSON.stringify({ key: '/aws/dedup', value: JSON.stringify({ dedupString: 'one' }) });
    expect(await find(filter('OperationalData', 'Equal', data))).toEqual(['One']);
    expect(await find(filter('OperationalDataKey', 'Equal', 'k'))).toEqual([]);
    await expect(find(filter('Status', 'Contains', 'Open'))).rejects.toMatchObject({
      name: 'OpsItemInvalidParameterException',
    });
  });

  it('comes in pages, and account by account', async () => {
    const { cloud, ssm, create } = open();
    for (let index = 0; index < 5; index += 1) await create({ Title: `Item ${index}` });

    const first = await ssm.send(new DescribeOpsItemsCommand({ MaxResults: 3 }));
    const second = await ssm.send(new DescribeOpsItemsCommand({ MaxResults: 3, NextToken: first.NextToken }));
    const elsewhere = await new SSMClient(asAdministrator(cloud, ben)).send(new DescribeOpsItemsCommand({}));

    expect([first, second].map(({ OpsItemSummaries }) => OpsItemSummaries?.length)).toEqual([3, 2]);
    expect(second.NextToken).toBeUndefined();
    expect(elsewhere.OpsItemSummaries).toEqual([]);
  });
});
