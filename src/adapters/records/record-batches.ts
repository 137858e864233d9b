import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  type Put,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '#ports/clock.ts';
import type { Item } from './record.ts';

// What DynamoDB takes in one call.
const mostReads = 100;
const mostDeletions = 25;
const mostInTransaction = 100;

const firstPauseInMilliseconds = 100;
const longestPauseInMilliseconds = 5_000;

/** A table, reached by batches of which DynamoDB may leave a part for later. */
export interface BatchedTable {
  readonly client: DynamoDBClient;
  readonly clock: Clock;
  readonly TableName: string;
}

/** Items of those keys that are there, in any order. */
export async function readItems(table: BatchedTable, keys: readonly Item[]): Promise<readonly Item[]> {
  const { client, TableName } = table;
  const found: Item[] = [];
  await inBatches(table, keys, mostReads, async (batch) => {
    const RequestItems = { [TableName]: { Keys: [...batch], ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
    found.push(...(Responses?.[TableName] ?? []));
    return UnprocessedKeys?.[TableName]?.Keys ?? [];
  });
  return found;
}

/** Deletes the items of those keys, as far as they are there. */
export async function deleteItems(table: BatchedTable, keys: readonly Item[]): Promise<void> {
  const { client, TableName } = table;
  await inBatches(table, keys, mostDeletions, async (batch) => {
    const RequestItems = { [TableName]: batch.map((Key) => ({ DeleteRequest: { Key } })) };
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
    return (UnprocessedItems?.[TableName] ?? []).map(({ DeleteRequest }) => DeleteRequest?.Key ?? {});
  });
}

async function inBatches(
  { clock }: BatchedTable,
  keys: readonly Item[],
  most: number,
  send: (batch: readonly Item[]) => Promise<readonly Item[]>,
): Promise<void> {
  let pause = firstPauseInMilliseconds;
  for (let left = keys; left.length > 0;) {
    const unprocessed = await send(left.slice(0, most));
    if (unprocessed.length > 0) {
      await clock.sleep(pause);
      pause = Math.min(2 * pause, longestPauseInMilliseconds);
    }
    left = [...unprocessed, ...left.slice(most)];
  }
}

/**
 * Makes all of these writes, each of another item, in one call. False where nothing is written: one of them was refused,
 * or they are so few or so many that there is no such call.
 */
export async function putTogether(client: DynamoDBClient, puts: readonly Put[]): Promise<boolean> {
  if (puts.length < 2 || puts.length > mostInTransaction) return false;
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: puts.map((one) => ({ Put: one })) }));
    return true;
  } catch (fault) {
    if (fault instanceof TransactionCanceledException) return false;
    throw fault;
  }
}
