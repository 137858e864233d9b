import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AwsAccess } from '#adapters/aws/access.ts';
import { createLocalFolder } from '#cli/report/local-folder.ts';
import { createProgressBar } from '#cli/report/progress-bar.ts';
import { reportCommand } from '#cli/report/report-command.ts';
import { reportCosts, type ReportCostsOptions } from '#cli/report/report-costs.ts';
import { inProcessClient } from '#emulator/in-process-client.ts';
import { webPath } from '#local/rates-door.ts';
import type { Story } from '../worlds.ts';
import { expectAsExpected, expectedFiles } from '../costs/alpha.ts';
import { breakRequests, tellOfAlpha } from './cost-stories.ts';

const alphaSettings = new URL('../data/alpha/settings.yaml', import.meta.url).pathname;

/** What a person has on a laptop: any credentials, and the environment that leads to the local cloud. */
const laptop =
  ({ cloud }: Story) =>
  (region: string): AwsAccess => ({
    region,
    clock: { now: () => new Date(cloud.clock.now()), sleep: async () => {} },
    client: inProcessClient(cloud, 'client'),
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    async fetchPage(url) {
      const path = webPath + encodeURIComponent(url);
      const request = {
        method: 'GET',
        path,
        query: new URLSearchParams(),
        headers: {},
        body: new Uint8Array(),
      };
      const { status, body } = await cloud.answer(request, 'client');
      return { status, text: Buffer.from(body).toString() };
    },
  });

async function reportOf(story: Story, given: Partial<ReportCostsOptions> = {}) {
  const output = mkdtempSync(join(tmpdir(), 'spa-report-'));
  const shown: string[] = [];
  const progress = { write: (text: string) => void shown.push(text) };
  const options = { settings: alphaSettings, month: undefined, output, json: false, progress, ...given };
  const outcome = await reportCosts(options, laptop(story));
  return { outcome, output: options.output, shown };
}

const filesIn = (folder: string) => globSync('**/*.*', { cwd: folder }).sort();

describe('when a person reports costs on a laptop', () => {
  it('finds the files that the monthly function writes, under the same names', async () => {
    const story = await tellOfAlpha();

    const { outcome, output } = await reportOf(story);

    expect(outcome).toEqual({
      exitStatus: 0,
      stdout: '',
      stderr: `2026-10: 14 files in ${output}; 3 requests to Cost Explorer, 0.03 USD\n`,
    });
    expect(filesIn(output)).toEqual(expectedFiles);
    for (const file of expectedFiles) expectAsExpected(file, readFileSync(join(output, file)));
  });

  it('leaves nothing in the bucket, and takes the rates that are there', async () => {
    const story = await tellOfAlpha({ fetchPage: async () => ({ status: 404, text: '' }) });
    await reportOf(story, { month: '2026-11' });
    const { s3 } = story.clients();
    const { ListObjectsV2Command, PutObjectCommand } = await import('@aws-sdk/client-s3');
    const Bucket = 'spademo-reports-123456789012';
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);

    const Body = JSON.stringify({ date: '2026-10-31', source: 'us', rates: { EUR: '2' } });
    await s3.send(new PutObjectCommand({ Bucket, Key: 'ExchangeRates/2026-10-31-open-er-api.json', Body }));
    const { output } = await reportOf(story);

    const { readWorkbook } = await import('../costs/read-workbook.ts');
    const path = 'SpaReports/Costs/Summary/2026/2026-10-Summary-charges-EUR.xlsx';
    const rates = readWorkbook(readFileSync(join(output, path))).at(-1);
    expect(rates?.rows[1]?.cells).toEqual(['EUR', 2, '2026-10-31', 'us']);
  });

  it('prints one JSON document for programs', async () => {
    const { outcome, output } = await reportOf(await tellOfAlpha(), { json: true });

    const { files, ...others } = JSON.parse(outcome.stdout) as { readonly files: readonly string[] };
    expect(others).toEqual({ month: '2026-10', output, withoutRate: [], requests: 3, price: '0.03 USD' });
    expect(files.toSorted()).toEqual(expectedFiles.map((file) => join(output, file)));
    expect(outcome.stderr).toBe('');
  });

  it('takes credentials of the management account as well', async () => {
    const story = await tellOfAlpha();
    const access = laptop(story);
    const output = mkdtempSync(join(tmpdir(), 'spa-report-'));
    const options = {
      settings: alphaSettings,
      month: undefined,
      output,
      json: false,
      progress: { write() {} },
    };

    const outcome = await reportCosts(options, (region) => ({
      ...access(region),
      credentials: { accessKeyId: 'LOCAL111111111111', secretAccessKey: 'x' },
    }));

    expect(outcome.exitStatus).toBe(0);
    expect(filesIn(output)).toEqual(expectedFiles);
  });
});

describe('when a report on a laptop cannot be made', () => {
  it('says that a currency has no rate, and that this is a finding', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spa-settings-'));
    const settings = join(folder, 'settings.yaml');
    writeFileSync(settings, readFileSync(alphaSettings, 'utf8').replace('["EUR"]', '[EUR, XYZ]'));

    const { outcome } = await reportOf(await tellOfAlpha(), { settings });

    expect(outcome.exitStatus).toBe(1);
    expect(outcome.stderr).toMatch(
      /14 files[^]*No exchange rates for XYZ: ExchangeRate-API.* does not know them/,
    );
  });

  it('says which role cannot be assumed, and writes nothing', async () => {
    const story = await tellOfAlpha();
    breakRequests(story, ({ headers, body }) =>
      headers['authorization']?.includes('/sts/') && Buffer.from(body).toString().includes('AssumeRole')
        ? { status: 403, code: 'AccessDenied' }
        : undefined,
    );

    const { outcome, output } = await reportOf(story);

    expect(outcome.exitStatus).toBe(1);
    expect(outcome.stderr).toMatch(/^Costs of 2026-10 are not reported: /);
    expect(filesIn(output)).toEqual([]);
  });

  it('says that a month has not begun', async () => {
    const { outcome } = await reportOf(await tellOfAlpha(), { month: '2026-12' });

    expect(outcome).toMatchObject({
      exitStatus: 2,
      stderr: '2026-12 has not begun yet: name 2026-11 or a month before\n',
    });
  });

  it('says which folder cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'spa-report-')), 'file');
    writeFileSync(file, '');

    const { outcome } = await reportOf(await tellOfAlpha(), { output: file });

    expect(outcome).toMatchObject({ exitStatus: 1, stderr: expect.stringContaining(file) });
  });

  it.each(['October', '2026-13', '2026-10-31'])('refuses %s, which is no month', async (month) => {
    const command = reportCommand({
      settingsFile: () => alphaSettings,
      progress: process.stderr,
      leave: () => {},
    });
    for (const each of [command, ...command.commands])
      each.exitOverride().configureOutput({ writeErr: () => {} });

    await expect(command.parseAsync(['costs', '--month', month], { from: 'user' })).rejects.toMatchObject({
      code: 'commander.invalidArgument',
    });
  });
});

describe('when a person waits for a report', () => {
  it('is told each part on a line of its own, where nothing can move', async () => {
    const { shown } = await reportOf(await tellOfAlpha());

    expect(shown).toEqual(['Asking Cost Explorer about 2026-10\n', 'Writing 14 files\n']);
  });

  it('sees a bar on a terminal, and nothing is left of it in the end', () => {
    let screen = '';
    const bar = createProgressBar({ isTTY: true, write: (text: string) => void (screen += text) });

    bar.begin('Asking');
    bar.advance();
    bar.begin('Writing');
    bar.advance(2);
    bar.advance(2);
    bar.end();

    expect(screen.split('\r\u001b[K')).toEqual([
      '',
      'Asking …',
      'Asking … 1',
      'Writing …',
      `Writing ${'█'.repeat(15)}${'░'.repeat(15)} 1/2`,
      `Writing ${'█'.repeat(30)} 2/2`,
      '',
    ]);
  });
});

describe('when keys become paths', () => {
  const { addressOf } = createLocalFolder('reports');

  it('stays within the folder, whatever the prefix of the settings is', () => {
    expect(addressOf('../../etc/x.csv')).toBe('reports/etc/x.csv');
    expect(addressOf('/a/./b/x.csv')).toBe('reports/a/b/x.csv');
  });

  it('shortens names that no file may have, each to another one', () => {
    const [one = '', two = ''] = ['é', 'ê'].map((end) => addressOf(`${'ü'.repeat(130)}${end}-services.csv`));

    expect(one).toMatch(/^reports\/ü+-[\da-f]{8}\.csv$/);
    expect(Buffer.byteLength(one.replace('reports/', ''))).toBeLessThanOrEqual(255);
    expect(one).not.toBe(two);
  });
});
