import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { isSame } from '../template/members.ts';
import { unlessGone } from './gone.ts';
import { flag, tagList, tagsFrom, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';
import { tagChanges } from './tag-changes.ts';

const keySchema = z.array(z.strictObject({ AttributeName: text, KeyType: z.enum(['HASH', 'RANGE']) }));

const shape = z.strictObject({
  TableName: text.optional(),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: text, AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: text,
        KeySchema: keySchema,
        Projection: z.strictObject({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(text).optional(),
        }),
      }),
    )
    .optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: text, Enabled: flag }).optional(),
  PointInTimeRecoverySpecification: z.strictObject({ PointInTimeRecoveryEnabled: flag }).optional(),
  SSESpecification: z.strictObject({ SSEEnabled: flag }).optional(),
  StreamSpecification: z
    .strictObject({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .optional(),
  DeletionProtectionEnabled: flag.optional(),
  Tags: tagList,
});

type Table = z.infer<typeof shape>;

/** AWS::DynamoDB::Table, on demand */
export const dynamoDbTable = defineResource({
  type: 'AWS::DynamoDB::Table',
  shape,
  async create(table, site) {
    const TableName = table.TableName ?? site.givenName;
    const { StreamSpecification: stream, SSESpecification: encryption, ...defined } = table;
    const { TimeToLiveSpecification: _, PointInTimeRecoverySpecification: __, ...described } = defined;
    await site.clients.dynamodb.send(
      new CreateTableCommand({
        ...described,
        TableName,
        Tags: tagsFrom(table.Tags, site.tags),
        ...(stream ? { StreamSpecification: { ...stream, StreamEnabled: true } } : {}),
        ...(encryption ? { SSESpecification: { Enabled: encryption.SSEEnabled } } : {}),
      }),
    );
    await active(TableName, site);
    await setTimes(TableName, {}, table, site);
    return active(TableName, site);
  },
  async update({ resource: { physicalId: TableName }, former, properties: table }, site) {
    if (!isSame(lasting(former), lasting(table))) return undefined;
    const { dynamodb } = site.clients;
    const { DeletionProtectionEnabled = false } = table;
    if (DeletionProtectionEnabled !== (former.DeletionProtectionEnabled ?? false))
      await dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled }));
    await setTimes(TableName, former, table, site);
    const { Arn: ResourceArn } = (await active(TableName, site)).attributes;
    const { added, removed } = tagChanges(former.Tags, table.Tags);
    if (added.length > 0) await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: added }));
    if (removed.length > 0) await dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: removed }));
    return active(TableName, site);
  },
  remove: ({ physicalId: TableName }, _, { clients: { dynamodb } }) =>
    unlessGone(dynamodb.send(new DeleteTableCommand({ TableName }))),
});

/** What another table would be needed for, here at least. */
function lasting(table: Table): unknown {
  const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = table;
  const { StreamSpecification, SSESpecification } = table;
  return {
    TableName,
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes,
    StreamSpecification,
    SSESpecification,
  };
}

type Times = Pick<Table, 'TimeToLiveSpecification' | 'PointInTimeRecoverySpecification'>;

async function setTimes(TableName: string, former: Times, table: Times, { clients: { dynamodb } }: Site) {
  const { TimeToLiveSpecification, PointInTimeRecoverySpecification } = table;
  if (TimeToLiveSpecification && !isSame(TimeToLiveSpecification, former.TimeToLiveSpecification))
    await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  if (PointInTimeRecoverySpecification)
    await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
}

/** Describes the table once it is active. */
async function active(TableName: string, site: Site) {
  for (;;) {
    const { Table } = await site.clients.dynamodb.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') {
      const attributes = { Arn: Table.TableArn, StreamArn: Table.LatestStreamArn };
      return { physicalId: TableName, reference: TableName, attributes };
    }
    await site.sleep(1000);
  }
}
