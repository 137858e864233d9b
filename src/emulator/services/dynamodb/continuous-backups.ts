import type {
  DescribeContinuousBackupsCommandInput,
  UpdateContinuousBackupsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import type { SimulatedClock } from '../../clock.ts';
import type { Call } from '../../service.ts';
import type { Table } from './table.ts';
import { tableAddress, type Tables } from './tables.ts';
import { constraintViolated } from './validation-exception.ts';

const longestRecoveryInDays = 35;
const dayInMilliseconds = 24 * 3600 * 1000;

/** Point-in-time recovery is a setting that is kept and told; nothing can be restored here. */
export function createContinuousBackupOperations(tables: Tables, clock: SimulatedClock) {
  function find(name: string | undefined, call: Call): Table {
    const address = tableAddress(name, call);
    const table = tables.of(address).get(address.name);
    if (!table) throw new AwsError('TableNotFoundException', `Table not found: ${address.name}`);
    return table;
  }

  function describe({ pointInTimeRecovery: recovery }: Table) {
    if (!recovery) {
      return {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
      };
    }
    const earliest = Math.max(recovery.since.getTime(), clock.now() - recovery.days * dayInMilliseconds);
    return {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: recovery.days,
        EarliestRestorableDateTime: new Date(earliest),
        LatestRestorableDateTime: new Date(clock.now()),
      },
    };
  }

  return {
    DescribeContinuousBackups: ({ TableName }: DescribeContinuousBackupsCommandInput, call: Call) => ({
      ContinuousBackupsDescription: describe(find(TableName, call)),
    }),
    UpdateContinuousBackups(input: UpdateContinuousBackupsCommandInput, call: Call) {
      const table = find(input.TableName, call);
      const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days = longestRecoveryInDays } =
        input.PointInTimeRecoverySpecification ?? {};
      if (days < 1 || days > longestRecoveryInDays) {
        const rule = `Member must have value between 1 and ${longestRecoveryInDays}`;
        throw constraintViolated(days, 'pointInTimeRecoverySpecification.recoveryPeriodInDays', rule);
      }
      const since = table.pointInTimeRecovery?.since ?? new Date(clock.now());
      table.pointInTimeRecovery = enabled ? { days, since } : undefined;
      return { ContinuousBackupsDescription: describe(table) };
    },
  };
}
