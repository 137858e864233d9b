import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { flag, number, tagList, tagsFrom, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';
import { refuseOtherTags } from './tag-changes.ts';

const shape = z.strictObject({
  AlarmName: text.optional(),
  AlarmDescription: text.optional(),
  ActionsEnabled: flag.optional(),
  AlarmActions: z.array(text).optional(),
  OKActions: z.array(text).optional(),
  InsufficientDataActions: z.array(text).optional(),
  Namespace: text,
  MetricName: text,
  Dimensions: z.array(z.strictObject({ Name: text, Value: text })).optional(),
  Statistic: z.enum(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum']),
  Period: number,
  EvaluationPeriods: number,
  DatapointsToAlarm: number.optional(),
  ComparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  Threshold: number,
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).optional(),
  Tags: tagList,
});

type Alarm = z.infer<typeof shape>;

/** AWS::CloudWatch::Alarm, on one metric */
export const cloudWatchAlarm = defineResource({
  type: 'AWS::CloudWatch::Alarm',
  shape,
  create: (alarm, site) => put(alarm.AlarmName ?? site.givenName, alarm, site),
  async update({ resource: { physicalId }, former, properties: alarm }, site) {
    if (alarm.AlarmName !== former.AlarmName) return undefined;
    refuseOtherTags(former.Tags, alarm.Tags);
    return put(physicalId, alarm, site);
  },
  remove: ({ physicalId: name }, _, { clients: { cloudwatch } }) =>
    unlessGone(cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] }))),
});

async function put(AlarmName: string, { Tags, ...alarm }: Alarm, { clients: { cloudwatch }, tags }: Site) {
  await cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, AlarmName, Tags: tagsFrom(Tags, tags) }));
  const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
  return { physicalId: AlarmName, reference: AlarmName, attributes: { Arn: MetricAlarms?.[0]?.AlarmArn } };
}
