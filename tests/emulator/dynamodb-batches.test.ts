import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { key, openTable, put, table } from './support-dynamodb.ts';

const count = async (client: DynamoDBClient) =>
  (await client.send(new ScanCommand({ TableName: table, Select: 'COUNT' }))).Count;

const puts = (length: number) =>
  Array.from({ length }, (_, index) => ({ PutRequest: { Item: key('alpha', String(index)) } }));

describe('when items are written and read in batches', () => {
  it('writes 25 and reads them at once', async () => {
    const { client } = await openTable();

    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts(25) } }));

    const Keys = puts(26).map(({ PutRequest }) => PutRequest.Item);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys } } }),
    );
    expect(Responses?.[table]).toHaveLength(25);
    expect(UnprocessedKeys).toEqual({});
  });

  it('writes nothing when there are too many, or when one key comes twice', async () => {
    const { client } = await openTable();

    const tooMany = client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts(26) } }));
    await expect(tooMany).rejects.toMatchObject({
      message: 'Too many items requested for the BatchWriteItem call',
    });
    const twice = client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: [...puts(3), ...puts(1)] } }),
    );
    await expect(twice).rejects.toMatchObject({ message: 'Provided list of item keys contains duplicates' });
    await expect(count(client)).resolves.toBe(0);
  });

  it('hands back what does not fit into 16 MB', async () => {
    const { client } = await openTable();
    for (let order = 0; order < 45; order += 1) {
      await put(client, { Order: { S: String(order) }, big: { S: 'x'.repeat(400_000) } });
    }

    const Keys = Array.from({ length: 45 }, (_, order) => key('alpha', String(order)));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys } } }),
    );

    expect(Responses?.[table]).toHaveLength(41);
    expect(UnprocessedKeys?.[table]?.Keys).toEqual(Keys.slice(41));
  });
});

describe('when items are written in a transaction', () => {
  const write = (client: DynamoDBClient, items: TransactWriteItem[], token?: string) =>
    client.send(new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token }));

  const increment = (order: string): TransactWriteItem => ({
    Update: {
      TableName: table,
      Key: key('alpha', order),
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  });

  it('does all of them', async () => {
    const { client } = await openTable();
    await put(client, { Order: { S: 'old' } }, { Order: { S: 'there' } });

    await write(client, [
      { Put: { TableName: table, Item: key('alpha', 'new') } },
      { Delete: { TableName: table, Key: key('alpha', 'old') } },
      increment('counted'),
      {
        ConditionCheck: {
          TableName: table,
          Key: key('alpha', 'there'),
          ConditionExpression: 'attribute_exists(Identifier)',
        },
      },
    ]);

    const { Responses } = await client.send(
      new TransactGetItemsCommand({
        TransactItems: ['new', 'old', 'counted'].map((order) => ({
          Get: { TableName: table, Key: key('alpha', order) },
        })),
      }),
    );
    expect(Responses).toEqual([
      { Item: key('alpha', 'new') },
      {},
      { Item: { ...key('alpha', 'counted'), n: { N: '1' } } },
    ]);
  });

  it('does none of them when one is refused, and tells which and why', async () => {
    const { client } = await openTable();
    await put(client, { Order: { S: 'taken' } });

    const refused = write(client, [
      increment('1'),
      {
        Put: {
          TableName: table,
          Item: key('alpha', 'taken'),
          ConditionExpression: 'attribute_not_exists(Identifier)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Update: {
          TableName: table,
          Key: key('alpha', 'taken2'),
          UpdateExpression: 'SET a = absent',
        },
      },
    ]);

    await expect(refused).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]',
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: key('alpha', 'taken'),
        },
        {
          Code: 'ValidationError',
          Message: 'The provided expression refers to an attribute that does not exist in the item',
        },
      ],
    });
    await expect(count(client)).resolves.toBe(1);
  });

  it('refuses two actions on one item', async () => {
    const { client } = await openTable();

    await expect(write(client, [increment('1'), increment('1')])).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
  });

  it('happens once however often it comes with its token, for ten minutes', async () => {
    const { client, cloud } = await openTable();
    const counted = async () => {
      const { Items } = await client.send(new ScanCommand({ TableName: table }));
      return Items?.[0]?.n?.N;
    };

    await write(client, [increment('1')], 'token');
    await write(client, [increment('1')], 'token');
    expect(await counted()).toBe('1');

    await expect(write(client, [increment('2')], 'token')).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });

    await cloud.clock.runUntilIdle(cloud.clock.now() + 10 * 60 * 1000);
    await write(client, [increment('1')], 'token');
    expect(await counted()).toBe('2');
  });

  it('asks for the permission of each action, since transactions have none of their own', async () => {
    const { client, cloud } = await openTable();
    cloud.asked.length = 0;

    await write(client, [{ Put: { TableName: table, Item: key() } }, increment('1')]);

    expect(cloud.asked.map(({ action }) => action)).toEqual(['dynamodb:PutItem', 'dynamodb:UpdateItem']);
  });
});
