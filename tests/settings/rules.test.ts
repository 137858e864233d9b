import { describe, expect, it } from 'vitest';
import { required, settingsOf, tellings } from './sources.ts';

const tags = (count: number, letter = 't') =>
  `{${Array.from({ length: count }, (_, index) => `${letter}${index}: x`).join(', ')}}`;

describe('accounts that must never be touched', () => {
  const text = `${required}  protected_accounts: ['333333333333']
accounts:
  - identifier: '222222222222'
  - identifier: '333333333333'
  - identifier: '123456789012'
features:
  with_csv_files: [rows.csv]
`;

  it('are refused as items and in CSV files, while the automation account may be listed', () => {
    const files = { 'rows.csv': 'Account\n123456789012\n222222222222\n333333333333\n' };

    expect(tellings(text, { files })).toEqual([
      '7 accounts[0].identifier: found "222222222222", expected another account than the management account',
      '8 accounts[1].identifier: found "333333333333", expected an account that is not in automation.protected_accounts',
      'rows.csv:3 Account: found "222222222222", expected another account than the management account',
      'rows.csv:4 Account: found "333333333333", expected an account that is not in automation.protected_accounts',
    ]);
  });

  it('travel with the settings, the management account first', () => {
    const { book } = settingsOf(`${required}  protected_accounts: ['333333333333', '444444444444']\n`);

    expect(book.protectedAccounts).toEqual(['222222222222', '333333333333', '444444444444']);
  });
});

describe('the tag that keeps the state of accounts', () => {
  it('is not for settings to set, under whatever prefix', () => {
    const text = `${required}organizational_units:
  - identifier: ou-1
    account_tags: {spa-state: released, account-state: fine}
features:
  with_tag_prefix: spa-
`;

    expect(tellings(text)).toEqual([
      '7 organizational_units[0].account_tags.spa-state: found the key "spa-state", expected another key, since SPA keeps the state of accounts in this one',
    ]);
  });
});

describe('tags of an account', () => {
  it('are 48 at most, beside state and holder', () => {
    const text = (count: number) => `${required}defaults: {account_tags: ${tags(40)}}
organizational_units: [{identifier: ou-1, account_tags: ${tags(count, 'u')}}]
`;

    expect(tellings(text(8))).toEqual([]);
    expect(tellings(text(9))).toEqual([
      '6 organizational_units[0].account_tags: found 51 tags, expected 50 tags at most on an account, with defaults, state and holder',
    ]);
  });

  it('are counted once where several levels set the same key', () => {
    const text = `${required}defaults: {account_tags: ${tags(48)}}
accounts: [{identifier: '300000000000', account_tags: ${tags(48)}}]
`;

    expect(tellings(text)).toEqual([]);
  });

  it('are told once where the defaults alone are too many', () => {
    const text = `${required}defaults: {account_tags: ${tags(49)}}
accounts: [{identifier: '300000000000'}]
`;

    expect(tellings(text)).toHaveLength(1);
  });

  it('count those of CSV files too', () => {
    const text = `${required}defaults: {account_tags: ${tags(47)}}
accounts: [{identifier: '300000000000', account_tags: {a: 1}}]
features: {with_csv_files: [rows.csv]}
`;
    const files = { 'rows.csv': 'Account, Tag: b\n300000000000, x\n300000000001, x\n' };

    expect(tellings(text, { files })).toEqual([
      'rows.csv:2: found 51 tags, expected 50 tags at most on an account, with defaults, state and holder',
    ]);
  });
});

describe('what becomes a parameter', () => {
  const long = 'x'.repeat(8300);

  it('fits into 8 KB with defaults filled in, or is refused', () => {
    const text = (length: number) => `${required}defaults: {note: ${'d'.repeat(100)}}
accounts: [{identifier: '300000000000', purge: {variables: {LIST: ${'x'.repeat(length)}}}}]
`;

    expect(tellings(text(7900))).toEqual([]);
    expect(tellings(text(8000))).toEqual([
      expect.stringMatching(/^6 accounts\[0\]: found 8\d+ bytes, expected 8192 bytes at most as JSON/),
    ]);
  });

  it('is told once where the defaults alone are too long', () => {
    const text = `${required}defaults: {purge: {variables: {LIST: ${long}}}}
organizational_units: [{identifier: ou-1}, {identifier: ou-2}]
`;

    expect(tellings(text)).toEqual([expect.stringMatching(/^5 defaults: found 8\d+ bytes/)]);
  });

  it.each(['', long])('is a file of 1 to 8192 bytes', (content) => {
    const text = `${required}worker: {purge_buildspec_template_file: purge.yaml}
features: {with_end_user_documents: {Terms: terms.md}}
`;

    expect(tellings(text, { files: { 'purge.yaml': content, 'terms.md': content } })).toEqual([
      `5 worker.purge_buildspec_template_file: found purge.yaml of ${content.length} bytes, expected a file of 1 to 8192 bytes, the most that Parameter Store takes`,
      `6 features.with_end_user_documents.Terms: found terms.md of ${content.length} bytes, expected a file of 1 to 8192 bytes, the most that Parameter Store takes`,
    ]);
  });
});

describe('preparations', () => {
  const asAdministrator = (worker: string) =>
    settingsOf(`${required}worker: {${worker}}\n`, { files: { 'own.yaml': 'version: 0.2' } }).book
      .preparesAsAdministrator;
  const own = 'preparation_buildspec_template_file: own.yaml';
  const key = 'preparation_with_administrator_access';

  it('may do everything where they come with a build specification of their own, or the settings say so', () => {
    expect(asAdministrator('')).toBe(false);
    expect(asAdministrator(own)).toBe(true);
    expect(asAdministrator(`${key}: true`)).toBe(true);
  });

  it('may not, where the settings say so', () => {
    expect(asAdministrator(`${own}, ${key}: false`)).toBe(false);
  });

  it('are settled by true or false', () => {
    expect(tellings(`${required}worker: {${key}: 'yes'}\n`)).toEqual([
      `5 worker.${key}: found "yes", expected true or false, without quotes`,
    ]);
  });
});

describe('files that notifications name', () => {
  const text = `${required}defaults: {notifications: {feature: enabled, documents: {Welcome: welcome.md}}}
accounts:
  - identifier: '300000000000'
    notifications: {documents: {Welcome: special.md, Bye: welcome.md}}
`;

  it('are read, each once', () => {
    const settings = settingsOf(text, { files: { 'welcome.md': 'Hello', 'special.md': 'Hi' } });

    expect(settings.notificationDocuments).toEqual({
      'welcome.md': { path: 'welcome.md', text: 'Hello' },
      'special.md': { path: 'special.md', text: 'Hi' },
    });
  });

  it('are told where they are missing', () => {
    expect(tellings(text, { files: { 'welcome.md': 'Hello' } })).toEqual([
      expect.stringMatching(
        /^8 accounts\[0\].notifications.documents.Welcome: found "special.md", which is missing/,
      ),
    ]);
  });
});

describe('the tables of records', () => {
  const metering = (...lines: readonly string[]) =>
    `${required}metering:\n${lines.map((line) => `  ${line}\n`).join('')}`;

  it('are told apart, by whatever name', () => {
    expect(tellings(metering('activities_datastore: Same', 'shadows_datastore: Same'))).toEqual([
      '6 metering.activities_datastore: found "Same", expected another table than that of shadows_datastore',
      '7 metering.shadows_datastore: found "Same", expected another table than that of activities_datastore',
    ]);
    expect(tellings(metering('activities_datastore: ShadowsTable'))).toEqual([
      '6 metering.activities_datastore: found "ShadowsTable", expected another table than that of shadows_datastore',
    ]);
  });

  it('may change their names', () => {
    expect(tellings(metering('activities_datastore: ShadowsTable', 'shadows_datastore: Other'))).toEqual([]);
  });
});
