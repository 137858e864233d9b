import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  paginateQuery,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { momentOf, stampAt } from '#domain/activities/stamp.ts';
import { parsedJson } from '#domain/parsed-json.ts';
import type { ActivityRecord, ActivityStore } from '#ports/activity-store.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { putTogether } from '../records/record-batches.ts';
import { expiration, keyOf, valueIn, type Item, type RecordTable } from '../records/record.ts';

/** More activities than this in one microsecond are a fault somewhere else. */
const attempts = 1000;

export class ActivitiesCrowded extends Error {
  override readonly name = 'ActivitiesCrowded';
  constructor(stamp: string) {
    super(`no place is left for an activity in the ${attempts} microseconds after ${stamp}`);
  }
}

/**
 * Activities in DynamoDB: keyed by day, in the order of the time of day. Where another one is on record at the same
 * microsecond, the next free one is taken.
 */
export function createActivityTable(access: AwsAccess, table: RecordTable): ActivityStore {
  const client = new DynamoDBClient(clientConfig(access));
  const TableName = table.name;

  function putOf(activity: ActivityRecord, microseconds: number) {
    const { stamp, day, time } = stampAt(microseconds);
    const Item = {
      ...keyOf(day, time),
      Value: { S: JSON.stringify({ ...activity, stamp }) },
      ...expiration(access.clock.now(), table.ttlInSeconds),
    };
    const ConditionExpression = 'attribute_not_exists(Identifier)';
    return { TableName, Item, ConditionExpression, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
  }

  /** False where one of them is not new, or two are of the same microsecond. */
  async function recordTogether(activities: readonly ActivityRecord[], now: Date): Promise<boolean> {
    const moments = activities.map((activity) => momentOf(activity, now));
    if (new Set(moments).size < moments.length) return false;
    return putTogether(
      client,
      activities.map((activity, index) => putOf(activity, moments[index] ?? 0)),
    );
  }

  async function recordOne(activity: ActivityRecord, moment: number): Promise<boolean> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const there = await write(activity, moment + attempt);
      if (there === undefined) return true;
      if (isSame(activity, there)) return false;
    }
    throw new ActivitiesCrowded(stampAt(moment).stamp);
  }

  /** Undefined once written; otherwise the record that is there. */
  async function write(activity: ActivityRecord, microseconds: number): Promise<ActivityRecord | undefined> {
    try {
      await client.send(new PutItemCommand(putOf(activity, microseconds)));
      return undefined;
    } catch (fault) {
      if (fault instanceof ConditionalCheckFailedException) return recordIn(fault.Item);
      throw fault;
    }
  }

  return {
    async record(activities) {
      const now = access.clock.now();
      if (await recordTogether(activities, now)) return activities.map(() => true);
      const areNew: boolean[] = [];
      for (const activity of activities) areNew.push(await recordOne(activity, momentOf(activity, now)));
      return areNew;
    },
    async *of(day) {
      const pages = paginateQuery(
        { client },
        {
          TableName,
          KeyConditionExpression: 'Identifier = :day',
          ExpressionAttributeValues: { ':day': { S: day } },
        },
      );
      for await (const { Items = [] } of pages) yield Items.map(recordIn);
    },
  };
}

/** A record that somebody has written by hand may lack its stamp, which its key tells too. */
function recordIn(item: Item | undefined): ActivityRecord {
  const value = parsedJson(valueIn(item));
  const stamp = `${item?.['Identifier']?.S}T${item?.['Order']?.S}`;
  return { stamp, ...(typeof value === 'object' && value !== null ? value : {}) };
}

/** What tells activities apart; tags may have been read anew for a second delivery. */
const distinguishing = ['account', 'transaction', 'identifier', 'begin', 'end'] as const;

const isSame = (activity: ActivityRecord, there: ActivityRecord) =>
  distinguishing.every((name) => activity[name] === there[name]);
