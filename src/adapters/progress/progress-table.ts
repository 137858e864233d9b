import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  paginateScan,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AccountId } from '#domain/account.ts';
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
/** No message of a window is older: dead letters live for two weeks. */
const memoryForRestInSeconds = 15 * dayInSeconds;

/**
 * Progress in DynamoDB, keyed by account: the passage as JSON text in `Value`, or the moment in `Since` of an account
 * at rest, so small that one read goes through 10,000 of them.
 */
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
  const read = async (account: AccountId) => {
    const Key = keyOf(account, passageOrder);
    return (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  };

  return {
    find: async (account) => passageIn(await read(account)),
    async save(passage) {
      await client.send(new PutItemCommand({ TableName, Item: itemOf(passage) }));
    },
    async note(passage) {
      const condition = {
        ConditionExpression: 'attribute_not_exists(#value)',
        ExpressionAttributeNames: { '#value': 'Value' },
      };
      try {
        await client.send(new PutItemCommand({ TableName, Item: itemOf(passage), ...condition }));
      } catch (fault) {
        if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      }
    },
    async rest(account, since) {
      const Item = {
        ...keyOf(account, passageOrder),
        Since: { N: String(since) },
        ...expiration(memoryForRestInSeconds),
      };
      const { Attributes } = await client.send(
        new PutItemCommand({ TableName, Item, ReturnValues: 'ALL_OLD' }),
      );
      return passageIn(Attributes);
    },
    async lastTurn(account) {
      const item = await read(account);
      const since = item?.['Since']?.N;
      return since === undefined ? passageIn(item)?.since : Number(since);
    },
    async list() {
      const found: Passage[] = [];
      const pages = paginateScan(
        { client },
        {
          TableName,
          FilterExpression: '#order = :passage AND attribute_exists(#value)',
          ExpressionAttributeNames: { '#order': 'Order', '#value': 'Value' },
          ExpressionAttributeValues: { ':passage': { S: passageOrder } },
        },
      );
      for await (const page of pages) {
        found.push(...(page.Items ?? []).flatMap((item) => passageIn(item) ?? []));
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

/** Undefined for an account at rest. Only this file writes the records that it reads. */
function passageIn(item: Readonly<Record<string, AttributeValue>> | undefined): Passage | undefined {
  const text = item?.['Value']?.S;
  return text === undefined ? undefined : (JSON.parse(text) as Passage);
}
