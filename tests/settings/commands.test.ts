import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { checkSettings } from '#cli/settings/check-settings.ts';
import { explainSettings } from '#cli/settings/explain-settings.ts';
import { settingsSchema } from '#cli/settings/settings-schema.ts';
import { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import { required } from './sources.ts';

let folder = '';
const environment = {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spa-settings-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

describe('spa settings check', () => {
  it('sums up what is right, for people', () => {
    write('rows.csv', 'Account\n100000000001\n');
    const settings = write('settings.yaml', `${required}features: {with_csv_files: [rows.csv]}\n`);

    const outcome = checkSettings({ settings, json: false, environment });

    expect(outcome.exitStatus).toBe(0);
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).toContain(`${settings} is right.`);
    expect(outcome.stderr).toMatch(/environment +SpaBeta\n/);
    expect(outcome.stderr).toMatch(/accounts +0 listed, 1 more in CSV files\n/);
  });

  it('tells what is wrong, for people', () => {
    const settings = write('settings.yaml', `${required}x: 1\ny: 2\n`);

    const outcome = checkSettings({ settings, json: false, environment });

    expect(outcome).toMatchObject({ exitStatus: 1, stdout: '' });
    expect(outcome.stderr.split('\n')).toEqual([
      `${settings} has 2 faults:`,
      expect.stringContaining(`${settings}:5 x: found the unknown key "x", expected one of`),
      expect.stringContaining(`${settings}:6 y: found the unknown key "y", expected one of`),
      '',
    ]);
  });

  it('tells what is wrong, for programs', () => {
    const settings = write('settings.yaml', required.replace('eu-west-1', 'here'));

    const outcome = checkSettings({ settings, json: true, environment });

    expect(outcome).toMatchObject({ exitStatus: 1, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toEqual({
      valid: false,
      faults: [
        {
          file: settings,
          line: 3,
          keyPath: 'automation.region',
          found: '"here"',
          expected: 'a region of AWS, such as eu-west-1',
          message: 'found "here", expected a region of AWS, such as eu-west-1',
        },
      ],
    });
  });

  it('sums up what is right, for programs', () => {
    const settings = write('settings.yaml', required);

    const { exitStatus, stdout } = checkSettings({ settings, json: true, environment });

    expect(exitStatus).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, faults: [], summary: { units: 0, rows: 0 } });
  });
});

describe('settings that can not be read', () => {
  it.each([
    [
      'are missing',
      'nowhere.yaml',
      undefined,
      'found a file which is missing, expected a settings file (copy settings',
    ],
    ['are a folder', '.', undefined, 'found a file which is a folder'],
    ['are not in UTF-8', 'latin.yaml', Uint8Array.of(0xe9), 'found a file which is not in UTF-8'],
  ])('%s', (_, name, content, telling) => {
    const settings = content ? write(name, content) : join(folder, name);

    const outcome = checkSettings({ settings, json: false, environment });

    expect(outcome.exitStatus).toBe(1);
    expect(outcome.stderr).toContain(`${settings}: ${telling}`);
  });

  it('stop whoever loads them, with every fault', async () => {
    const path = write('settings.yaml', `${required}x: 1\n`);

    const loading = loadSettings(path, environment);

    await expect(loading).rejects.toThrow(InvalidSettings);
    await expect(loading).rejects.toMatchObject({ faults: [{ keyPath: 'x', line: 5 }] });
  });
});

describe('files that the settings name', () => {
  it('lie beside the settings file', async () => {
    write('conf/builds/purge.yaml', 'beside');
    const path = write(
      'conf/settings.yaml',
      `${required}worker: {purge_buildspec_template_file: builds/purge.yaml}\n`,
    );

    const { worker } = await loadSettings(path, environment);

    expect(worker.purgeBuildspec).toEqual({ path: join(folder, 'conf/builds/purge.yaml'), text: 'beside' });
  });

  it('lie in the working directory, where there is none beside', async () => {
    const path = write('settings.yaml', `${required}worker: {purge_buildspec_template_file: package.json}\n`);

    const { worker } = await loadSettings(path, environment);

    expect(worker.purgeBuildspec?.path).toBe('package.json');
  });

  it('lie nowhere else than beside, if they are CSV files', () => {
    const settings = write('settings.yaml', `${required}features: {with_csv_files: [package.json]}\n`);

    const { stderr } = checkSettings({ settings, json: false, environment });

    expect(stderr).toContain('found "package.json", which is missing, expected a file in UTF-8');
  });

  it('may begin with a byte order mark', async () => {
    write('rows.csv', '\uFEFFAccount\n100000000001\n');
    const path = write('settings.yaml', `${required}features: {with_csv_files: [rows.csv]}\n`);

    const { book } = await loadSettings(path, environment);

    expect(Object.keys(book.rows)).toEqual(['100000000001']);
  });
});

describe('spa settings explain', () => {
  const text = `${required}organizational_units: [{identifier: ou-1, purge: {feature: enabled}}]
accounts: [{identifier: '100000000001', account_tags: {team: a}}]
`;
  const explain = (account: string, unit?: string, json = false) =>
    explainSettings({ account, unit, json, settings: write('settings.yaml', text), environment });

  it('prints each value and where it comes from', () => {
    const outcome = explain('100000000001', 'ou-1');

    expect(outcome).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/^account_tags\.team +a +accounts item$/m);
    expect(outcome.stdout).toMatch(/^purge\.feature +enabled +unit ou-1$/m);
  });

  it('prints a document for programs', () => {
    const { stdout } = explain('100000000001', 'ou-1', true);

    expect(JSON.parse(stdout)).toMatchObject({
      account: '100000000001',
      managed: true,
      unit: 'ou-1',
      settings: { account_tags: { team: 'a' }, purge: { feature: 'enabled', variables: {} } },
    });
    expect(stdout).toContain('"origin": "unit ou-1"');
  });

  it('remarks what it can not know', () => {
    expect(explain('100000000001').stderr).toContain('Without --unit');
    expect(explain('100000000001', 'ou-2').stderr).toContain('ou-2 is not in the settings');
  });

  it.each([
    ['100000000009', 'listed nowhere (name its organizational unit with --unit)'],
    ['222222222222', 'it is protected'],
  ])('finds that %s is not managed', (account, reason) => {
    expect(explain(account)).toMatchObject({ exitStatus: 1, stderr: expect.stringContaining(reason) });
    expect(JSON.parse(explain(account, undefined, true).stdout)).toEqual({ account, managed: false });
  });

  it.each([
    ['12', 'ou-1'],
    ['100000000001', 'r-1'],
  ])('refuses %s in %s as wrong usage', (account, unit) => {
    expect(explain(account, unit).exitStatus).toBe(2);
  });

  it('explains nothing by settings that are wrong', () => {
    const settings = write('wrong.yaml', 'x: 1\n');

    const outcome = explainSettings({ account: '100000000001', json: true, settings, environment });

    expect(outcome.exitStatus).toBe(1);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ valid: false });
  });
});

describe('spa settings schema', () => {
  const { stdout } = settingsSchema();
  const schema = z.fromJSONSchema(JSON.parse(stdout));
  const sample = (name: string): unknown =>
    parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'), { merge: true });

  it.each([
    '../settings.example.yaml',
    'data/settings/settings.yaml',
    'data/settings/minimum-settings.yaml',
    'data/settings/settings-with-csv-files.yaml',
    'data/settings/settings-with-templates.yaml',
  ])('accepts %s', (name) => {
    expect(schema.safeParse(sample(name)).error).toBeUndefined();
  });

  it.each([
    { unknown: 1 },
    { accounts: [{}] },
    { automation: { region: 'here' } },
    { automation: { verbosity: 'LOUD' } },
  ])('refuses %j', (settings) => {
    expect(schema.safeParse(settings).success).toBe(false);
  });

  it('says which draft it is, and has patterns that every validator can compile', () => {
    const patterns = [...stdout.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g)].map(
      ([, pattern = '']): unknown => JSON.parse(pattern),
    );

    expect(JSON.parse(stdout)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect(patterns.length).toBeGreaterThan(10);
    expect(patterns.join()).not.toContain(String.raw`\p{`);
    for (const pattern of patterns) expect(() => new RegExp(String(pattern), 'u')).not.toThrow();
  });
});
