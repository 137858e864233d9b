import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
  type MetricDatum,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { opensAt } from '#tests/emulator/support-small-cloud.ts';
import { openMetrics } from './support-cloudwatch.ts';

const minute = 60_000;
const namespace = 'Shop';
const byCity = (value: string) => [{ Name: 'City', Value: value }];

const putting = (...data: MetricDatum[]) =>
  new PutMetricDataCommand({ Namespace: namespace, MetricData: data });

const reading = (stat: string, period: number, city?: string) =>
  new GetMetricDataCommand({
    StartTime: new Date(opensAt - 60 * minute),
    EndTime: new Date(opensAt + 60 * minute),
    ScanBy: 'TimestampAscending',
    MetricDataQueries: [
      {
        Id: 'sales',
        MetricStat: {
          Metric: {
            Namespace: namespace,
            MetricName: 'Sales',
            Dimensions: city === undefined ? [] : byCity(city),
          },
          Period: period,
          Stat: stat,
        },
      },
    ],
  });

describe('when values are put', () => {
  it('keeps them by minute, and sums them up by period', async () => {
    const { client } = openMetrics();

    await client.send(
      putting(
        { MetricName: 'Sales', Value: 2, Timestamp: new Date(opensAt) },
        { MetricName: 'Sales', Value: 3, Timestamp: new Date(opensAt + 30_000) },
        { MetricName: 'Sales', Value: 5, Timestamp: new Date(opensAt + 4 * minute) },
      ),
    );

    const byMinute = await client.send(reading('Sum', 60));
    expect(byMinute.MetricDataResults?.[0]).toMatchObject({
      Id: 'sales',
      Label: 'Sales',
      StatusCode: 'Complete',
      Values: [5, 5],
      Timestamps: [new Date(opensAt), new Date(opensAt + 4 * minute)],
    });
    expect((await client.send(reading('Sum', 300))).MetricDataResults?.[0]?.Values).toEqual([10]);
    expect((await client.send(reading('Maximum', 300))).MetricDataResults?.[0]?.Values).toEqual([5]);
    expect((await client.send(reading('Average', 300))).MetricDataResults?.[0]?.Values).toEqual([10 / 3]);
    expect((await client.send(reading('SampleCount', 300))).MetricDataResults?.[0]?.Values).toEqual([3]);
  });

  it('takes many values at once, with how often each was seen, or statistics made elsewhere', async () => {
    const { client } = openMetrics();

    await client.send(
      putting(
        { MetricName: 'Sales', Values: [1, 10], Counts: [3, 1] },
        {
          MetricName: 'Sales',
          StatisticValues: { SampleCount: 2, Sum: 7, Minimum: 3, Maximum: 4 },
        },
      ),
    );

    expect((await client.send(reading('Sum', 60))).MetricDataResults?.[0]?.Values).toEqual([20]);
    expect((await client.send(reading('Minimum', 60))).MetricDataResults?.[0]?.Values).toEqual([1]);
    expect((await client.send(reading('SampleCount', 60))).MetricDataResults?.[0]?.Values).toEqual([6]);
  });

  it('is another metric with other dimensions, and the same in whatever order they are written', async () => {
    const { client } = openMetrics();
    const dimensions = [...byCity('Lyon'), { Name: 'Kind', Value: 'book' }];

    await client.send(
      putting(
        { MetricName: 'Sales', Value: 1 },
        { MetricName: 'Sales', Value: 10, Dimensions: byCity('Lyon') },
        { MetricName: 'Sales', Value: 100, Dimensions: dimensions },
        { MetricName: 'Sales', Value: 100, Dimensions: dimensions.toReversed() },
      ),
    );

    expect((await client.send(reading('Sum', 60, 'Lyon'))).MetricDataResults?.[0]?.Values).toEqual([10]);
    const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: namespace }));
    expect(Metrics).toHaveLength(3);
    const withKind = await client.send(new ListMetricsCommand({ Dimensions: [{ Name: 'Kind' }] }));
    expect(withKind.Metrics).toEqual([{ Namespace: namespace, MetricName: 'Sales', Dimensions: dimensions }]);
  });

  it('belongs to one region', async () => {
    const { client, clientConfig } = openMetrics();
    await client.send(putting({ MetricName: 'Sales', Value: 1 }));

    const elsewhere = new CloudWatchClient(clientConfig(undefined, 'us-east-1'));

    expect((await elsewhere.send(new ListMetricsCommand({}))).Metrics).toEqual([]);
  });

  it('is told by GetMetricStatistics too', async () => {
    const { client } = openMetrics();
    await client.send(putting({ MetricName: 'Sales', Value: 4, Unit: 'Count' }));

    const { Label, Datapoints } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace: namespace,
        MetricName: 'Sales',
        StartTime: new Date(opensAt),
        EndTime: new Date(opensAt + minute),
        Period: 60,
        Statistics: ['Sum', 'Average'],
      }),
    );

    expect(Label).toBe('Sales');
    expect(Datapoints).toEqual([{ Timestamp: new Date(opensAt), Sum: 4, Average: 4, Unit: 'Count' }]);
  });

  it('disappears from lists after two weeks', async () => {
    const { client, clock } = openMetrics();
    await client.send(putting({ MetricName: 'Sales', Value: 1 }));

    await clock.runUntilIdle(opensAt + 15 * 24 * 60 * minute);

    expect((await client.send(new ListMetricsCommand({}))).Metrics).toEqual([]);
  });
});

describe('when a search asks for metrics', () => {
  const searching = (expression: string) =>
    new GetMetricDataCommand({
      StartTime: new Date(opensAt),
      EndTime: new Date(opensAt + minute),
      MetricDataQueries: [{ Id: 'e1', Expression: expression }],
    });

  it('gives a line for each that has exactly these dimensions and values', async () => {
    const { client } = openMetrics();
    await client.send(
      putting(
        { MetricName: 'Sales', Value: 1, Dimensions: byCity('Lyon') },
        { MetricName: 'Sales', Value: 2, Dimensions: byCity('Paris') },
        { MetricName: 'Sales', Value: 3 },
        { MetricName: 'Returns', Value: 4, Dimensions: byCity('Lyon') },
      ),
    );

    const all = await client.send(searching(`SEARCH('{Shop,City} MetricName="Sales"', 'Sum', 60)`));
    const one = await client.send(searching(`SEARCH('{Shop,City} MetricName="Sales" City="Lyon"', 'Sum')`));

    expect(all.MetricDataResults?.map(({ Label, Values }) => [Label, Values])).toEqual([
      ['Lyon', [1]],
      ['Paris', [2]],
    ]);
    expect(one.MetricDataResults?.map(({ Values }) => Values)).toEqual([[1]]);
  });

  it.each(['SUM(METRICS())', `SEARCH('{Shop,City} MetricName=~"S"', 'Sum', 60)`])(
    'is refused where the local cloud cannot compute it: %s',
    async (expression) => {
      const { client } = openMetrics();

      await expect(client.send(searching(expression))).rejects.toMatchObject({
        $metadata: { httpStatusCode: 501 },
      });
    },
  );
});

describe('when what is put is wrong', () => {
  it.each<[string, MetricDatum]>([
    ['a value that is too old', { MetricName: 'Sales', Value: 1, Timestamp: new Date(opensAt - 15 * 864e5) }],
    ['a value from the future', { MetricName: 'Sales', Value: 1, Timestamp: new Date(opensAt + 3 * 36e5) }],
    ['a dimension that is no ASCII text', { MetricName: 'Sales', Value: 1, Dimensions: byCity('東京') }],
    ['a blank dimension', { MetricName: 'Sales', Value: 1, Dimensions: byCity(' ') }],
    [
      'a dimension given twice',
      { MetricName: 'Sales', Value: 1, Dimensions: [...byCity('a'), ...byCity('b')] },
    ],
    ['counts that do not go with the values', { MetricName: 'Sales', Values: [1, 2], Counts: [1] }],
    ['a resolution that there is none of', { MetricName: 'Sales', Value: 1, StorageResolution: 30 }],
  ])('is refused, with all data of the call: %s', async (_, datum) => {
    const { client } = openMetrics();

    await expect(client.send(putting({ MetricName: 'Sales', Value: 1 }, datum))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });

    expect((await client.send(new ListMetricsCommand({}))).Metrics).toEqual([]);
  });

  it('is refused without a value, in a namespace of AWS, and in too large a number', async () => {
    const { client } = openMetrics();
    const none = putting({ MetricName: 'Sales' });
    const foreign = new PutMetricDataCommand({
      Namespace: 'AWS/Lambda',
      MetricData: [{ MetricName: 'Errors', Value: 1 }],
    });
    const many = putting(...Array.from({ length: 1001 }, () => ({ MetricName: 'Sales', Value: 1 })));

    await expect(client.send(none)).rejects.toMatchObject({ name: 'MissingRequiredParameterException' });
    await expect(client.send(foreign)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(client.send(many)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('when a large call is compressed by the SDK', () => {
  it('is read all the same', async () => {
    const { client } = openMetrics();
    const data = Array.from({ length: 500 }, (_, index) => ({
      MetricName: 'Sales',
      Value: index,
      Dimensions: byCity(`City ${index} with a name that takes some room`),
    }));

    await client.send(putting(...data));

    const first = await client.send(new ListMetricsCommand({}));
    expect(first.Metrics).toHaveLength(500);
    expect(first.NextToken).toBeUndefined();
  });
});
