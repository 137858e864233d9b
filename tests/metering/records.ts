import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { paginateScan, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { readFileSync } from 'node:fs';
import { detailOf, source, type SystemEvent } from '#events/system-event.ts';
import type { Story } from '#tests/worlds.ts';

/** A record of one of the tables, as people find it there. */
export interface Found {
  readonly identifier: string;
  readonly order: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly expiration: number;
}

export const tables = {
  shadows: 'SpaTestShadowsTable',
  activities: 'SpaTestActivitiesTable',
  transactions: 'SpaTestTransactionsTable',
} as const;

/** All records of a table, in the order of their keys. */
export async function recordsIn(story: Story, table: keyof typeof tables): Promise<readonly Found[]> {
  const found: Found[] = [];
  const client = story.clients().dynamodb;
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tables[table] })) {
    for (const { Identifier, Order, Value, Expiration } of Items) {
      found.push({
        identifier: Identifier?.S ?? '',
        order: Order?.S ?? '',
        value: JSON.parse(Value?.S ?? 'null') as Record<string, unknown>,
        expiration: Number(Expiration?.N),
      });
    }
  }
  const keyOf = ({ identifier, order }: Found) => `${identifier} ${order}`;
  return found.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export async function shadowOf(story: Story, account: string): Promise<Found['value'] | undefined> {
  return (await recordsIn(story, 'shadows')).find(({ identifier }) => identifier === account)?.value;
}

/** Puts a record into a table, as an earlier release or a person has left it. */
export async function putRecord(
  story: Story,
  table: keyof typeof tables,
  { hash, range, value }: { readonly hash: string; readonly range: string; readonly value: unknown },
): Promise<void> {
  const Item = {
    Identifier: { S: hash },
    Order: { S: range },
    Value: { S: JSON.stringify(value) },
    Expiration: { N: '4000000000' },
  };
  await story.clients().dynamodb.send(new PutItemCommand({ TableName: tables[table], Item }));
}

/** Texts of the reports bucket by key. */
export async function reportsIn(story: Story): Promise<Readonly<Record<string, string>>> {
  const { s3 } = story.clients();
  const Bucket = 'spatest-reports-123456789012';
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const entries = Contents.map(async ({ Key = '' }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return [Key, (await Body?.transformToString()) ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A recorded file, as it was given to the project. */
export const recorded = (name: string): string =>
  readFileSync(new URL(`../data/records/${name}`, import.meta.url), 'utf8');

/** One of our own events in its envelope, as a function receives it. */
export function envelope(event: SystemEvent, time: string, environment = 'SpaTest') {
  return {
    version: '0',
    id: `e3d4cf11-0000-4000-8000-${event.label}`,
    'detail-type': event.label,
    source,
    account: '123456789012',
    time,
    region: 'eu-west-1',
    resources: [],
    detail: detailOf(event, environment),
  };
}
