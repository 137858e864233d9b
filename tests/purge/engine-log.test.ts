import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEngineLog } from '#domain/purge/engine-log.ts';
import { countsByType, purgeReportText } from '#domain/purge/purge-report.ts';
import { readPurgeReport } from '#domain/purge/read-purge-report.ts';

const linesOf = (...names: readonly string[]) =>
  names.flatMap((name) =>
    readFileSync(new URL(`../data/purge/${name}.log`, import.meta.url), 'utf8').split('\n'),
  );

describe('the log of two plans', () => {
  const { resources, unlisted, fatal } = readEngineLog(linesOf('plan-by-tag', 'plan-by-age'));

  it('counts each resource once, planned as soon as one pass plans it', () => {
    expect([...countsByType(resources)]).toEqual([
      ['EC2Instance', { deleted: 0, failed: 0, planned: 1, kept: 1 }],
      ['EMRCluster', { deleted: 0, failed: 0, planned: 1, kept: 0 }],
      ['S3Bucket', { deleted: 0, failed: 0, planned: 1, kept: 0 }],
    ]);
  });

  it('tells which types could not be looked at', () => {
    expect(unlisted).toEqual(['DSQLCluster']);
    expect(fatal).toBe('');
  });
});

describe('the log of two deletions', () => {
  const { resources, fatal } = readEngineLog(linesOf('run-by-tag', 'run-by-age'));

  it('does not unsay a deletion that the second pass knows nothing of', () => {
    expect(resources).toContainEqual(expect.objectContaining({ name: 'i-0marked', outcome: 'deleted' }));
  });

  it('tells why a resource is left, and takes what did not finish for failed', () => {
    expect(resources.filter(({ outcome }) => outcome === 'failed')).toEqual([
      {
        type: 'S3Bucket',
        region: 'eu-west-1',
        name: 's3://old-data',
        outcome: 'failed',
        reason: 'BucketNotEmpty: The bucket you tried to delete is not empty',
      },
      expect.objectContaining({ type: 'EMRCluster', reason: 'not finished' }),
    ]);
    expect(fatal).toBe('failed');
  });
});

describe('a resource that was deleted', () => {
  it('stays so, whatever a later run sees of it', () => {
    const said = (state: string) =>
      JSON.stringify({ type: 'EC2Instance', owner: 'eu-west-1', name: 'i-1', state });

    expect(readEngineLog([said('finished'), said('new'), said('waiting')]).resources).toMatchObject([
      { outcome: 'deleted' },
    ]);
  });
});

describe('a log that is none', () => {
  it.each(['', '{', 'null', '7', '[]', '{"type":"S3Bucket"}', '{"type":7,"owner":"x","state":"new"}'])(
    'tells nothing: %j',
    (line) => {
      expect(readEngineLog([line])).toEqual({ resources: [], unlisted: [], fatal: '' });
    },
  );
});

describe('a report', () => {
  it('is a sentence, counts by type, then what is not kept, one line each', () => {
    const resource = { type: 'S3Bucket', region: 'eu-west-1', outcome: 'deleted', reason: '' } as const;

    const text = purgeReportText({
      account: '200000000000',
      mode: '--force',
      stopped: 'not all could\nbe deleted',
      resources: [
        { ...resource, name: 'b\nb' },
        { ...resource, name: 'a', outcome: 'failed', reason: 'in use' },
        { ...resource, name: 'c', outcome: 'kept' },
        { ...resource, type: 'EC2Instance', name: 'i-1', outcome: 'planned' },
      ],
      unlisted: ['ELB'],
    });

    expect(text.split('\n')).toEqual([
      'Purge (--force) of account 200000000000: 1 deleted, 1 failed, 1 planned, 1 kept',
      'Stopped: not all could be deleted',
      'EC2Instance: 0 deleted, 0 failed, 1 planned, 0 kept',
      'S3Bucket: 1 deleted, 1 failed, 0 planned, 1 kept',
      'deleted\tS3Bucket\teu-west-1\tb b',
      'failed\tS3Bucket\teu-west-1\ta\tin use',
      'planned\tEC2Instance\teu-west-1\ti-1',
      'unlisted\tELB',
      '',
    ]);
  });

  it('is read by programs as well', () => {
    const { resources, unlisted } = readEngineLog(linesOf('run-by-tag', 'run-by-age'));
    const facts = { account: '200000000000', mode: '--force', stopped: 'not all could be deleted' };

    const read = readPurgeReport(purgeReportText({ ...facts, resources, unlisted }));

    expect(read).toMatchObject(facts);
    expect(new Map(Object.entries(read?.counts ?? {}))).toEqual(countsByType(resources));
    expect(new Set(read?.resources)).toEqual(new Set(resources.filter(({ outcome }) => outcome !== 'kept')));
  });

  it('of another build specification is not read', () => {
    expect(readPurgeReport('Looking for purgeable resources on account 200000000000')).toBeUndefined();
  });
});
