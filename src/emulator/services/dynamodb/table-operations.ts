import type {
  CreateTableCommandInput,
  CreateTableCommandOutput,
  DeleteTableCommandInput,
  DescribeTableCommandInput,
  ListTablesCommandInput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { createStream, type Stream, type StreamView } from './streams.ts';
import { createEntries, type Table, type TableSettings } from './table.ts';
import { resourceName, tableDefinition, throughput } from './table-definition.ts';
import { describeTable } from './table-description.ts';
import { tableAddress, tableArn, type Tables } from './tables.ts';
import { tagsFrom } from './tag-operations.ts';
import { constraintViolated, invalidParameter, validationException } from './validation-exception.ts';

type Output<T> = Omit<T, '$metadata'>;
type StreamSpecification = CreateTableCommandInput['StreamSpecification'];

const tablesOnAPage = 100;

/** A table is active as soon as it is made, and gone as soon as it is deleted. */
export function createTableOperations(tables: Tables, platform: Platform) {
  function createTable(input: CreateTableCommandInput, call: Call): Output<CreateTableCommandOutput> {
    resourceName(tableAddress(input.TableName, call).name, 'tableName');
    const definition = tableDefinition(input);
    const address = tableAddress(input.TableName, call);
    if (tables.of(address).has(address.name)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${address.name}`);
    }
    const table: Table = {
      name: address.name,
      arn: tableArn(address),
      id: platform.nextId(),
      region: address.region,
      createdAt: new Date(platform.clock.now()),
      schema: definition.schema,
      attributes: definition.attributes,
      settings: settingsFrom(input, call),
      entries: createEntries(definition.schema),
      indexes: new Map(),
      tags: tagsFrom(input.Tags),
      bytes: 0,
      stream: undefined,
      timeToLive: undefined,
      pointInTimeRecovery: undefined,
    };
    for (const index of definition.indexes) {
      table.indexes.set(index.name, { ...index, entries: createEntries(index.schema, table.schema) });
    }
    table.stream = streamFrom(input.StreamSpecification, table, platform);
    tables.of(address).set(table.name, table);
    return { TableDescription: describeTable(table) };
  }

  function deleteTable({ TableName }: DeleteTableCommandInput, call: Call) {
    const table = tables.describe(TableName, call);
    if (table.settings.deletionProtection) {
      throw validationException(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    table.timeToLive?.expiries.stop();
    tables.of(tableAddress(TableName, call)).delete(table.name);
    return { TableDescription: describeTable(table, 'DELETING') };
  }

  function listTables(
    { ExclusiveStartTableName, Limit = tablesOnAPage }: ListTablesCommandInput,
    call: Call,
  ) {
    if (Limit < 1 || Limit > tablesOnAPage) {
      const bound = Limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${tablesOnAPage}`;
      throw constraintViolated(Limit, 'limit', `Member must have value ${bound}`);
    }
    const after = ExclusiveStartTableName ?? '';
    const names = [...tables.of(call).keys()].filter((name) => name > after).sort();
    const page = names.slice(0, Limit);
    const last = page.at(-1);
    return { TableNames: page, ...(names.length > Limit && last && { LastEvaluatedTableName: last }) };
  }

  return {
    CreateTable: createTable,
    DeleteTable: deleteTable,
    ListTables: listTables,
    DescribeTable: ({ TableName }: DescribeTableCommandInput, call: Call) => ({
      Table: describeTable(tables.describe(TableName, call)),
    }),
  };
}

/** Undefined when the specification asks for none. Throws ValidationException. */
export function streamFrom(
  specification: StreamSpecification,
  table: Table,
  platform: Platform,
): Stream | undefined {
  if (!specification?.StreamEnabled) return undefined;
  const view = specification.StreamViewType;
  if (!isStreamView(view)) {
    throw invalidParameter('StreamViewType must be specified when StreamEnabled is true');
  }
  return createStream({
    clock: platform.clock,
    nextId: () => platform.nextId(),
    region: table.region,
    tableArn: table.arn,
    view,
  });
}

function isStreamView(view: string | undefined): view is StreamView {
  return ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'].some((known) => known === view);
}

function settingsFrom(input: CreateTableCommandInput, call: Call): TableSettings {
  const billing = input.BillingMode ?? 'PROVISIONED';
  if (billing !== 'PROVISIONED' && billing !== 'PAY_PER_REQUEST') {
    const rule = 'Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]';
    throw constraintViolated(billing, 'billingMode', rule);
  }
  const asked = throughput(input.ProvisionedThroughput);
  if (billing === 'PAY_PER_REQUEST' && asked) {
    throw invalidParameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (billing === 'PROVISIONED' && !asked) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  return {
    billing,
    throughput: asked ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    tableClass: input.TableClass ?? 'STANDARD',
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    encryption: encryptionFrom(input.SSESpecification, call),
  };
}

/** A key of KMS, AWS's own for DynamoDB unless another one is named; undefined for the key that costs nothing. */
export function encryptionFrom(
  specification: CreateTableCommandInput['SSESpecification'],
  { account, region }: Pick<Call, 'account' | 'region'>,
) {
  if (!specification?.Enabled) return undefined;
  const key = specification.KMSMasterKeyId ?? 'alias/aws/dynamodb';
  if (key.startsWith('arn:')) return { keyArn: key };
  const path = key.startsWith('alias/') ? key : `key/${key}`;
  return { keyArn: `arn:aws:kms:${region}:${account}:${path}` };
}
