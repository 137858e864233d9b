import type { GlobalSecondaryIndexUpdate, UpdateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { attributesOf, fitsSchema } from './item-keys.ts';
import { projectedEntry } from './stored-items.ts';
import { createEntries, type AttributeDefinition, type Index, type Table } from './table.ts';
import { attributeDefinitions, checkIndexes, indexDefinition, throughput } from './table-definition.ts';
import { describeTable } from './table-description.ts';
import { encryptionFrom, streamFrom } from './table-operations.ts';
import type { Tables } from './tables.ts';
import { invalidParameter, validationException } from './validation-exception.ts';

/** Changes take effect at once; as on AWS, one index comes or goes in a call. */
export function createUpdateTable(tables: Tables, platform: Platform) {
  return (input: UpdateTableCommandInput, call: Call) => {
    const table = tables.describe(input.TableName, call);
    const changes = changesFrom(input, table, call, platform);
    if (changes.length === 0) {
      throw validationException(
        'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates ' +
          'or SSESpecification or ReplicaUpdates is required',
      );
    }
    for (const change of changes) change();
    return { TableDescription: describeTable(table) };
  };
}

/** Everything is checked before anything changes. */
function changesFrom(
  input: UpdateTableCommandInput,
  table: Table,
  call: Call,
  platform: Platform,
): (() => void)[] {
  const { settings } = table;
  const changes: (() => void)[] = [];
  const asked = throughput(input.ProvisionedThroughput);
  const billing = input.BillingMode ?? settings.billing;
  if (billing === 'PROVISIONED' && settings.billing !== billing && !asked) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  if (input.BillingMode || asked) {
    changes.push(() => {
      settings.billing = billing;
      settings.throughput = asked ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
    });
  }
  const { DeletionProtectionEnabled: protect, SSESpecification: encrypt, TableClass: tableClass } = input;
  if (protect !== undefined) changes.push(() => void (settings.deletionProtection = protect));
  if (tableClass) changes.push(() => void (settings.tableClass = tableClass));
  if (encrypt) changes.push(() => void (settings.encryption = encryptionFrom(encrypt, call)));
  if (input.StreamSpecification) changes.push(streamChange(input.StreamSpecification, table, platform));
  if (input.GlobalSecondaryIndexUpdates?.length) {
    changes.push(indexChange(input.GlobalSecondaryIndexUpdates, input.AttributeDefinitions, table));
  }
  return changes;
}

function streamChange(
  specification: NonNullable<UpdateTableCommandInput['StreamSpecification']>,
  table: Table,
  platform: Platform,
): () => void {
  if (specification.StreamEnabled && table.stream) {
    throw validationException(`Table already has an enabled stream: TableName: ${table.name}`);
  }
  if (!specification.StreamEnabled && !table.stream) {
    throw validationException(`Table has no stream to disable: TableName: ${table.name}`);
  }
  const stream = streamFrom(specification, table, platform);
  return () => void (table.stream = stream);
}

function indexChange(
  updates: readonly GlobalSecondaryIndexUpdate[],
  attributes: UpdateTableCommandInput['AttributeDefinitions'],
  table: Table,
): () => void {
  const [{ Create, Update, Delete } = {}] = updates;
  if (updates.length > 1) {
    throw validationException(
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  if (Create) {
    const known = [...attributeDefinitions(attributes), ...table.attributes];
    const definition = indexDefinition(Create, known);
    checkIndexes([...table.indexes.values(), definition]);
    return () =>
      addIndex(table, { ...definition, entries: createEntries(definition.schema, table.schema) }, known);
  }
  const name = (Delete ?? Update)?.IndexName ?? '';
  const index = table.indexes.get(name);
  if (!index) throw invalidParameter(`Index: ${name} does not exist in table: ${table.name}`);
  if (Delete) return () => removeIndex(table, name);
  return () => {
    table.indexes.set(name, {
      ...index,
      throughput: throughput(Update?.ProvisionedThroughput) ?? index.throughput,
    });
  };
}

/** The attributes that no key needs any more are forgotten. */
function removeIndex(table: Table, name: string) {
  table.indexes.delete(name);
  const schemas = [table.schema, ...[...table.indexes.values()].map(({ schema }) => schema)];
  const used = new Set(schemas.flatMap(attributesOf).map((key) => key.name));
  table.attributes = table.attributes.filter(({ AttributeName }) => used.has(AttributeName));
}

/** Items that do not fit the new index stay out of it: AWS refuses only what is written afterwards. */
function addIndex(table: Table, index: Index, attributes: readonly AttributeDefinition[]) {
  const byName = new Map(attributes.map((attribute) => [attribute.AttributeName, attribute]));
  table.attributes = [...byName.values()];
  table.indexes.set(index.name, index);
  for (const entry of table.entries.ascending()) {
    const projected = fitsSchema(index.schema, entry.item) ? projectedEntry(table, index, entry) : undefined;
    if (projected) index.entries.put(projected);
  }
}
