import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveSettings, explainSettings, storedAccount } from '#domain/settings/effective-settings.ts';
import type { ItemSettings, SettingsBook } from '#domain/settings/settings.ts';
import { account, required, rightReading, settingsOf } from './sources.ts';

const bookOf = (text: string, files: Readonly<Record<string, string>> = {}) =>
  settingsOf(required + text, { files }).book;

const levels = `defaults:
  note: of all
  account_tags: {level: defaults, managed-by: SPA}
  unset_tags: [Old]
  preparation: {feature: disabled, variables: {BUDGET: 100, NAME: Spa}}
organizational_units:
  - identifier: ou-1
    account_tags: {level: unit, cost-center: Alpha}
    preparation: {feature: enabled, variables: {BUDGET: 200}}
    purge: {feature: enabled, variables: {AGE: 9M}}
  - identifier: ou-2
    unset_tags: []
accounts:
  - identifier: '100000000001'
    note: of one
    account_tags: {level: item}
    purge: {feature: disabled}
features:
  with_csv_files: [a.csv, b.csv]
`;
const files = {
  'a.csv':
    'Account, Tag: level, Preparation: BUDGET\n100000000001, first file,\n100000000002, first file, 300\n',
  'b.csv': 'Account, Tag: level\n100000000001, second file\n',
};
const book = bookOf(levels, files);

describe('an account in a listed unit, listed itself, and in CSV files', () => {
  const settings = effectiveSettings(book, { id: account(1), path: ['ou-1'] });

  it('takes each tag and variable from the strongest level that sets it', () => {
    expect(settings?.accountTags).toEqual({
      level: 'second file',
      'managed-by': 'SPA',
      'cost-center': 'Alpha',
    });
    expect(settings?.preparation).toEqual({ feature: 'enabled', variables: { BUDGET: '200', NAME: 'Spa' } });
    expect(settings?.purge).toEqual({ feature: 'disabled', variables: { AGE: '9M' } });
    expect(settings).toMatchObject({ note: 'of one', unsetTags: ['Old'], unit: 'ou-1' });
  });
});

describe('an account that only a CSV file names', () => {
  it('keeps the settings of its unit', () => {
    const settings = effectiveSettings(book, { id: account(2), path: ['ou-1'] });

    expect(settings?.purge.feature).toBe('enabled');
    expect(settings?.preparation.variables).toEqual({ BUDGET: '300', NAME: 'Spa' });
  });

  it('is managed wherever it is', () => {
    const settings = effectiveSettings(book, { id: account(2), path: [] });

    expect(settings?.accountTags).toEqual({ level: 'first file', 'managed-by': 'SPA' });
    expect(settings?.unit).toBeUndefined();
  });
});

describe('an account in a unit', () => {
  it('takes the settings of the nearest listed unit above it, and of that one only', () => {
    const near = effectiveSettings(book, { id: account(3), path: ['ou-1', 'ou-2', 'ou-other'] });

    expect(near?.unit).toBe('ou-2');
    expect(near?.accountTags).toEqual({ level: 'defaults', 'managed-by': 'SPA' });
    expect(near?.preparation.feature).toBe('disabled');
  });

  it('can be told to remove no tags, against the defaults', () => {
    expect(effectiveSettings(book, { id: account(3), path: ['ou-2'] })?.unsetTags).toEqual([]);
  });

  it('is not managed where no unit above it is listed', () => {
    expect(effectiveSettings(book, { id: account(3), path: ['ou-other'] })).toBeUndefined();
    expect(effectiveSettings(book, { id: account(3), path: [] })).toBeUndefined();
    expect(effectiveSettings(book, { id: account(3), path: ['constructor'] })).toBeUndefined();
  });
});

describe('an account for which nothing is said', () => {
  it('is neither prepared nor purged', () => {
    const bare = bookOf('organizational_units: [{identifier: ou-1}]\n');

    expect(effectiveSettings(bare, { id: account(1), path: ['ou-1'] })).toEqual({
      note: '',
      unit: 'ou-1',
      accountTags: {},
      unsetTags: [],
      preparation: { feature: 'disabled', variables: {} },
      purge: { feature: 'disabled', variables: {} },
      notifications: { feature: 'disabled', documents: {}, placeholders: {} },
    });
  });
});

describe('the automation account', () => {
  it('is prepared and never purged, whatever its unit says', () => {
    const settings = effectiveSettings(book, { id: book.automationAccount, path: ['ou-1'] });

    expect(settings?.preparation.feature).toBe('enabled');
    expect(settings?.purge.feature).toBe('disabled');
  });
});

describe('a protected account', () => {
  it('is not managed although it sits in a listed unit', () => {
    const guarded: SettingsBook = { ...book, protectedAccounts: [account(7)] };

    expect(effectiveSettings(book, { id: account(7), path: ['ou-1'] })).toBeDefined();
    expect(effectiveSettings(guarded, { id: account(7), path: ['ou-1'] })).toBeUndefined();
    expect(explainSettings(guarded, { id: account(7), path: ['ou-1'] })).toBeUndefined();
  });
});

describe('what is stored for people', () => {
  it('has the CSV rows of accounts written in the YAML file, and not those of others', () => {
    expect(storedAccount(book, account(1))?.account_tags).toEqual({
      level: 'second file',
      'managed-by': 'SPA',
    });
    expect(storedAccount(book, account(2))).toBeUndefined();
  });
});

describe('settings on their way to functions', () => {
  it('survive JSON', () => {
    expect(JSON.parse(JSON.stringify(book))).toEqual(book);
  });
});

describe('an explanation', () => {
  it('names the place that gave each value', () => {
    const { settings, rows } = rightReading(required + levels, { files });

    const values = explainSettings(settings.book, { id: account(1), path: ['ou-1'] }, rows) ?? [];

    expect(values.map(({ keyPath, origin }) => `${keyPath}: ${origin}`)).toEqual([
      'note: accounts item',
      'account_tags.level: b.csv line 2',
      'account_tags.managed-by: defaults',
      'account_tags.cost-center: unit ou-1',
      'unset_tags: defaults',
      'preparation.feature: unit ou-1',
      'preparation.variables.BUDGET: unit ou-1',
      'preparation.variables.NAME: defaults',
      'purge.feature: accounts item',
      'purge.variables.AGE: unit ou-1',
      'notifications.feature: built in',
    ]);
  });

  it('says CSV files where their rows are not at hand', () => {
    const values = explainSettings(book, { id: account(2), path: [] }) ?? [];

    expect(values).toContainEqual({
      keyPath: 'account_tags.level',
      value: 'first file',
      origin: 'CSV files',
    });
  });

  it('gives for any settings the very values that hold', () => {
    const texts = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'), fc.string(), {
      maxKeys: 3,
    });
    const feature = fc.constantFrom('enabled' as const, 'disabled' as const);
    const work = fc.record({ feature, variables: texts }, { requiredKeys: ['variables'] });
    const level: fc.Arbitrary<ItemSettings> = fc.record(
      { note: fc.string({ minLength: 1 }), accountTags: texts, preparation: work, purge: work },
      { requiredKeys: ['accountTags', 'preparation', 'purge'] },
    );
    fc.assert(
      fc.property(level, level, level, level, (defaults, unit, item, row) => {
        const any: SettingsBook = {
          ...book,
          defaults,
          units: { 'ou-1': unit },
          accounts: { [account(1)]: item },
          rows: { [account(1)]: row },
        };
        const placed = { id: account(1), path: ['ou-1'] };

        const settings = effectiveSettings(any, placed);
        const explained = explainSettings(any, placed)?.map(({ keyPath, value }) => [keyPath, value]);

        expect(explained).toContainEqual(['purge.feature', settings?.purge.feature]);
        for (const [key, value] of Object.entries(settings?.accountTags ?? {})) {
          expect(explained).toContainEqual([`account_tags.${key}`, value]);
          const strongest = [row, item, unit, defaults].find((one) => Object.hasOwn(one.accountTags, key));
          expect(value).toBe(strongest?.accountTags[key]);
        }
      }),
    );
  });
});
