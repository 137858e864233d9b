import { expect, it } from 'vitest';
import { readEngineLog } from '#domain/purge/engine-log.ts';
import { purgeBuildVariables, purgeInstructions, refusal } from '#domain/purge/purge-build.ts';
import { purgeReportText } from '#domain/purge/purge-report.ts';
import { describeBuild } from './build-machine.ts';
import { reportOf } from './stand-ins.ts';
import { answers, bus, plans, purge, runs, succeeding } from './purge-build-run.ts';
import { account, requestFrom, usualVariables } from './requests.ts';

describeBuild('when a purge build runs dry', () => {
  const built = purge({ PURGE_MODE: '--dry-run' });

  it('plans both passes and deletes nothing', async () => {
    const build = await built;
    expect(build.status).toBe(0);
    expect(build.runs).toHaveLength(2);
    expect(build.runs.join()).not.toContain('--no-dry-run');
  });

  it('stamps nothing', async () => {
    const build = await built;
    expect(build.calls.map(({ args }) => args[1])).not.toContain('tag-resources');
  });

  it('never asks the engine to wait for ever, nor to question anybody', async () => {
    const build = await built;
    for (const run of build.runs) {
      expect(run).toContain('--no-alias-check --no-prompt --prompt-delay 3 --max-wait-retries 120');
    }
  });

  it('sends the report that the domain makes of the same log', async () => {
    const build = await built;
    const { resources, unlisted } = readEngineLog(`${plans.tag.log}${plans.age.log}`.split('\n'));
    const expected = purgeReportText({ account, mode: '--dry-run', stopped: '', resources, unlisted });

    expect(reportOf(build)).toMatchObject({
      Source: 'SustainablePersonalAccounts',
      DetailType: 'PurgeReport',
      EventBusName: bus,
      detail: { Account: account, Environment: 'SpaTest', Message: expected },
    });
    expect(expected).toContain('planned\tEMRCluster\teu-west-1\t{"prop:CreatedTime":');
  });

  it('sends it to the region of the bus', async () => {
    const build = await built;
    const put = build.calls.find(({ args }) => args[1] === 'put-events');
    expect(put?.args.join(' ')).toContain('--region eu-central-1');
  });
});

describeBuild('when a purge build deletes', () => {
  const built = purge({}, { engine: succeeding }, { ...usualVariables, INCLUDED_TYPES: '' });

  it('plans both passes before it deletes in both', async () => {
    const build = await built;
    const steps = build.runs.map((run) => `${run.split(' ')[2]}${run.includes('--no-dry-run') ? '!' : '?'}`);
    expect(steps).toEqual(['tag.yaml?', 'age.yaml?', 'tag.yaml!', 'age.yaml!']);
    expect(build.status).toBe(0);
  });

  it('stamps what has no date and bears no readable stamp, but nothing of ours', async () => {
    const build = await built;
    const stamping = build.calls.find(({ args }) => args[1] === 'tag-resources')?.args ?? [];
    expect(stamping.filter((one) => one.startsWith('arn:'))).toEqual([
      'arn:aws:elasticfilesystem:eu-west-1:200000000000:file-system/fs-1',
      'arn:aws:sns:eu-west-1:200000000000:edited',
      'arn:aws:sqs:eu-west-1:200000000000:jobs',
    ]);
    expect(stamping.join(' ')).toMatch(/--tags spa-first-seen=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /);
  });

  it('reports what it deleted', async () => {
    const build = await built;
    expect(reportOf(build).detail.Message).toContain('deleted\tEC2Instance\teu-west-1\ti-0marked\n');
  });
});

describeBuild('when some resources resist', () => {
  const built = purge({});

  it('fails, and says what is left and why', async () => {
    const build = await built;
    const { resources, unlisted } = readEngineLog(
      [runs['tag-run'].log, runs['age-run'].log].join('\n').split('\n'),
    );
    const stopped = 'not all could be deleted: failed';

    expect(build.status).toBe(1);
    expect(reportOf(build).detail.Message).toBe(
      purgeReportText({ account, mode: '--force', stopped, resources, unlisted }),
    );
    expect(reportOf(build).detail.Message).toContain(
      'failed\tS3Bucket\teu-west-1\ts3://old-data\tBucketNotEmpty',
    );
  });
});

describeBuild('when the plan goes beyond a limit', () => {
  it('deletes nothing, fails and says so, where there are too many', async () => {
    const build = await purge({ MAXIMUM_DELETIONS: '2' });

    expect(build.status).toBe(1);
    expect(build.runs).toHaveLength(2);
    expect(reportOf(build).detail.Message).toContain('3 resources to delete, MAXIMUM_DELETIONS allows 2');
  });

  it('deletes, where there are just as many', async () => {
    expect((await purge({ MAXIMUM_DELETIONS: '3' }, { engine: succeeding })).status).toBe(0);
  });

  it('deletes nothing, where the plan holds an excluded type all the same', async () => {
    const build = await purge({ EXCLUDED_TYPES: 'SNSTopic, S3Bucket' });

    expect(build.status).toBe(1);
    expect(build.runs).toHaveLength(2);
  });

  it('still succeeds dry, and tells that it would stop', async () => {
    const build = await purge({ PURGE_MODE: '--dry-run', MAXIMUM_DELETIONS: '0' });

    expect(build.status).toBe(0);
    expect(reportOf(build).detail.Message).toContain('MAXIMUM_DELETIONS allows 0');
  });
});

describeBuild('when the engine is not the one that is pinned', () => {
  it.each([
    ['another content', 'a'.repeat(64)],
    ['no checksum', ''],
  ])('is never started: %s', async (_, sha256) => {
    const pinned = { url: 'https://engines.example/engine.tar.gz', sha256 };
    const instructions = purgeInstructions(requestFrom(usualVariables), { x86_64: pinned, aarch64: pinned });

    const build = await purge(purgeBuildVariables(instructions));

    expect(build.status).toBe(1);
    expect(build.runs).toEqual([]);
    expect(reportOf(build).detail.Message).toContain('pinned');
  });
});

describeBuild('when a plan is not for this account, or cannot be made', () => {
  it('refuses the instructions of another account', async () => {
    const build = await purge({}, { answers: { ...answers, 'sts get-caller-identity': '999999999999' } });

    expect(build.status).toBe(1);
    expect(build.runs).toEqual([]);
    expect(reportOf(build).detail.Message).toContain('PURGE_PLAN is for another account');
  });

  it('says which variables are wrong', async () => {
    const faults = [{ variable: 'TAG_VALUE', found: '', expected: 'TAG_KEY and TAG_VALUE together' }];

    const build = await purge(purgeBuildVariables(refusal(account, faults)));

    expect(build.status).toBe(1);
    expect(build.runs).toEqual([]);
    expect(reportOf(build).detail.Message).toContain('\nStopped: TAG_VALUE is "", expected TAG_KEY and');
  });

  it('stops with the words of the engine, nothing deleted', async () => {
    const fatal = '{"level":"fatal","msg":"unable to parse time yesterday"}\n';

    const build = await purge({}, { engine: { ...plans, age: { log: fatal, status: 1 } } });

    expect(build.status).toBe(1);
    expect(build.runs).toHaveLength(2);
    expect(reportOf(build).detail.Message).toContain(
      'Stopped: the build broke: unable to parse time yesterday',
    );
  });

  it('fails where the bus refuses the report', async () => {
    expect((await purge({}, { answers: { ...answers, 'events put-events': '1' } })).status).not.toBe(0);
  });
});
