import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { ItemSettings, SettingsBook } from '#domain/settings/settings.ts';
import { parseWorld } from '#local/world/parse-world.ts';
import { personAt } from '#local/world/sample-people.ts';
import { sampleWorld } from '#local/world/sample-world.ts';
import { worldFaults } from '#local/world/world-faults.ts';

const today = new Date('2026-11-22T15:00:00Z');
const management = accountId('111111111111');
const automation = accountId('123456789012');
const nothing: ItemSettings = { accountTags: {}, preparation: { variables: {} }, purge: { variables: {} } };
const threeUnits = {
  'ou-1': { ...nothing, note: 'Alpha Sandboxes' },
  'ou-2': nothing,
  'ou-3': { ...nothing, note: 'Gamma Sandboxes' },
};

describe('the sample world', () => {
  it('is a sound world under the settings that it was made for', () => {
    const settings = settingsWith({ units: threeUnits });
    const world = sampleWorld(settings, today);

    expect(parseWorld(JSON.stringify(world), 'sample')).toEqual(world);
    expect(worldFaults(world, settings, 'sample')).toEqual([]);
  });

  it('spreads 30 personal accounts of people evenly over the units of the settings', () => {
    const world = sampleWorld(settingsWith({ units: threeUnits }), today);

    const active = world.accounts.filter(({ state }) => state === 'ACTIVE');
    const sizes = Object.keys(threeUnits).map(
      (unit) => active.filter((account) => account.unit === unit).length,
    );
    expect(sizes).toEqual([10, 10, 10]);
    expect(world.units.map(({ name }) => name)).toEqual([
      'Alpha Sandboxes',
      'Sandboxes 2',
      'Gamma Sandboxes',
      'Shared Services',
    ]);
    expect(new Set(world.accounts.map(({ email }) => email)).size).toBe(world.accounts.length);
    expect(world.accounts.every(({ tags }) => Object.keys(tags).length === 0)).toBe(true);
  });

  it('has the central accounts, some outside of the units, and one suspended', () => {
    const world = sampleWorld(settingsWith({ units: threeUnits }), today);
    const { root } = world.organization;
    const inPlace = (unit: string) => world.accounts.filter((account) => account.unit === unit);

    expect(world.organization.managementAccount).toBe(management);
    expect(inPlace(root).map(({ id }) => id)).toEqual(expect.arrayContaining([management, automation]));
    expect(inPlace(root)).toHaveLength(4);
    expect(inPlace('ou-shared-services')).toHaveLength(2);
    expect(world.accounts.filter(({ state }) => state === 'SUSPENDED')).toMatchObject([{ unit: 'ou-1' }]);
  });

  it('counts the accounts that the settings list among the 30, by their notes', () => {
    const world = sampleWorld(
      settingsWith({
        units: threeUnits,
        accounts: { '200000000001': { ...nothing, note: 'Written by hand' }, [automation]: nothing },
        rows: { '300000000000': { note: 'From a row' }, '300000000001': {} },
      }),
      today,
    );

    const inUnits = world.accounts.filter(({ unit, state }) => unit in threeUnits && state === 'ACTIVE');
    expect(inUnits).toHaveLength(30);
    expect(new Set(inUnits.map(({ id }) => id)).size).toBe(30);
    expect(inUnits.filter(({ id }) => id === '200000000001')).toMatchObject([{ name: 'Written by hand' }]);
    expect(inUnits.map(({ name }) => name)).toContain('From a row');
    expect(world.accounts.filter(({ id }) => id === automation)).toMatchObject([{ unit: 'r-ab12' }]);
    expect(world.resources.map(({ account }) => account)).not.toContain(automation);
  });

  it('lists every account of a large settings file, and bills a hundred', () => {
    const rows = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [`${400_000_000_000 + index}`, {}]),
    );
    const world = sampleWorld(settingsWith({ units: threeUnits, rows }), today);

    expect(world.accounts.filter(({ id }) => id in rows)).toHaveLength(2000);
    expect(world.accounts).toHaveLength(2000 + 2 + 5);
    expect(new Set(world.costs.map(({ account }) => account)).size).toBe(100);
  });

  it('stands without units, outside of all management', () => {
    const world = sampleWorld(settingsWith({}), today);

    expect(world.units).toHaveLength(1);
    expect(world.accounts.filter(({ unit }) => unit === 'ou-shared-services')).toHaveLength(33);
    expect(world.resources).toEqual([]);
  });

  it('is the same for the same settings and day', () => {
    const settings = settingsWith({ units: threeUnits });

    expect(sampleWorld(settings, today)).toEqual(sampleWorld(settings, today));
  });

  it('bills two complete months and the running one up to yesterday', () => {
    const { costs } = sampleWorld(settingsWith({ units: threeUnits }), today);
    const dates = costs.map(({ date }) => date).sort();

    expect([dates[0], dates.at(-1)]).toEqual(['2026-09-01', '2026-11-21']);
    expect(new Set(costs.map(({ recordType }) => recordType))).toEqual(new Set(['Usage', 'Tax', 'Credit']));
    expect(costs.every(({ amount }) => /^-?\d+\.\d+$/.test(amount))).toBe(true);
  });

  it('knows the rates of common currencies', () => {
    expect(sampleWorld(settingsWith({}), today).rates).toMatchObject({ EUR: 0.92, GBP: 0.79 });
  });

  it('holds resources that are old, new, marked as the settings say, and protected', () => {
    const marked = { ...nothing, purge: { variables: { TAG_KEY: 'clean', TAG_VALUE: 'yes' } } };
    const { resources } = sampleWorld(settingsWith({ units: threeUnits, defaults: marked }), today);

    expect(resources.filter(({ tags }) => tags['clean'] === 'yes')).not.toEqual([]);
    expect(resources.map(({ created }) => created)).toEqual(
      expect.arrayContaining(['2025-09-18', '2026-11-18']),
    );
    expect(resources.map(({ id }) => id)).toContain('AWSControlTowerExecution');
    expect(new Set(resources.map(({ account }) => account)).size).toBe(30);
  });
});

describe('the people of the sample', () => {
  it('have each a name of their own, and an address of their own however many they are', () => {
    const people = Array.from({ length: 10_000 }, (_, index) => personAt(index));

    expect(new Set(people.slice(0, 1147).map(({ name }) => name)).size).toBe(1147);
    expect(new Set(people.map(({ email }) => email)).size).toBe(10_000);
  });
});

function settingsWith(book: Partial<SettingsBook>) {
  return {
    automation: {
      accountId: automation,
      region: 'eu-west-1',
      managementRoleArn: `arn:aws:iam::${management}:role/Management`,
      managementAccount: management,
      memberRoleName: 'AWSControlTowerExecution',
      tags: {},
      verbosity: 'INFO' as const,
      protectedAccounts: [],
    },
    book: {
      tagPrefix: 'account-',
      protectedAccounts: [management],
      automationAccount: automation,
      defaults: nothing,
      units: {},
      accounts: {},
      rows: {},
      ...book,
    },
  };
}
