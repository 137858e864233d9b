import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  TransactGetItemsCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { caseLastsInSeconds, type Case } from '#domain/incidents/case.ts';
import type { IncidentLog } from '#ports/incident-log.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** Name of the table without the environment identifier that precedes it. */
export const incidentsTable = 'IncidentsTable';

const caseOrder = 'case';
const deedOrder = 'deed';
/** Dead letters, which people may send again, are kept for two weeks. */
const memoryInSeconds = 15 * 24 * 3600;

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
}

/** Cases and deeds in DynamoDB: keyed by what they are about, a case as JSON text in `Value`. */
export function createIncidentLog(access: AwsAccess, environment: string): IncidentLog {
  const client = new DynamoDBClient(clientConfig(access));
  const TableName = `${environment}${incidentsTable}`;
  const now = () => Math.floor(access.clock.now().getTime() / 1000);
  const expiration = () => ({ Expiration: { N: String(now() + memoryInSeconds) } });
  const keyOf = (identifier: string, order: string) => ({
    Identifier: { S: identifier },
    Order: { S: order },
  });

  /** Puts a case where the condition holds; else gives the one that is there. */
  async function put(kind: string, one: Case, condition: Condition): Promise<Case> {
    const Item = {
      ...keyOf(kind, caseOrder),
      Value: { S: JSON.stringify(one) },
      Token: { S: one.token },
      OpenedAt: { N: String(one.openedAt) },
      ...expiration(),
    };
    try {
      await client.send(
        new PutItemCommand({
          TableName,
          Item,
          ...condition,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return one;
    } catch (fault) {
      if (fault instanceof ConditionalCheckFailedException && fault.Item) return caseFrom(fault.Item);
      throw fault;
    }
  }

  return {
    claim: (kind, fresh) =>
      put(kind, fresh, {
        ConditionExpression: 'attribute_not_exists(Identifier) OR OpenedAt <= :past',
        ExpressionAttributeValues: { ':past': { N: String(now() - caseLastsInSeconds) } },
      }),
    replace: (kind, closed, fresh) => put(kind, fresh, bearing(closed.token)),
    async keep(kind, opened) {
      await put(kind, opened, bearing(opened.token));
    },
    async doneAmong(deeds) {
      const TransactItems = deeds.map((deed) => ({ Get: { TableName, Key: keyOf(deed, deedOrder) } }));
      const { Responses = [] } = await client.send(new TransactGetItemsCommand({ TransactItems }));
      return new Set(Responses.flatMap(({ Item }) => Item?.['Identifier']?.S ?? []));
    },
    async done(deed) {
      const Item = { ...keyOf(deed, deedOrder), ...expiration() };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
  };
}

const bearing = (token: string): Condition => ({
  ConditionExpression: '#token = :token',
  ExpressionAttributeNames: { '#token': 'Token' },
  ExpressionAttributeValues: { ':token': { S: token } },
});

// Only this file writes the cases that it reads.
const caseFrom = (item: Record<string, AttributeValue>): Case => JSON.parse(item['Value']?.S ?? '{}') as Case;
