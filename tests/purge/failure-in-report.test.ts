import { describe, expect, it } from 'vitest';
import { purgeReportText } from '#domain/purge/purge-report.ts';
import { failureIn } from '#domain/reports/failure-in-report.ts';
import { account } from './requests.ts';

const left = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    type: 'S3Bucket',
    region: 'eu-west-1',
    name: `bucket-${index}`,
    outcome: 'failed' as const,
    reason: index === 0 ? '' : 'BucketNotEmpty',
  }));

const reportOf = (count: number, stopped = 'not all could be deleted') =>
  purgeReportText({ account, mode: '--force', stopped, resources: left(count), unlisted: [] });

describe('when a purge has failed', () => {
  it('tells why, and what is left', () => {
    expect(failureIn(reportOf(2), 'purge')).toEqual({
      reason: 'not all could be deleted',
      details: [
        'S3Bucket bucket-0 in eu-west-1: no reason told',
        'S3Bucket bucket-1 in eu-west-1: BucketNotEmpty',
      ],
    });
  });

  it('tells ten of many, and how many more there are', () => {
    const { details } = failureIn(reportOf(500), 'purge');

    expect(details).toHaveLength(11);
    expect(details.at(-1)).toBe('and 490 more');
  });

  it('has no reason of its own where the build was killed before it stopped', () => {
    expect(failureIn(reportOf(0, ''), 'purge')).toEqual({ reason: '', details: [] });
  });
});

describe('when a preparation has failed, or a build of somebody else', () => {
  it('tells its last words', () => {
    const report = 'Preparation of account 200000000000\nBudget\n\nAccessDenied: no \u0007 contacts here\n';

    expect(failureIn(report, 'preparation')).toEqual({
      reason: 'AccessDenied: no contacts here',
      details: ['Preparation of account 200000000000', 'Budget'],
    });
    expect(failureIn('awsweeper: no such thing', 'purge').reason).toBe('awsweeper: no such thing');
  });

  it('cuts what nobody could read', () => {
    const { reason, details } = failureIn(`${'line\n'.repeat(5000)}${'x'.repeat(100_000)}`, 'preparation');

    expect(reason).toHaveLength(300);
    expect(details).toHaveLength(9);
    expect(failureIn('', 'preparation')).toEqual({ reason: '', details: [] });
  });
});
