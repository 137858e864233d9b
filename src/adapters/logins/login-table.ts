import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { stampAt } from '#domain/shadows/shadow.ts';
import type { LoginKey, LoginLog } from '#ports/login-log.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { incidentsTable } from '../incidents/incident-log.ts';
import { expiration, keyOf, type Item } from '../records/record.ts';

/** Whoever claims a login has this long to record it, less than the minute after which Lambda tries again. */
const leaseInSeconds = 50;
/** Reports of one login may come hours apart, out of the dead letters even a week. */
const memoryInSeconds = 7 * 24 * 3600;

/** Logins in DynamoDB, in the table of what is told once: nobody ever reads all of it, so that it may be long. */
export function createLoginTable(access: AwsAccess, environment: string): LoginLog {
  const client = new DynamoDBClient(clientConfig(access));
  const TableName = `${environment}${incidentsTable}`;

  return {
    async claim(login) {
      const now = access.clock.now();
      const seconds = Math.floor(now.getTime() / 1000);
      const Lease = { N: String(seconds + leaseInSeconds) };
      try {
        await client.send(
          new PutItemCommand({
            TableName,
            Item: { ...loginKeyOf(login), Lease, ...expiration(now, memoryInSeconds) },
            ConditionExpression: 'attribute_not_exists(Identifier) OR Lease < :now',
            ExpressionAttributeValues: { ':now': { N: String(seconds) } },
          }),
        );
        return true;
      } catch (fault) {
        if (fault instanceof ConditionalCheckFailedException) return false;
        throw fault;
      }
    },

    async confirm(login) {
      const Key = loginKeyOf(login);
      await client.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'REMOVE Lease' }));
    },
  };
}

const loginKeyOf = ({ account, at, identity }: LoginKey): Item =>
  keyOf(`login/${account}`, `${stampAt(at)} ${identity}`);
