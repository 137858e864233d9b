import { describe, expect, it } from 'vitest';
import type { EngineConfiguration, EngineFilter } from '#domain/purge/engine-configuration.ts';
import { engineDate, goDuration } from '#domain/purge/engine-dates.ts';
import { EngineAborts, keeps } from '#domain/purge/filter-match.ts';
import type { EngineResource } from '#domain/purge/filter-model.ts';
import { judge } from '#domain/purge/filter-model.ts';
import { readEngineConfiguration } from '#domain/purge/read-engine-configuration.ts';

const now = new Date('2026-11-22T10:00:00Z');
const keepsIt = (filter: EngineFilter, found: string) => keeps(filter, found, now.getTime());

describe('a filter of the engine', () => {
  it.each<[EngineFilter, string[], string[]]>([
    [{ value: 'foo' }, ['foo'], ['fo', 'fooo', '']],
    [{ type: 'exact', value: '' }, [''], ['foo']],
    [{ type: 'contains', value: 'mba' }, ['bimbaz', 'mba'], ['bim-baz']],
    [{ type: 'prefix', value: 'ab' }, ['abc'], ['cab']],
    [{ type: 'suffix', value: 'ab' }, ['cab'], ['abc']],
    [{ type: 'regex', value: 'b[iao]sh' }, ['bish', 'a bash'], ['bush']],
    [{ type: 'In', values: ['a', 'b'] }, ['a', 'b'], ['c', '']],
    [{ type: 'NotIn', values: ['a', 'b'] }, ['c', ''], ['a', 'b']],
    [{ type: 'glob', value: 'b*sh' }, ['bsh', 'boooosh'], ['b/sh', 'wosh']],
    [{ type: 'glob', value: 'b?sh' }, ['bish'], ['bsh', 'b/sh', 'boosh']],
    [{ type: 'glob', value: 'a.b**' }, ['a.b/c/d'], ['aXb']],
    [{ value: 'foo', invert: true }, ['bar', ''], ['foo']],
  ])('%j keeps what it says and nothing else', (filter, kept, left) => {
    expect(kept.filter((found) => !keepsIt(filter, found))).toEqual([]);
    expect(left.filter((found) => keepsIt(filter, found))).toEqual([]);
  });

  it('of dates keeps the older ones, or the newer ones when inverted', () => {
    const older: EngineFilter = { type: 'dateOlderThanNow', value: '-24h' };

    expect(keepsIt(older, '2026-11-21T09:59:59Z')).toBe(true);
    expect(keepsIt(older, '2026-11-21T10:00:00Z')).toBe(false);
    expect(keepsIt({ ...older, invert: true }, '2026-11-21T10:00:00Z')).toBe(true);
  });

  it('of dates never holds for a missing date, so its inverse keeps it', () => {
    const filter: EngineFilter = { type: 'dateOlderThanNow', value: '-24h' };

    expect(keepsIt(filter, '')).toBe(false);
    expect(keepsIt({ ...filter, invert: true }, '')).toBe(true);
  });

  it('called dateOlderThan keeps what is younger than its duration', () => {
    expect(keepsIt({ type: 'dateOlderThan', value: '24h' }, '2026-11-22')).toBe(true);
    expect(keepsIt({ type: 'dateOlderThan', value: '24h' }, '2026-11-20')).toBe(false);
  });

  it.each<[EngineFilter, string]>([
    [{ type: 'dateOlderThanNow', value: '-24h' }, 'yesterday'],
    [{ type: 'dateOlderThanNow', value: '-1d' }, '2026-11-20'],
    [{ type: 'dateOlderThan', value: '9M' }, '2026-11-20'],
    [{ type: 'regex', value: '(' }, 'x'],
  ])('%j stops the engine at %j', (filter, found) => {
    expect(() => keepsIt(filter, found)).toThrow(EngineAborts);
  });
});

describe('the dates and durations of the engine', () => {
  it.each([
    ['1768471200', '2026-01-15T10:00:00.000Z'],
    ['2026-01-15', '2026-01-15T00:00:00.000Z'],
    ['2026/01/15', '2026-01-15T00:00:00.000Z'],
    ['2026-01-15T10:00:00Z', '2026-01-15T10:00:00.000Z'],
    ['2026-01-15T10:00:00.123456789+02:00', '2026-01-15T08:00:00.123Z'],
    ['2026-01-15 10:00:00 +0000 UTC', '2026-01-15T10:00:00.000Z'],
  ])('read %s', (text, instant) => {
    expect(new Date(engineDate(text) ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each([
    '15-01-2026',
    '2026-02-31',
    '2026-01-15T24:00:00Z',
    '2026-01-15T10:00:00.000+0000',
    'now',
    ' 2026-01-15',
  ])('do not read %j', (text) => {
    expect(engineDate(text)).toBeUndefined();
  });

  it.each([
    ['0', 0],
    ['-6570h', -6570 * 3_600_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['+2s', 2000],
  ])('count %s', (text, milliseconds) => {
    expect(goDuration(text)).toBe(milliseconds);
  });

  it.each(['', '-', '1d', '2w', '9M', '1y', '24', '3000000h'])('do not count %j', (text) => {
    expect(goDuration(text)).toBeUndefined();
  });
});

const account = '200000000000';

const configuration = (changes: Partial<EngineConfiguration>): EngineConfiguration => ({
  regions: ['all'],
  blocklist: ['111111111111'],
  'bypass-alias-check-accounts': [account],
  'resource-types': { includes: ['EC2Instance', 'S3Bucket'] },
  settings: {},
  accounts: { [account]: { presets: ['one', 'two'] } },
  presets: {
    one: { filters: { __global__: [{ property: 'tag:keep', value: 'yes' }] } },
    two: { filters: { EC2Instance: [{ value: 'i-0kept' }] } },
  },
  ...changes,
});

const resource = (changes: Partial<EngineResource>): EngineResource => ({
  type: 'EC2Instance',
  region: 'eu-west-1',
  identifier: 'i-1',
  properties: {},
  ...changes,
});

const verdict = (changes: Partial<EngineConfiguration>, one: Partial<EngineResource>) =>
  judge(configuration(changes), account, [resource(one)], now)[0]?.verdict;

describe('a run of the engine', () => {
  it('deletes what no filter keeps', () => {
    expect(verdict({}, {})).toBe('delete');
  });

  it('keeps what the filters of its type or of all types keep', () => {
    expect(verdict({}, { identifier: 'i-0kept' })).toBe('keep');
    expect(verdict({}, { properties: { 'tag:keep': 'yes' } })).toBe('keep');
    expect(verdict({}, { type: 'S3Bucket', identifier: 'i-0kept' })).toBe('delete');
  });

  it('deletes what has no properties, whatever the filters on them say', () => {
    const inverted = {
      one: { filters: { __global__: [{ property: 'tag:purge', value: 'me', invert: true }] } },
      two: { filters: {} },
    };

    expect(verdict({ presets: inverted }, { properties: {} })).toBe('keep');
    expect(verdict({ presets: inverted }, { properties: undefined })).toBe('delete');
  });

  it('passes over filters on the identifier of what has none', () => {
    expect(verdict({}, { identifier: undefined })).toBe('delete');
  });

  it('does not take inherited names for properties', () => {
    const presets = {
      one: { filters: { __global__: [{ property: 'constructor', type: 'regex', value: '.' }] } },
      two: { filters: {} },
    } as const;

    expect(verdict({ presets }, {})).toBe('delete');
  });

  it('keeps other regions and types, but takes an empty list of types for all', () => {
    expect(verdict({ regions: ['us-east-1'] }, {})).toBe('keep');
    expect(verdict({}, { type: 'KinesisStream' })).toBe('keep');
    expect(verdict({ 'resource-types': { includes: [] } }, { type: 'KinesisStream' })).toBe('delete');
  });

  it.each<[string, Partial<EngineConfiguration>]>([
    ['without a blocklist', { blocklist: [] }],
    ['on an account of the blocklist', { blocklist: [account] }],
    ['on an account that it is not told about', { accounts: {} }],
    ['with a preset that is nowhere', { presets: {} }],
  ])('does not begin %s', (_, changes) => {
    expect(() => verdict(changes, {})).toThrow(EngineAborts);
  });

  it.each(['value: 7', 'value: no', 'value: 2026-01-15', 'property: 1', 'type: older'])(
    'does not begin with a filter of %j',
    (line) => {
      const text = JSON.stringify(configuration({ presets: {} })).replace(
        '"presets":{}',
        `"presets": {"one": {"filters": {"__global__": [{${line}}]}}}`,
      );

      expect(() => readEngineConfiguration(text)).toThrow(EngineAborts);
    },
  );
});
