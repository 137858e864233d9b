import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { createEmbeddedMetrics } from '#adapters/metrics/embedded-metrics.ts';
import type { Measurement } from '#domain/metrics/measurement.ts';
import { openMetrics } from '#tests/emulator/cloudwatch/support-cloudwatch.ts';
import { automation, opensAt } from '#tests/emulator/support-small-cloud.ts';

const now = new Date(opensAt);

function linesOf(...measurements: Measurement[]): string[] {
  const lines: string[] = [];
  const metrics = createEmbeddedMetrics('SpaTest', { now: () => now }, (line) => void lines.push(line));
  metrics.record(...measurements);
  return lines;
}

describe('when something is measured', () => {
  it('is a line of the log, with namespace, dimensions and unit as CloudWatch reads them', () => {
    const [line = ''] = linesOf({ metric: 'AccountEventsByLabel', of: 'ReleasedAccount', value: 1 });

    expect(JSON.parse(line)).toEqual({
      _aws: {
        Timestamp: opensAt,
        CloudWatchMetrics: [
          {
            Namespace: 'SustainablePersonalAccount',
            Dimensions: [['Label', 'Environment']],
            Metrics: [{ Name: 'AccountEventsByLabel', Unit: 'Count' }],
          },
        ],
      },
      Label: 'ReleasedAccount',
      Environment: 'SpaTest',
      AccountEventsByLabel: 1,
    });
  });

  it('is stamped with the moment that it speaks of, when that is another one', () => {
    const at = new Date('2026-11-20T00:00:00Z');

    const [line = ''] = linesOf({ metric: 'DailyCostsByCostCenter', of: 'Alpha', value: 12.5, at });

    expect(JSON.parse(line)).toMatchObject({
      _aws: { Timestamp: at.getTime(), CloudWatchMetrics: [{ Metrics: [{ Unit: 'None' }] }] },
    });
  });

  it('may have no dimension but the environment', () => {
    const [line = ''] = linesOf({ metric: 'OldestUnfinishedTransaction', value: 60 });

    expect(JSON.parse(line)).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Dimensions: [['Environment']] }] },
    });
  });

  it.each([
    ['Équipe', '%C3%89quipe'],
    ['東京', '%E6%9D%B1%E4%BA%AC'],
    ['', '-'],
    [' ', '-'],
    ['a'.repeat(2000), 'a'.repeat(1024)],
  ])('writes dimensions that CloudWatch takes: %s', async (costCenter, dimension) => {
    const { client, cloudwatch } = openMetrics();

    for (const line of linesOf({ metric: 'TransactionsByCostCenter', of: costCenter, value: 1 }))
      cloudwatch.ingest(line, { account: automation, region: 'eu-west-1' });

    const { Metrics } = await client.send(new ListMetricsCommand({}));
    expect(Metrics?.[0]?.Dimensions).toContainEqual({ Name: 'CostCenter', Value: dimension });
  });
});
