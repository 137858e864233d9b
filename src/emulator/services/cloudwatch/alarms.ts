import type {
  DeleteAlarmsCommandInput,
  DescribeAlarmsCommandInput,
  MetricAlarm,
  PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Call } from '../../service.ts';
import { invalidToken, invalidValue, missing } from './cloudwatch-refusals.ts';
import { numberIn } from './metric-input.ts';

const usualPage = 50;
const largestPage = 100;

export const alarmArn = ({ account, region }: Pick<Call, 'account' | 'region'>, name: string) =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

/** Alarms are kept and described; nothing evaluates them, so that their state stays INSUFFICIENT_DATA. */
export function createAlarmOperations(now: () => number) {
  const kept = new Map<string, Map<string, MetricAlarm>>();

  function of({ account, region }: Call): Map<string, MetricAlarm> {
    const alarms = kept.get(`${account} ${region}`) ?? new Map<string, MetricAlarm>();
    kept.set(`${account} ${region}`, alarms);
    return alarms;
  }

  return {
    PutMetricAlarm(input: PutMetricAlarmCommandInput, call: Call) {
      const { Tags: _, AlarmName: name, ...described } = input;
      if (!name) throw missing('AlarmName');
      if (input.EvaluationCriteria) throw notImplemented('cloudwatch', 'alarms on queries');
      if (!input.MetricName && !input.Metrics?.length) throw missing('MetricName');
      if (!input.ComparisonOperator) throw missing('ComparisonOperator');
      if (!input.EvaluationPeriods) throw missing('EvaluationPeriods');
      of(call).set(name, {
        ActionsEnabled: true,
        TreatMissingData: 'missing',
        ...described,
        AlarmName: name,
        AlarmArn: alarmArn(call, name),
        AlarmConfigurationUpdatedTimestamp: new Date(now()),
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
      });
      return undefined;
    },

    DescribeAlarms(input: DescribeAlarmsCommandInput, call: Call) {
      const { AlarmNames: names, AlarmNamePrefix: prefix = '', StateValue: state } = input;
      const size = numberIn(input.MaxRecords ?? usualPage, 'MaxRecords');
      if (!(size >= 1 && size <= largestPage)) throw invalidValue('MaxRecords must be from 1 to 100.');
      const found = [...of(call).values()].filter(
        ({ AlarmName = '', StateValue }) =>
          (!names?.length || names.includes(AlarmName)) &&
          AlarmName.startsWith(prefix) &&
          (!state || StateValue === state),
      );
      const { items, next } = pageOf(found, input.NextToken, size, invalidToken());
      return { MetricAlarms: items, CompositeAlarms: [], NextToken: next };
    },

    DeleteAlarms({ AlarmNames = [] }: DeleteAlarmsCommandInput, call: Call) {
      for (const name of AlarmNames) of(call).delete(name);
      return undefined;
    },
  };
}
