import {
  QueryCommand,
  ScanCommand,
  type AttributeValue,
  type DynamoDBClient,
  type QueryCommandInput,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { aTable, openTable, put, table } from './support-dynamodb.ts';

type Items = Record<string, AttributeValue>[] | undefined;

const orders = (items: Items) => items?.map(({ Order }) => Order?.S ?? Order?.N);

async function openWithOrders(...all: readonly string[]) {
  const opened = await openTable();
  for (const order of all) await put(opened.client, { Order: { S: order } });
  await put(opened.client, { Identifier: { S: 'other' }, Order: { S: 'of another partition' } });
  return opened;
}

function query(client: DynamoDBClient, condition: string, input: Partial<QueryCommandInput> = {}) {
  const values: Record<string, AttributeValue> = {
    ':i': { S: 'alpha' },
    ':b': { S: 'b' },
    ':d': { S: 'd' },
    ':ca': { S: 'ca' },
  };
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(condition));
  return client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: condition,
      ExpressionAttributeNames: condition.includes('#o') ? { '#o': 'Order' } : undefined,
      ExpressionAttributeValues: Object.fromEntries(used),
      ...input,
    }),
  );
}

describe('when a partition is queried', () => {
  it.each([
    ['Identifier = :i', ['a', 'b', 'ca', 'cab', 'd', 'e']],
    ['Identifier = :i AND #o = :b', ['b']],
    ['Identifier = :i AND #o < :b', ['a']],
    ['Identifier = :i AND #o <= :b', ['a', 'b']],
    ['#o > :d AND Identifier = :i', ['e']],
    ['Identifier = :i AND #o >= :d', ['d', 'e']],
    ['Identifier = :i AND #o BETWEEN :b AND :d', ['b', 'ca', 'cab', 'd']],
    ['Identifier = :i AND begins_with(#o, :ca)', ['ca', 'cab']],
    ['(Identifier = :i) AND (#o = :b)', ['b']],
  ])('%s gives %j, and backwards the reverse', async (condition, expected) => {
    const { client } = await openWithOrders('d', 'b', 'ca', 'e', 'cab', 'a');

    const forward = await query(client, condition);
    const backward = await query(client, condition, { ScanIndexForward: false });

    expect(orders(forward.Items)).toEqual(expected);
    expect(orders(backward.Items)).toEqual(expected.toReversed());
  });

  it('comes in pages of a limit, in both directions', async () => {
    const { client } = await openWithOrders('a', 'b', 'c', 'd', 'e');

    for (const ScanIndexForward of [true, false]) {
      const pages: (string | undefined)[][] = [];
      let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await query(client, 'Identifier = :i', {
          Limit: 2,
          ScanIndexForward,
          ExclusiveStartKey,
        });
        pages.push(orders(page.Items) ?? []);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      const expected = [['a', 'b'], ['c', 'd'], ['e']];
      const reverse = [['e', 'd'], ['c', 'b'], ['a']];
      expect(pages).toEqual(ScanIndexForward ? expected : reverse);
    }
  });

  it('ends a page after a megabyte', async () => {
    const { client } = await openTable();
    for (let order = 0; order < 5; order += 1) {
      await put(client, { Order: { S: String(order) }, big: { S: 'x'.repeat(390_000) } });
    }

    const first = await query(client, 'Identifier = :i');
    const second = await query(client, 'Identifier = :i', { ExclusiveStartKey: first.LastEvaluatedKey });

    expect([first.Count, second.Count]).toEqual([3, 2]);
    expect(second.LastEvaluatedKey).toBeUndefined();
  });

  it('counts what the filter lets pass, and what was read for it', async () => {
    const { client } = await openTable();
    await put(client, { Order: { S: '1' }, n: { N: '1' } }, { Order: { S: '2' }, n: { N: '2' } });

    const found = await query(client, 'Identifier = :i', {
      FilterExpression: 'n > :n',
      ExpressionAttributeValues: { ':i': { S: 'alpha' }, ':n': { N: '1' } },
      Select: 'COUNT',
    });

    expect(found).toMatchObject({ Count: 1, ScannedCount: 2 });
    expect(found.Items).toBeUndefined();
  });

  it('orders numbers by value, and texts by their bytes', async () => {
    const numbers = await openTable({
      AttributeDefinitions: [
        { AttributeName: 'Identifier', AttributeType: 'S' },
        { AttributeName: 'Order', AttributeType: 'N' },
      ],
    });
    const far = ['-1', '10', '9', '1e2', '0.5', '12345678901234567890', '12345678901234567891'];
    for (const N of far.toReversed()) await put(numbers.client, { Order: { N } });
    const texts = await openWithOrders('b', '\u{ff5e}', '\u{1f600}', 'B', 'é');

    const byValue = await query(numbers.client, 'Identifier = :i');
    const byBytes = await query(texts.client, 'Identifier = :i');

    expect(orders(byValue.Items)).toEqual([
      '-1',
      '0.5',
      '9',
      '10',
      '100',
      '12345678901234567890',
      '12345678901234567891',
    ]);
    expect(orders(byBytes.Items)).toEqual(['B', 'b', 'é', '\u{ff5e}', '\u{1f600}']);
  });

  it.each([
    ['#o = :b', 'Query condition missed key schema element: Identifier'],
    ['Identifier > :i', 'Query key condition not supported'],
    ['Identifier = :i AND Absent = :b', 'Query condition missed key schema element: Order'],
    [
      'Identifier = :i OR #o = :b',
      'Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: OR',
    ],
    [
      'Identifier = :i AND contains(#o, :b)',
      'Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: contains',
    ],
    [
      'Identifier = :i AND #o > :b AND #o < :d',
      'KeyConditionExpressions must only contain one condition per key',
    ],
  ])('is refused for %s', async (condition, message) => {
    const { client } = await openWithOrders('a');

    await expect(query(client, condition)).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  it('is refused for a value of another type, a filter on a key, and a start elsewhere', async () => {
    const { client } = await openWithOrders('a');

    const wrongType = query(client, 'Identifier = :i', { ExpressionAttributeValues: { ':i': { N: '1' } } });
    await expect(wrongType).rejects.toMatchObject({
      message:
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
    });
    const onKey = query(client, 'Identifier = :i', {
      FilterExpression: '#o = :i',
      ExpressionAttributeNames: { '#o': 'Order' },
    });
    await expect(onKey).rejects.toMatchObject({
      message: 'Filter Expression can only contain non-primary key attributes: Primary key attribute: Order',
    });
    const elsewhere = query(client, 'Identifier = :i', {
      ExclusiveStartKey: { Identifier: { S: 'other' }, Order: { S: 'a' } },
    });
    await expect(elsewhere).rejects.toMatchObject({
      message: 'The provided starting key is outside query boundaries based on provided conditions',
    });
  });
});

describe('when an index is queried', () => {
  const byState = {
    AttributeDefinitions: [
      ...(aTable().AttributeDefinitions ?? []),
      { AttributeName: 'State', AttributeType: 'S' as const },
      { AttributeName: 'Deadline', AttributeType: 'N' as const },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByState',
        KeySchema: [
          { AttributeName: 'State', KeyType: 'HASH' as const },
          { AttributeName: 'Deadline', KeyType: 'RANGE' as const },
        ],
        Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['Note'] },
      },
    ],
  };

  const waiting = (order: string, deadline: number, more: Record<string, AttributeValue> = {}) => ({
    Order: { S: order },
    State: { S: 'waiting' },
    Deadline: { N: String(deadline) },
    ...more,
  });

  const find = (client: DynamoDBClient, input: Partial<QueryCommandInput> = {}) =>
    client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'ByState',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'State' },
        ExpressionAttributeValues: { ':s': { S: 'waiting' } },
        ...input,
      }),
    );

  it('shows what it projects of the items that have its keys, page by page where keys are equal', async () => {
    const { client } = await openTable(byState);
    await put(
      client,
      waiting('1', 30, { Note: { S: 'n' }, Value: { S: 'hidden' } }),
      waiting('2', 20),
      waiting('3', 20),
      { Order: { S: '4' }, State: { S: 'waiting' } },
    );

    const first = await find(client, { Limit: 2 });
    const second = await find(client, { Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey });

    expect(orders(first.Items)?.sort()).toEqual(['2', '3']);
    expect(Object.keys(first.LastEvaluatedKey ?? {}).sort()).toEqual([
      'Deadline',
      'Identifier',
      'Order',
      'State',
    ]);
    expect(second.Items).toEqual([
      {
        Identifier: { S: 'alpha' },
        Order: { S: '1' },
        State: { S: 'waiting' },
        Deadline: { N: '30' },
        Note: { S: 'n' },
      },
    ]);
  });

  it('follows every change of an item', async () => {
    const { client } = await openTable(byState);
    await put(client, waiting('1', 30), waiting('2', 20));

    await put(client, waiting('1', 10));
    await put(client, { Order: { S: '2' }, Deadline: { N: '20' } });

    expect(orders((await find(client)).Items)).toEqual(['1']);
  });

  it('refuses items whose index key has another type, and reads that it cannot do', async () => {
    const { client } = await openTable(byState);

    await expect(put(client, { State: { N: '1' }, Deadline: { N: '1' } })).rejects.toMatchObject({
      message:
        'One or more parameter values were invalid: Type mismatch for Index Key State Expected: S Actual: N IndexName: ByState',
    });
    await expect(find(client, { ConsistentRead: true })).rejects.toMatchObject({
      message: 'Consistent reads are not supported on global secondary indexes',
    });
    await expect(find(client, { IndexName: 'Other' })).rejects.toMatchObject({
      message: 'The table does not have the specified index: Other',
    });
    await expect(find(client, { ProjectionExpression: 'Secret' })).rejects.toMatchObject({
      message:
        'One or more parameter values were invalid: Global secondary index ByState does not project [Secret]',
    });
  });
});

describe('when a table is scanned', () => {
  const scanAll = async (client: DynamoDBClient, input: Partial<ScanCommandInput>) => {
    const found: string[] = [];
    let ExclusiveStartKey: ScanCommandInput['ExclusiveStartKey'];
    do {
      const page = await client.send(new ScanCommand({ TableName: table, ...input, ExclusiveStartKey }));
      for (const { Identifier } of page.Items ?? []) found.push(Identifier?.S ?? '');
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found;
  };

  async function openWithMany() {
    const opened = await openTable();
    const all = Array.from({ length: 50 }, (_, index) => `account-${index}`);
    for (const identifier of all) await put(opened.client, { Identifier: { S: identifier } });
    return { ...opened, all };
  }

  it('gives every item once, page by page', async () => {
    const { client, all } = await openWithMany();

    expect((await scanAll(client, { Limit: 7 })).sort()).toEqual(all.sort());
  });

  it('divides the items among the segments of a parallel scan', async () => {
    const { client, all } = await openWithMany();

    const segments = await Promise.all(
      [0, 1, 2].map((Segment) => scanAll(client, { Segment, TotalSegments: 3, Limit: 5 })),
    );

    expect(segments.flat().sort()).toEqual(all.sort());
    expect(segments.every((segment) => segment.length > 5)).toBe(true);
  });

  it('refuses a segment beyond the last', async () => {
    const { client } = await openTable();

    await expect(scanAll(client, { Segment: 3, TotalSegments: 3 })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
