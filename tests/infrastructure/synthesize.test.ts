import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { UnknownRegion } from '#infrastructure/check-region.ts';
import { synthesize } from '#infrastructure/synthesize.ts';
import { systemOf } from './system-of.ts';
import { settingsFrom } from './settings-from.ts';

/** A folder in which somebody keeps files. */
function folderWith(...files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'spa-synthesis-'));
  for (const file of files) writeFileSync(join(folder, file), 'kept');
  return folder;
}

const optionsFor = (output: string) => ({ output, identityCenterRegions: [], validate: false });
const settings = await loadSettings('settings.example.yaml', {});
const folder = folderWith('precious.txt');
const stacks = await synthesize(settings, optionsFor(folder));

describe('synthesis', () => {
  it('tells where each stack belongs', () => {
    expect(stacks.map(({ name, place, account, region }) => [name, place, account, region])).toEqual([
      ['SpaDemoAutomation', 'automation', '123456789012', 'eu-west-1'],
      ['SpaDemoItems', 'automation', '123456789012', 'eu-west-1'],
      ['SpaDemoManagement', 'management', '222222222222', 'us-east-1'],
      ['SpaDemoManagement-eu-west-1', 'management', '222222222222', 'eu-west-1'],
      ['SpaDemoMember', 'member', undefined, undefined],
    ]);
  });

  it('gives the same when nothing has changed, forgets what it gave before, and leaves alone what is none', async () => {
    const other = folderWith('cdk.out', 'manifest.json', 'stale.json');

    await synthesize(settings, optionsFor(other));

    const texts = readdirSync(other).filter((file) => /(template|assets|manifest)\.json$/.test(file));
    expect(readdirSync(folder)).toEqual([...readdirSync(other), 'precious.txt'].toSorted());
    expect(texts.length).toBeGreaterThan(7);
    for (const file of texts) {
      expect(readFileSync(join(other, file), 'utf8')).toBe(readFileSync(join(folder, file), 'utf8'));
    }
    expect(existsSync(join(other, 'stale.json'))).toBe(false);
  });

  it.each(['eu-west-9', 'us-gov-west-1', 'cn-north-1'])(
    'refuses region %s, where it cannot be',
    async (region) => {
      const elsewhere = { ...settings, automation: { ...settings.automation, region } };

      const loginsThere = { ...optionsFor(folder), identityCenterRegions: [region] };

      await expect(synthesize(elsewhere, optionsFor(folder))).rejects.toThrow(UnknownRegion);
      await expect(synthesize(settings, loginsThere)).rejects.toThrow(UnknownRegion);
    },
  );
});

describe('settings that people have written for the system before', () => {
  it.each([
    'settings.yaml',
    'minimum-settings.yaml',
    'settings-with-csv-files.yaml',
    'settings-with-templates.yaml',
  ])('%s becomes stacks', async (file) => {
    const written = await loadSettings(join('tests/data/settings', file), {});

    const { stacks } = systemOf(written);

    expect(stacks.map(({ stack }) => stack.stackName)).toContain(`${written.environment}Automation`);
  });
});

describe('the least that settings may say', () => {
  it('becomes stacks too', async () => {
    expect(systemOf(await settingsFrom()).resources.length).toBeGreaterThan(100);
  });
});
