import type { CreateTableCommandInput, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { attributesOf } from './item-keys.ts';
import type { KeyAttribute, KeySchema } from './key-position.ts';
import type { AttributeDefinition, IndexDefinition, Projection, Throughput } from './table.ts';
import { constraintViolated, invalidParameter, validationException } from './validation-exception.ts';

type SdkIndex = NonNullable<CreateTableCommandInput['GlobalSecondaryIndexes']>[number];

/** What a table is made of; its keys and indexes have been checked against its attributes. */
export interface TableDefinition {
  readonly schema: KeySchema;
  readonly attributes: readonly AttributeDefinition[];
  readonly indexes: readonly IndexDefinition[];
}

const mostIndexes = 20;
const none: Throughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

/** Throws ValidationException unless keys and attribute definitions match exactly. */
export function tableDefinition(input: CreateTableCommandInput): TableDefinition {
  const attributes = attributeDefinitions(input.AttributeDefinitions);
  const schema = keySchema(input.KeySchema, attributes, 'keySchema');
  if (input.GlobalSecondaryIndexes?.length === 0) {
    throw invalidParameter('List of GlobalSecondaryIndexes is empty');
  }
  const indexes = (input.GlobalSecondaryIndexes ?? []).map((index) => indexDefinition(index, attributes));
  checkIndexes(indexes);
  checkAllUsed(attributes, [schema, ...indexes.map((index) => index.schema)]);
  return { schema, attributes, indexes };
}

export function attributeDefinitions(
  found: CreateTableCommandInput['AttributeDefinitions'],
): readonly AttributeDefinition[] {
  return (found ?? []).map(({ AttributeName, AttributeType }, index) => {
    const member = `attributeDefinitions.${index + 1}.member`;
    if (!AttributeName) {
      throw constraintViolated(AttributeName, `${member}.attributeName`, 'Member must not be null');
    }
    if (AttributeType !== 'S' && AttributeType !== 'N' && AttributeType !== 'B') {
      throw constraintViolated(
        AttributeType,
        `${member}.attributeType`,
        'Member must satisfy enum value set: [B, N, S]',
      );
    }
    return { AttributeName, AttributeType };
  });
}

/** Throws ValidationException. */
export function indexDefinition(
  index: SdkIndex,
  attributes: readonly AttributeDefinition[],
): IndexDefinition {
  const name = resourceName(index.IndexName, 'indexName');
  return {
    name,
    schema: keySchema(index.KeySchema, attributes, 'globalSecondaryIndexes.1.member.keySchema'),
    projection: projection(index.Projection),
    throughput: throughput(index.ProvisionedThroughput) ?? none,
  };
}

export function checkIndexes(indexes: readonly IndexDefinition[]): void {
  const names = new Set<string>();
  for (const { name } of indexes) {
    if (names.has(name)) throw invalidParameter(`Duplicate index name: ${name}`);
    names.add(name);
  }
  if (names.size > mostIndexes) {
    throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${mostIndexes}`);
  }
}

/** A name of a table or an index: 3 to 255 of the characters that AWS allows. Throws ValidationException. */
export function resourceName(found: string | undefined, member: string): string {
  const rule = (text: string) => constraintViolated(found, member, text);
  if (found === undefined) throw rule('Member must not be null');
  if (found.length < 3) throw rule('Member must have length greater than or equal to 3');
  if (found.length > 255) throw rule('Member must have length less than or equal to 255');
  if (!/^[a-zA-Z0-9_.-]+$/.test(found)) {
    throw rule('Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
  return found;
}

export function throughput(found: SdkIndex['ProvisionedThroughput']): Throughput | undefined {
  if (!found) return undefined;
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = found;
  const rule = 'Member must have value greater than or equal to 1';
  if (ReadCapacityUnits < 1) {
    throw constraintViolated(ReadCapacityUnits, 'provisionedThroughput.readCapacityUnits', rule);
  }
  if (WriteCapacityUnits < 1) {
    throw constraintViolated(WriteCapacityUnits, 'provisionedThroughput.writeCapacityUnits', rule);
  }
  return { ReadCapacityUnits, WriteCapacityUnits };
}

function keySchema(
  found: readonly KeySchemaElement[] | undefined,
  attributes: readonly AttributeDefinition[],
  member: string,
): KeySchema {
  const [hash, range] = found ?? [];
  if (!found || !hash) throw constraintViolated(undefined, member, 'Member must not be null');
  if (found.length > 2) {
    throw constraintViolated(
      JSON.stringify(found),
      member,
      'Member must have length less than or equal to 2',
    );
  }
  if (hash.KeyType !== 'HASH') {
    throw validationException('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (range && range.KeyType !== 'RANGE') {
    throw validationException('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  if (range?.AttributeName === hash.AttributeName) {
    throw validationException(
      'Both the Hash Key and the Range Key element in the KeySchema have the same name',
    );
  }
  const names = found.map(({ AttributeName = '' }) => AttributeName);
  const key = (element: KeySchemaElement) => keyAttribute(element, attributes, names);
  return { hash: key(hash), ...(range && { range: key(range) }) };
}

function keyAttribute(
  { AttributeName: name = '' }: KeySchemaElement,
  attributes: readonly AttributeDefinition[],
  keys: readonly string[],
): KeyAttribute {
  const attribute = attributes.find(({ AttributeName }) => AttributeName === name);
  if (attribute) return { name, type: attribute.AttributeType };
  const defined = attributes.map(({ AttributeName }) => AttributeName).join(', ');
  throw invalidParameter(
    'Some index key attributes are not defined in AttributeDefinitions. ' +
      `Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined}]`,
  );
}

function projection(found: SdkIndex['Projection']): Projection {
  const { ProjectionType: type, NonKeyAttributes: nonKeyAttributes } = found ?? {};
  if (type !== 'ALL' && type !== 'KEYS_ONLY' && type !== 'INCLUDE') {
    throw invalidParameter(`Unknown ProjectionType: ${type ?? 'null'}`);
  }
  if (nonKeyAttributes && type !== 'INCLUDE') {
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  }
  if (!nonKeyAttributes && type === 'INCLUDE') {
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is not specified`);
  }
  return { type, nonKeyAttributes: nonKeyAttributes ?? [] };
}

function checkAllUsed(attributes: readonly AttributeDefinition[], schemas: readonly KeySchema[]) {
  const used = new Set(schemas.flatMap(attributesOf).map(({ name }) => name));
  if (attributes.every(({ AttributeName }) => used.has(AttributeName)) && used.size === attributes.length)
    return;
  if (schemas.length === 1) {
    throw invalidParameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  const defined = attributes.map(({ AttributeName }) => AttributeName).join(', ');
  throw invalidParameter(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined}], keys used: [${[...used].join(', ')}]`,
  );
}
