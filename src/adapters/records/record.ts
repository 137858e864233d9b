import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** A table of records, and how long they are kept once nobody writes them any more. */
export interface RecordTable {
  readonly name: string;
  readonly ttlInSeconds: number;
}

export type Item = Record<string, AttributeValue>;

/** Records are found by identifier and order; what they say is JSON text. */
export const keyOf = (identifier: string, order: string): Item => ({
  Identifier: { S: identifier },
  Order: { S: order },
});

/** Epoch seconds from which DynamoDB may delete a record, which it does within days. */
export const expiration = (now: Date, ttlInSeconds: number): Item => ({
  Expiration: { N: String(Math.floor(now.getTime() / 1000) + ttlInSeconds) },
});

/** Text of a record; undefined when there is none. */
export const valueIn = (item: Item | undefined): string | undefined => item?.['Value']?.S;
