import type { Item } from './attribute-value.ts';
import type { Expiries } from './expiries.ts';
import { positionOrder, type KeySchema, type Position } from './key-position.ts';
import { createSortedList, type SortedList } from './sorted-list.ts';
import type { Stream } from './streams.ts';

/** An item where it stands in a table, or its projection in an index; `size` in bytes. */
export interface Entry {
  readonly position: Position;
  readonly item: Item;
  readonly size: number;
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: 'S' | 'N' | 'B';
}

/** What an index holds beside the keys; `ALL` of the item when undefined, and never less than the keys. */
export interface Projection {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly nonKeyAttributes: readonly string[];
}

export interface Throughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

export interface IndexDefinition {
  readonly name: string;
  readonly schema: KeySchema;
  readonly projection: Projection;
  readonly throughput: Throughput;
}

export interface Index extends IndexDefinition {
  readonly entries: SortedList<Entry>;
}

export type BillingMode = 'PROVISIONED' | 'PAY_PER_REQUEST';

export interface Encryption {
  readonly keyArn: string;
}

/** What can be set when a table is made, and changed afterwards. */
export interface TableSettings {
  billing: BillingMode;
  throughput: Throughput;
  tableClass: string;
  deletionProtection: boolean;
  /** Undefined while DynamoDB encrypts with a key of its own. */
  encryption: Encryption | undefined;
}

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly region: string;
  readonly createdAt: Date;
  readonly schema: KeySchema;
  attributes: readonly AttributeDefinition[];
  readonly settings: TableSettings;
  readonly entries: SortedList<Entry>;
  readonly indexes: Map<string, Index>;
  readonly tags: Map<string, string>;
  /** Bytes of all items. */
  bytes: number;
  stream: Stream | undefined;
  timeToLive: { readonly attribute: string; readonly expiries: Expiries } | undefined;
  pointInTimeRecovery: { readonly days: number; readonly since: Date } | undefined;
}

export function createEntries(schema: KeySchema, table?: KeySchema): SortedList<Entry> {
  const compare = positionOrder(schema, table);
  return createSortedList((a, b) => compare(a.position, b.position));
}

/** Stands for an entry where only its position matters. */
export function entryAt(position: Position): Entry {
  return { position, item: {}, size: 0 };
}
