import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  type AttributeValue,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { createDynamoDb, type DynamoDb } from '#emulator/services/dynamodb/create-dynamodb.ts';
import { openSmallCloud } from './support-small-cloud.ts';

export const table = 'SpaShadowsTable';

/** DynamoDB with a client of the automation account. */
export function openDynamoDb(options: { readonly ttlDelaySeconds?: number } = {}) {
  const opened: { dynamodb?: DynamoDb } = {};
  const cloud = openSmallCloud((platform) => {
    const dynamodb = createDynamoDb(platform, options);
    opened.dynamodb = dynamodb;
    return [dynamodb.service];
  });
  if (!opened.dynamodb) throw new Error('the cloud did not open its services');
  return { cloud, dynamodb: opened.dynamodb, client: new DynamoDBClient(cloud.clientConfig()) };
}

/** The same, with a table of hash key `Identifier` and range key `Order`, as the product makes them. */
export async function openTable(changes: Partial<CreateTableCommandInput> = {}) {
  const opened = openDynamoDb();
  await opened.client.send(new CreateTableCommand({ ...aTable(), ...changes }));
  return opened;
}

export function aTable(): CreateTableCommandInput {
  return {
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Identifier', AttributeType: 'S' },
      { AttributeName: 'Order', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'Identifier', KeyType: 'HASH' },
      { AttributeName: 'Order', KeyType: 'RANGE' },
    ],
  };
}

/** A table of hash key `Identifier` alone. */
export function aSimpleTable(): CreateTableCommandInput {
  return {
    ...aTable(),
    AttributeDefinitions: [{ AttributeName: 'Identifier', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'Identifier', KeyType: 'HASH' }],
  };
}

export const key = (identifier = 'alpha', order = '-') => ({
  Identifier: { S: identifier },
  Order: { S: order },
});

export async function put(client: DynamoDBClient, ...items: Record<string, AttributeValue>[]) {
  for (const item of items) {
    await client.send(new PutItemCommand({ TableName: table, Item: { ...key(), ...item } }));
  }
}
