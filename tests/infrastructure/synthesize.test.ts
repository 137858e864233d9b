import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { UnknownRegion } from '#infrastructure/check-region.ts';
import { synthesize } from '#infrastructure/synthesize.ts';
import { systemOf } from './system-of.ts';
import { settingsFrom } from './settings-from.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'spa-synthesis-'));
const options = (output = newFolder()) => ({ output, identityCenterRegions: [], validate: false });
const settings = await loadSettings('settings.example.yaml', {});
const first = options();
const stacks = await synthesize(settings, first);

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

  it('gives the same code and templates when nothing has changed, and forgets what it gave before', async () => {
    const again = options();
    await synthesize({ ...settings, environment: 'Earlier' }, again);

    await synthesize(settings, again);

    expect(readdirSync(again.output)).toEqual(readdirSync(first.output));
    const texts = readdirSync(first.output).filter((file) => /(template|assets|manifest)\.json$/.test(file));
    expect(texts.length).toBeGreaterThan(7);
    for (const file of texts) {
      expect(readFileSync(join(again.output, file), 'utf8')).toBe(
        readFileSync(join(first.output, file), 'utf8'),
      );
    }
  });

  it('touches nothing else in a folder that holds something else', async () => {
    const { output } = options();
    writeFileSync(join(output, 'manifest.json'), 'mine');
    writeFileSync(join(output, 'precious.txt'), 'mine');

    await synthesize(settings, options(output));

    expect(existsSync(join(output, 'precious.txt'))).toBe(true);
  });

  it.each(['eu-west-9', 'us-gov-west-1', 'cn-north-1'])(
    'refuses region %s, where it cannot be',
    async (region) => {
      const elsewhere = { ...settings, automation: { ...settings.automation, region } };

      await expect(synthesize(elsewhere, options())).rejects.toThrow(UnknownRegion);
      await expect(synthesize(settings, { ...options(), identityCenterRegions: [region] })).rejects.toThrow(
        UnknownRegion,
      );
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
