import type { Platform } from '../../platform.ts';
import type { Call, Run, Service } from '../../service.ts';
import { dynamoDbAccess } from './access.ts';
import { createContinuousBackupOperations } from './continuous-backups.ts';
import { refuseUnknownMembers } from './known-members.ts';
import { createQueryOperations } from './query-and-scan.ts';
import { createReadOperations } from './read-items.ts';
import type { StreamListener } from './streams.ts';
import { createTableOperations } from './table-operations.ts';
import { createTables, resourceNotFound } from './tables.ts';
import { createTagOperations } from './tag-operations.ts';
import { createTimeToLiveOperations } from './time-to-live.ts';
import { createTransactWriteItems } from './transactions.ts';
import { createUpdateTable } from './update-table.ts';
import { createWriteOperations } from './write-items.ts';

export interface DynamoDb {
  readonly service: Service;
  /**
   * Hands the records of a stream, from now on, to an event source mapping: in order, in batches; returns what ends
   * it. Throws ResourceNotFoundException when no table has that stream.
   */
  onStreamRecords(streamArn: string, listener: StreamListener, batchSize?: number): () => void;
}

/** AWS promises no more than "within days"; ten minutes let an evening with the local cloud see it happen. */
const defaultTtlDelayInSeconds = 600;

/** DynamoDB with one copy of the data, so that every read is consistent. */
export function createDynamoDb(
  platform: Platform,
  options: { readonly ttlDelaySeconds?: number } = {},
): DynamoDb {
  const { clock, identity } = platform;
  const tables = createTables();
  const authorize = (action: string, resource: string, call: Call) =>
    identity.authorize(call.caller, { action, resource });
  const delayInSeconds = options.ttlDelaySeconds ?? defaultTtlDelayInSeconds;
  const operations = {
    ...createTableOperations(tables, platform),
    UpdateTable: createUpdateTable(tables, platform),
    ...createTimeToLiveOperations(tables, { clock, delayInSeconds }),
    ...createContinuousBackupOperations(tables, clock),
    ...createTagOperations(tables),
    ...createReadOperations(tables, authorize),
    ...createQueryOperations(tables),
    ...createWriteOperations(tables),
    TransactWriteItems: createTransactWriteItems(tables, clock, authorize),
  };
  return {
    service: {
      name: 'dynamodb',
      protocol: { kind: 'json', version: '1.0', target: 'DynamoDB_20120810' },
      operations: Object.fromEntries(
        Object.entries<Run>(operations).map(([name, run]) => [name, guarded(name, run)]),
      ),
      access: dynamoDbAccess,
    },
    onStreamRecords(streamArn, listener, batchSize) {
      for (const { stream } of tables.all()) {
        if (stream?.arn === streamArn) return stream.listen(listener, batchSize);
      }
      throw resourceNotFound(`Stream: ${streamArn} not found`);
    },
  };
}

function guarded(operation: string, run: Run): Run {
  return (input, call) => {
    refuseUnknownMembers(operation, input);
    return run(input, call);
  };
}
