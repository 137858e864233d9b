import { expect, it } from 'vitest';
import { describeBuild, reportOf } from './build-machine.ts';
import { purge } from './purge-build-run.ts';
import { account } from './requests.ts';

describeBuild('when variables hold what a shell would obey', () => {
  it.each(['--force; touch owned', '$(touch owned)', '`touch owned`', '--force\n--dry-run', "'", '"'])(
    'refuses the mode %j and runs nothing',
    (mode) => {
      const build = purge({ PURGE_MODE: mode, ENVIRONMENT_IDENTIFIER: `"},${mode}` });

      expect(build.status).toBe(1);
      expect(build.runs).toEqual([]);
      expect(reportOf(build).detail.Environment).toBe(`"},${mode}`);
    },
  );

  it('refuses a limit that is no number', () => {
    expect(purge({ MAXIMUM_DELETIONS: '1 -o 1 -eq 1' }).runs).toEqual([]);
  });

  it('keeps hostile names of resources inside the report', () => {
    const name = `x"},{"Account":"1"}\u0007 $(touch owned) \u2028`;
    const line = JSON.stringify({
      type: 'S3Bucket',
      owner: 'eu-west-1',
      name,
      state: 'new',
      msg: '',
      level: 'info',
    });

    const build = purge({ PURGE_MODE: '--dry-run' }, { engine: { tag: { log: `${line}\n` } } });

    expect(reportOf(build).detail.Account).toBe(account);
    expect(reportOf(build).detail.Message).toContain(`x"},{"Account":"1"}  $(touch owned)`);
  });

  it('cuts a report that no event could hold, and says where the rest is', () => {
    const lines = Array.from({ length: 6000 }, (_, index) =>
      JSON.stringify({
        type: 'S3Bucket',
        owner: 'eu-west-1',
        name: `bucket-"${index}"-with-a-long-name`,
        state: 'new',
      }),
    );

    const build = purge(
      { PURGE_MODE: '--dry-run', CODEBUILD_BUILD_URL: 'https://builds.example/1' },
      { engine: { tag: { log: lines.join('\n') } } },
    );

    const { detail } = reportOf(build);
    expect(Buffer.byteLength(JSON.stringify(detail))).toBeLessThan(256 * 1024);
    expect(detail.Message).toContain('6000 planned');
    expect(detail.Message.trimEnd().endsWith('[cut: see https://builds.example/1]')).toBe(true);
  });
});
