import type { KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';
import type { KeySchema } from './key-position.ts';
import type { Index, Table, Throughput } from './table.ts';

/** A table as DescribeTable tells of it. */
export function describeTable(table: Table, status: 'ACTIVE' | 'DELETING' = 'ACTIVE'): TableDescription {
  const { settings } = table;
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.id,
    TableStatus: status,
    CreationDateTime: table.createdAt,
    AttributeDefinitions: [...table.attributes],
    KeySchema: keySchemaOf(table.schema),
    ItemCount: table.entries.size,
    TableSizeBytes: table.bytes,
    ProvisionedThroughput: { ...settings.throughput, NumberOfDecreasesToday: 0 },
    DeletionProtectionEnabled: settings.deletionProtection,
    TableClassSummary: {
      TableClass: settings.tableClass === 'STANDARD' ? 'STANDARD' : 'STANDARD_INFREQUENT_ACCESS',
    },
    ...(settings.billing === 'PAY_PER_REQUEST' && {
      BillingModeSummary: {
        BillingMode: 'PAY_PER_REQUEST',
        LastUpdateToPayPerRequestDateTime: table.createdAt,
      },
    }),
    ...(table.indexes.size > 0 && {
      GlobalSecondaryIndexes: [...table.indexes.values()].map((index) => describeIndex(table, index)),
    }),
    ...(table.stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.view },
      LatestStreamArn: table.stream.arn,
      LatestStreamLabel: table.stream.label,
    }),
    ...(settings.encryption && {
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: settings.encryption.keyArn },
    }),
  };
}

function describeIndex(table: Table, index: Index) {
  const { type, nonKeyAttributes } = index.projection;
  let bytes = 0;
  for (const { size } of index.entries.ascending()) bytes += size;
  return {
    IndexName: index.name,
    IndexArn: `${table.arn}/index/${index.name}`,
    IndexStatus: 'ACTIVE' as const,
    KeySchema: keySchemaOf(index.schema),
    Projection: {
      ProjectionType: type,
      ...(type === 'INCLUDE' && { NonKeyAttributes: [...nonKeyAttributes] }),
    },
    ProvisionedThroughput: throughputOf(index.throughput),
    ItemCount: index.entries.size,
    IndexSizeBytes: bytes,
  };
}

function throughputOf(throughput: Throughput) {
  return { ...throughput, NumberOfDecreasesToday: 0 };
}

function keySchemaOf({ hash, range }: KeySchema): KeySchemaElement[] {
  const elements: KeySchemaElement[] = [{ AttributeName: hash.name, KeyType: 'HASH' }];
  return range ? [...elements, { AttributeName: range.name, KeyType: 'RANGE' }] : elements;
}
