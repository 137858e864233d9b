import { expect, it } from 'vitest';
import { readEngineLog } from '#domain/purge/engine-log.ts';
import { purgeReportText } from '#domain/purge/purge-report.ts';
import { describeBuild } from './build-machine.ts';
import { reportOf, reportsOf } from './stand-ins.ts';
import { purge } from './purge-build-run.ts';
import { account } from './requests.ts';

describeBuild('when variables hold what a shell would obey', () => {
  it.each(['--force; touch owned', '$(touch owned)', '`touch owned`', '--force\n--dry-run', "'", '"'])(
    'refuses the mode %j and runs nothing',
    async (mode) => {
      const build = await purge({ PURGE_MODE: mode, ENVIRONMENT_IDENTIFIER: `"},${mode}` });

      expect(build.status).toBe(1);
      expect(build.runs).toEqual([]);
      expect(reportOf(build).detail.Environment).toBe(`"},${mode}`);
    },
  );

  it('refuses a limit that is no number', async () => {
    expect((await purge({ MAXIMUM_DELETIONS: '1 -o 1 -eq 1' })).runs).toEqual([]);
  });

  it('keeps hostile names of resources inside the report', async () => {
    const name = `x"},{"Account":"1"}\u0007 $(touch owned) \u2028`;
    const line = JSON.stringify({
      type: 'S3Bucket',
      owner: 'eu-west-1',
      name,
      state: 'new',
      msg: '',
      level: 'info',
    });

    const build = await purge({ PURGE_MODE: '--dry-run' }, { engine: { tag: { log: `${line}\n` } } });

    expect(reportOf(build).detail.Account).toBe(account);
    expect(reportOf(build).detail.Message).toContain(`x"},{"Account":"1"}  $(touch owned)`);
  });

  it('sends a report that no event could hold in parts, and loses nothing of it', async () => {
    const lines = Array.from({ length: 6000 }, (_, index) =>
      JSON.stringify({
        type: 'S3Bucket',
        owner: 'eu-west-1',
        name: `bucket-"${index}"-with-a-long-name \u{1f9f9}`,
        state: 'new',
      }),
    );
    const { resources } = readEngineLog(lines);

    const build = await purge({ PURGE_MODE: '--dry-run' }, { engine: { tag: { log: lines.join('\n') } } });

    const reports = reportsOf(build);
    const told = { account, mode: '--dry-run', stopped: '', unlisted: [] };
    expect(reports.map(({ detail }) => detail.Message).join('')).toBe(
      purgeReportText({ ...told, resources }),
    );
    expect(reports.map(({ detail }) => detail.Part)).toEqual(reports.map((_, index) => index + 1));
    for (const { detail, bytes } of reports) {
      expect(bytes).toBeLessThan(250_000);
      expect(detail.Parts).toBe(reports.length);
      expect(detail.Time).toBe(reports[0]?.detail.Time);
    }
  });
});
