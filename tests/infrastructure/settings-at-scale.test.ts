import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SettingsBook } from '#domain/settings/settings.ts';
import { settingsFrom } from './settings-from.ts';
import { grantedBy, systemOf, type Resource, type System } from './system-of.ts';

const rows = Array.from(
  { length: 10_000 },
  (_, n) => `${200_000_000_000 + n},Team ${n % 50},${100 + (n % 9)}`,
);

/** Stacks for 10,000 accounts, of which one may have another budget. */
async function systemFor(budget?: number) {
  const changed = rows.with(
    4321,
    budget === undefined ? (rows[4321] ?? '') : `200000004321,Team 21,${budget}`,
  );
  const csv = ['Account,Tag: cost-center,Preparation: BUDGET_AMOUNT', ...changed].join('\n');
  return systemOf(await settingsFrom('features: { with_csv_files: [many.csv] }', { 'many.csv': csv }));
}

interface Asset {
  readonly displayName: string;
  readonly source: { readonly path: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** What is uploaded beside the template itself. */
function assetsOf({ output }: System): readonly Asset[] {
  const { files } = read(join(output, 'SpaTestAutomation.assets.json')) as { files: Record<string, Asset> };
  return Object.values(files).filter(({ displayName }) => !displayName.endsWith('Template'));
}

const templateOf = ({ output }: System) =>
  readFileSync(join(output, 'SpaTestAutomation.template.json'), 'utf8');

const before = await systemFor();
const after = await systemFor(999);

describe('settings of 10,000 accounts in a CSV file', () => {
  it('leave room in the stack', () => {
    expect(Object.keys(before.resourcesOf('Automation')).length).toBeLessThan(500);
    expect(templateOf(before).length).toBeLessThan(1_000_000);
    expect(before.stacks.map(({ stack }) => stack.stackName)).not.toContain('SpaTestItems');
  });

  it('travel as one object, which a parameter names', () => {
    const book = assetsOf(before).find(({ displayName }) => displayName === 'SettingsBook') as Asset;
    const { rows } = read(join(before.output, book.source.path)) as SettingsBook;
    const { Name, Value } = before.resourcesOf('Automation')['SettingsParameter']?.Properties ?? {};

    expect(Object.keys(rows)).toHaveLength(10_000);
    expect(Name).toBe('/SpaTest/Settings');
    expect(JSON.parse(String(Value))).toEqual({
      bucket: 'cdk-hnb659fds-assets-123456789012-eu-west-1',
      key: Object.values(book.destinations)[0]?.objectKey,
    });
  });

  it('change one object when one row changes, and the parameter that names it', () => {
    const known = new Set(assetsOf(before).map(({ source }) => source.path));
    const lines = new Set(templateOf(before).split('\n'));

    const changed = assetsOf(after).filter(({ source }) => !known.has(source.path));

    expect(changed.map(({ displayName }) => displayName)).toEqual(['SettingsBook']);
    expect(
      templateOf(after)
        .split('\n')
        .filter((line) => !lines.has(line)),
    ).toHaveLength(1);
  });

  it('may be read by functions of this environment, under the names of all versions', () => {
    const book = assetsOf(before).find(({ displayName }) => displayName === 'SettingsBook') as Asset;
    const role = before.resourcesOf('Automation')['OnExpiredAccountRole'] as Resource;
    const reading = grantedBy(role).find(({ Action }) => Action.includes('s3:GetObject'));

    expect(Object.values(book.destinations)[0]?.objectKey).toMatch(/^SpaTest\/[0-9a-f]+\.json$/);
    expect(reading?.Resource).toEqual([
      'arn:aws:s3:::cdk-hnb659fds-assets-123456789012-eu-west-1/SpaTest/*.json',
    ]);
  });
});
