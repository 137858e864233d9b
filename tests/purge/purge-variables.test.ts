import { describe, expect, it } from 'vitest';
import { ageInHours } from '#domain/purge/maximum-age.ts';
import { purgeSettings } from '#domain/purge/purge-settings.ts';
import { purgeVariableFaults } from '#domain/purge/purge-variables.ts';
import { settingsFrom, usualVariables } from './requests.ts';

describe('an age', () => {
  it.each([
    ['5d', 120],
    ['2w', 336],
    ['9M', 6570],
    ['1y', 8760],
    ['10Y', 87_600],
    ['100y', 876_000],
  ])('of %s has %i hours', (text, hours) => {
    expect(ageInHours(text)).toBe(hours);
  });

  it.each([
    '',
    '0d',
    '-5d',
    '5',
    'd',
    '1.5y',
    '5 d',
    ' 5d',
    '5d ',
    '5D',
    '5m',
    '1y2M',
    '101y',
    '999999y',
    '5d\n',
    '٥d',
  ])('can not be read off %j', (text) => {
    expect(ageInHours(text)).toBeUndefined();
  });
});

describe('the variables of a purge', () => {
  it('are all right in every settings file of the predecessor', () => {
    expect(purgeVariableFaults({ ...usualVariables, PURGE_MODE: '--dry-run' })).toEqual([]);
    expect(purgeVariableFaults({ MAXIMUM_AGE: '10Y' })).toEqual([]);
    expect(purgeVariableFaults({ PURGE_MESSAGE: '$(anything)', PURGE_EMAIL: 'x' })).toEqual([]);
  });

  it.each([
    ['MAXIMUM_AGE', '3 months'],
    ['PURGE_MODE', '--force; rm -rf /'],
    ['PURGE_MODE', 'force'],
    ['TAG_KEY', 'a\nb: c'],
    ['TAG_KEY', 'x'.repeat(129)],
    ['TAG_KEY', 'aws:created-by'],
    ['TAG_VALUE', 'x'.repeat(257)],
    ['TAG_VALUE', 'half a \ud83d pair'],
    ['REGIONS', 'eu-west-1, europe'],
    ['PROTECTED_TAG', '=yes'],
    ['PROTECTED_RESOURCES', 'vault, *'],
    ['INCLUDED_TYPES', 'EC2Instance, KinesisStream'],
    ['INCLUDED_TYPES', 'IAMRole'],
    ['EXCLUDED_TYPES', 'EC2Instnce'],
    ['MAXIMUM_DELETIONS', 'many'],
    ['MAXIMUM_DELETIONS', '-1'],
  ])('are refused where %s is %j', (variable, found) => {
    const faults = purgeVariableFaults({ ...usualVariables, [variable]: found });

    expect(faults).toEqual([{ variable, found, expected: expect.stringMatching(/\w/) }]);
  });

  it('are refused all at once', () => {
    const faults = purgeVariableFaults({ MAXIMUM_AGE: 'old', PURGE_MODE: 'now', MAXIMUM_DELETIONS: 'few' });

    expect(faults.map(({ variable }) => variable)).toEqual([
      'MAXIMUM_AGE',
      'PURGE_MODE',
      'MAXIMUM_DELETIONS',
    ]);
  });

  it.each([{ TAG_KEY: 'purge' }, { TAG_VALUE: 'me' }, { TAG_KEY: 'purge', TAG_VALUE: '' }])(
    'do not mark by half a tag: %j',
    (variables) => {
      expect(purgeSettings(variables)).toMatchObject({ outcome: 'refused', faults: [{ found: '' }] });
    },
  );
});

describe('the settings of a purge', () => {
  it('ask for nothing, and only dry, when no variable is set', () => {
    expect(settingsFrom({})).toMatchObject({
      mode: '--dry-run',
      markedBy: undefined,
      maximumAgeInHours: undefined,
      regions: ['all'],
      maximumDeletions: undefined,
    });
  });

  it('take an empty variable for one that is not set', () => {
    expect(settingsFrom({ MAXIMUM_AGE: '', TAG_KEY: '', REGIONS: '', MAXIMUM_DELETIONS: '' })).toEqual(
      settingsFrom({}),
    );
  });

  it('read every variable', () => {
    const settings = settingsFrom({
      ...usualVariables,
      REGIONS: 'eu-west-1;global eu-west-1',
      PROTECTED_TAG: 'keep=a=b',
      PROTECTED_RESOURCES: 'vault, db-*',
      INCLUDED_TYPES: 'EC2Instance, S3Bucket',
      EXCLUDED_TYPES: 'S3Bucket',
      MAXIMUM_DELETIONS: '0',
    });

    expect(settings).toEqual({
      mode: '--force',
      markedBy: { key: 'purge', value: 'me' },
      maximumAgeInHours: 6570,
      regions: ['eu-west-1', 'global'],
      protectedTag: { key: 'keep', value: 'a=b' },
      protectedResources: ['vault', 'db-*'],
      types: ['EC2Instance'],
      maximumDeletions: 0,
    });
  });

  it('take all regions as soon as one word says so', () => {
    expect(settingsFrom({ REGIONS: 'eu-west-1, all' }).regions).toEqual(['all']);
  });
});
