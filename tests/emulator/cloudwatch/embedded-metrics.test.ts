import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { automation, opensAt } from '#tests/emulator/support-small-cloud.ts';
import { openMetrics } from './support-cloudwatch.ts';

const place = { account: automation, region: 'eu-west-1' };

const line = (members: Record<string, unknown>, dimensions: unknown = [['City']]) =>
  JSON.stringify({
    _aws: {
      Timestamp: opensAt,
      CloudWatchMetrics: [
        { Namespace: 'Shop', Dimensions: dimensions, Metrics: [{ Name: 'Sales', Unit: 'Count' }] },
      ],
    },
    ...members,
  });

async function ingested(...lines: string[]) {
  const { client, cloudwatch } = openMetrics();
  for (const one of lines) cloudwatch.ingest(one, place);
  return (await client.send(new ListMetricsCommand({}))).Metrics;
}

describe('when a function logs a line in embedded metric format', () => {
  it('is a metric for each set of dimensions', async () => {
    expect(await ingested(line({ City: 'Lyon', Sales: 3 }, [['City'], []]))).toEqual([
      { Namespace: 'Shop', MetricName: 'Sales', Dimensions: [{ Name: 'City', Value: 'Lyon' }] },
      { Namespace: 'Shop', MetricName: 'Sales', Dimensions: [] },
    ]);
  });

  it.each([
    ['any other line', '{"level":"INFO"}'],
    ['a line that is cut', line({ City: 'Lyon', Sales: 3 }).slice(0, -5)],
    ['a dimension that is missing', line({ Sales: 3 })],
    ['a blank dimension', line({ City: '', Sales: 3 })],
    ['a value that is missing', line({ City: 'Lyon' })],
    ['a value that is text', line({ City: 'Lyon', Sales: '3' })],
  ])('is passed over: %s', async (_, text) => {
    expect(await ingested(text)).toEqual([]);
  });

  it('never breaks whoever logs, whatever the line', () => {
    const { cloudwatch } = openMetrics();
    const marker = fc.record({ _aws: fc.anything() }, { requiredKeys: [] });

    fc.assert(
      fc.property(marker, fc.anything(), (a, b) => {
        cloudwatch.ingest(JSON.stringify(a), place);
        cloudwatch.ingest(
          JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics: [b] }, Sales: 1 }),
          place,
        );
      }),
    );
  });
});
