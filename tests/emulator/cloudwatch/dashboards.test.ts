import {
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { openMetrics } from './support-cloudwatch.ts';

const putting = (body: unknown, name = 'Cockpit') =>
  new PutDashboardCommand({
    DashboardName: name,
    DashboardBody: typeof body === 'string' ? body : JSON.stringify(body),
  });

const graph = (metrics: readonly unknown[]) => ({
  type: 'metric',
  width: 6,
  height: 6,
  properties: { region: 'eu-west-1', metrics },
});

describe('when a dashboard is put', () => {
  it('is read back as it was, listed with its size, and deleted', async () => {
    const { client } = openMetrics();
    const body = { widgets: [graph([['Shop', 'Sales', 'City', 'Lyon'], [{ expression: 'm1 + 1' }]])] };

    await client.send(putting(body));

    const { DashboardBody, DashboardArn } = await client.send(
      new GetDashboardCommand({ DashboardName: 'Cockpit' }),
    );
    expect(JSON.parse(DashboardBody ?? '')).toEqual(body);
    expect(DashboardArn).toBe('arn:aws:cloudwatch::123456789012:dashboard/Cockpit');
    const { DashboardEntries } = await client.send(new ListDashboardsCommand({ DashboardNamePrefix: 'Co' }));
    expect(DashboardEntries).toMatchObject([{ DashboardName: 'Cockpit', Size: DashboardBody?.length }]);

    await client.send(new DeleteDashboardsCommand({ DashboardNames: ['Cockpit'] }));
    await expect(client.send(new GetDashboardCommand({ DashboardName: 'Cockpit' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it.each([
    ['no JSON', 'widgets'],
    ['no widgets', { start: '-P7D' }],
    ['a widget of no known type', { widgets: [{ type: 'graph', properties: {} }] }],
    ['a widget wider than the page', { widgets: [{ ...graph([]), width: 25 }] }],
    ['a graph without a region', { widgets: [{ type: 'metric', properties: { metrics: [] } }] }],
    ['a metric with half a dimension', { widgets: [graph([['Shop', 'Sales', 'City']])] }],
    ['text without text', { widgets: [{ type: 'text', properties: {} }] }],
    [
      'more alarms than a widget shows',
      { widgets: [{ type: 'alarm', properties: { alarms: Array.from({ length: 101 }, () => 'arn') } }] },
    ],
    ['too many widgets', { widgets: Array.from({ length: 501 }, () => graph([])) }],
    [
      'too many metrics in a widget',
      { widgets: [graph(Array.from({ length: 501 }, () => ['Shop', 'Sales']))] },
    ],
    [
      'too many metrics in all',
      {
        widgets: Array.from({ length: 6 }, () => graph(Array.from({ length: 500 }, () => ['Shop', 'Sales']))),
      },
    ],
  ])('is refused: %s', async (_, body) => {
    const { client } = openMetrics();

    await expect(client.send(putting(body))).rejects.toMatchObject({ name: 'DashboardInvalidInputError' });
  });

  it('is refused under a name with strange characters', async () => {
    const { client } = openMetrics();

    await expect(client.send(putting({ widgets: [] }, 'my cockpit'))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });
});

describe('when an alarm is put', () => {
  it('is described with its ARN, and with a state that nobody has evaluated', async () => {
    const { client } = openMetrics();
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'Errors',
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );

    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'Err' }));

    expect(MetricAlarms).toMatchObject([
      {
        AlarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:Errors',
        StateValue: 'INSUFFICIENT_DATA',
        Threshold: 0,
      },
    ]);
  });
});
