import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { aSimpleTable, aTable, key, openDynamoDb, openTable, put, table } from './support-dynamodb.ts';

const arn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${table}`;

describe('when a table is created', () => {
  it('is active, with everything that was asked for', async () => {
    const { client } = openDynamoDb();
    await client.send(
      new CreateTableCommand({
        ...aTable(),
        AttributeDefinitions: [
          ...(aTable().AttributeDefinitions ?? []),
          { AttributeName: 'State', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'ByState',
            KeySchema: [{ AttributeName: 'State', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        SSESpecification: { Enabled: true, SSEType: 'KMS' },
        DeletionProtectionEnabled: true,
        Tags: [{ Key: 'origin', Value: 'tests' }],
      }),
    );

    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));

    expect(Table).toMatchObject({
      TableArn: arn,
      TableStatus: 'ACTIVE',
      ItemCount: 0,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      CreationDateTime: new Date('2026-11-22T09:00:00Z'),
      GlobalSecondaryIndexes: [
        { IndexName: 'ByState', IndexStatus: 'ACTIVE', IndexArn: `${arn}/index/ByState` },
      ],
      LatestStreamArn: `${arn}/stream/2026-11-22T09:00:00.000`,
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
      DeletionProtectionEnabled: true,
    });
  });

  it('is refused when a table of that name is there', async () => {
    const { client } = await openTable();

    await expect(client.send(new CreateTableCommand(aTable()))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: `Table already exists: ${table}`,
    });
  });

  it('lives apart from tables of the same name in other accounts and regions', async () => {
    const { client, cloud } = await openTable();
    const elsewhere = new DynamoDBClient(cloud.clientConfig('123456789012', 'us-east-1'));
    const member = new DynamoDBClient(cloud.clientConfig('200000000000'));

    await elsewhere.send(new CreateTableCommand(aTable()));
    await member.send(new CreateTableCommand(aTable()));

    await put(client, { Value: { S: 'here' } });
    const count = { TableName: table };
    expect((await elsewhere.send(new DescribeTableCommand(count))).Table?.ItemCount).toBe(0);
    expect((await client.send(new DescribeTableCommand(count))).Table?.ItemCount).toBe(1);
  });

  it.each([
    [
      { TableName: 'ab' },
      "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    ],
    [
      { TableName: 'a b c' },
      "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      { KeySchema: [{ AttributeName: 'Identifier', KeyType: 'RANGE' as const }] },
      'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
    ],
    [
      { KeySchema: [{ AttributeName: 'Identifier', KeyType: 'HASH' as const }] },
      'One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ],
    [
      { AttributeDefinitions: [{ AttributeName: 'Identifier', AttributeType: 'S' as const }] },
      'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [Identifier, Order], AttributeDefinitions: [Identifier]',
    ],
    [
      { BillingMode: 'PROVISIONED' as const },
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    ],
  ])('is refused in the words of AWS for %j', async (change, message) => {
    const { client } = openDynamoDb();

    const creation = client.send(new CreateTableCommand({ ...aTable(), ...change }));

    await expect(creation).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  it('is refused with 501 when it asks for what the local cloud does not know', async () => {
    const { client } = openDynamoDb();

    const creation = client.send(
      new CreateTableCommand({ ...aTable(), OnDemandThroughput: { MaxReadRequestUnits: 5 } }),
    );

    await expect(creation).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
  });
});

describe('when tables are listed', () => {
  it('gives pages of a hundred, in the order of their names', async () => {
    const { client } = openDynamoDb();
    for (let number = 149; number >= 0; number -= 1) {
      const TableName = `Table${String(number).padStart(3, '0')}`;
      await client.send(new CreateTableCommand({ ...aSimpleTable(), TableName }));
    }

    const first = await client.send(new ListTablesCommand({}));
    const second = await client.send(
      new ListTablesCommand({ ExclusiveStartTableName: first.LastEvaluatedTableName }),
    );

    expect(first.TableNames).toHaveLength(100);
    expect(first.LastEvaluatedTableName).toBe('Table099');
    expect(second.TableNames).toHaveLength(50);
    expect(second.LastEvaluatedTableName).toBeUndefined();
  });
});

describe('when a table is deleted', () => {
  it('is gone', async () => {
    const { client } = await openTable();

    const { TableDescription } = await client.send(new DeleteTableCommand({ TableName: table }));

    expect(TableDescription?.TableStatus).toBe('DELETING');
    await expect(client.send(new DescribeTableCommand({ TableName: table }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: Table: ${table} not found`,
    });
  });

  it('stays while it is protected', async () => {
    const { client } = await openTable({ DeletionProtectionEnabled: true });

    await expect(client.send(new DeleteTableCommand({ TableName: table }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await client.send(new UpdateTableCommand({ TableName: table, DeletionProtectionEnabled: false }));
    await client.send(new DeleteTableCommand({ TableName: table }));
  });
});

describe('when a table is changed', () => {
  it('shows the items that were there before in a new index', async () => {
    const { client } = await openTable();
    await put(client, { State: { S: 'released' } }, { Order: { S: '2' }, State: { N: '5' } });

    await client.send(
      new UpdateTableCommand({
        TableName: table,
        AttributeDefinitions: [{ AttributeName: 'State', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'ByState',
              KeySchema: [{ AttributeName: 'State', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          },
        ],
      }),
    );

    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'ByState',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'State' },
        ExpressionAttributeValues: { ':s': { S: 'released' } },
      }),
    );
    expect(Items).toEqual([{ ...key(), State: { S: 'released' } }]);
  });

  it('forgets an index that is deleted', async () => {
    const { client } = await openTable({
      GlobalSecondaryIndexes: [
        {
          IndexName: 'ByOrder',
          KeySchema: [{ AttributeName: 'Order', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });

    const { TableDescription } = await client.send(
      new UpdateTableCommand({
        TableName: table,
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'ByOrder' } }],
      }),
    );

    expect(TableDescription?.GlobalSecondaryIndexes).toBeUndefined();
  });

  it('is refused when nothing is to be changed', async () => {
    const { client } = await openTable();

    await expect(client.send(new UpdateTableCommand({ TableName: table }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('when a table is looked after', () => {
  it('keeps and loses tags', async () => {
    const { client } = await openTable({ Tags: [{ Key: 'origin', Value: 'tests' }] });

    await client.send(
      new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: 'cost-center', Value: 'x' }] }),
    );
    await client.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['origin'] }));

    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: arn }));
    expect(Tags).toEqual([{ Key: 'cost-center', Value: 'x' }]);
  });

  it('remembers that it can be recovered', async () => {
    const { client } = await openTable();

    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName: table,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );

    const { ContinuousBackupsDescription } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName: table }),
    );
    expect(ContinuousBackupsDescription).toMatchObject({
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 },
    });
  });
});

describe('what a call needs permission for', () => {
  it('names the table, and the index where one is read', async () => {
    const { client, cloud } = await openTable();
    cloud.asked.length = 0;

    await client.send(new PutItemCommand({ TableName: table, Item: key() }));
    await client
      .send(new QueryCommand({ TableName: arn, IndexName: 'ByState', KeyConditionExpression: 'a = :a' }))
      .catch(() => {});

    expect(cloud.asked.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:PutItem', arn],
      ['dynamodb:Query', `${arn}/index/ByState`],
    ]);
  });

  it("is refused for another account's table by its owner", async () => {
    const { client, cloud } = await openTable();
    cloud.asked.length = 0;
    const foreign = arn.replace('123456789012', '200000000000');

    await client.send(new PutItemCommand({ TableName: foreign, Item: key() })).catch(() => {});

    expect(cloud.asked).toMatchObject([{ resource: foreign, owner: '200000000000' }]);
  });
});
