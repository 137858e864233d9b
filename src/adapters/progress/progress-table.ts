import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  paginateScan,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Passage } from '#domain/lifecycle.ts';
import type { ProgressStore } from '#ports/progress.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** Name of the table without the environment identifier that precedes it. */
export const progressTable = 'ProgressTable';

const passageOrder = 'passage';
const eventOrder = 'event';
const memoryForEventsInDays = 7;
const dayInSeconds = 24 * 3600;
/** A record that nobody has touched for this long belongs to an account that is gone. */
const memoryForPassagesInSeconds = 90 * dayInSeconds;

/** Progress in DynamoDB: keyed by account, the passage as JSON text in `Value`. */
export function createProgressTable(access: AwsAccess, environment: string): ProgressStore {
  const client = new DynamoDBClient(clientConfig(access));
  const TableName = `${environment}${progressTable}`;
  const keyOf = (identifier: string, order: string) => ({
    Identifier: { S: identifier },
    Order: { S: order },
  });
  const expiration = (seconds: number) => ({
    Expiration: { N: String(Math.floor(access.clock.now().getTime() / 1000) + seconds) },
  });
  const itemOf = (passage: Passage) => ({
    ...keyOf(passage.account, passageOrder),
    Value: { S: JSON.stringify(passage) },
    ...expiration(memoryForPassagesInSeconds),
  });

  return {
    async find(account) {
      const Key = keyOf(account, passageOrder);
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return Item && passageFrom(Item['Value']?.S);
    },
    async save(passage) {
      await client.send(new PutItemCommand({ TableName, Item: itemOf(passage) }));
    },
    async note(passage) {
      const ConditionExpression = 'attribute_not_exists(Identifier)';
      try {
        await client.send(new PutItemCommand({ TableName, Item: itemOf(passage), ConditionExpression }));
      } catch (fault) {
        if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      }
    },
    async forget(account) {
      const Key = keyOf(account, passageOrder);
      const { Attributes } = await client.send(
        new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }),
      );
      return Attributes && passageFrom(Attributes['Value']?.S);
    },
    async list() {
      const found: Passage[] = [];
      const pages = paginateScan(
        { client },
        {
          TableName,
          FilterExpression: '#order = :passage',
          ExpressionAttributeNames: { '#order': 'Order' },
          ExpressionAttributeValues: { ':passage': { S: passageOrder } },
        },
      );
      for await (const page of pages) {
        for (const item of page.Items ?? []) found.push(passageFrom(item['Value']?.S));
      }
      return found;
    },
    async isKnown(event) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(event, eventOrder) }));
      return Item !== undefined;
    },
    async know(event, rememberedForDays = memoryForEventsInDays) {
      const Item = { ...keyOf(event, eventOrder), ...expiration(rememberedForDays * dayInSeconds) };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
  };
}

// Only this file writes the records that it reads.
const passageFrom = (text = '{}'): Passage => JSON.parse(text) as Passage;
