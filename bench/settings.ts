import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { accountId } from '#domain/account.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';

const unitsInAll = 50;
const seconds = (since: number) => Number(((performance.now() - since) / 1000).toFixed(3));

/** Settings of an organization whose accounts are all listed, and have a row in two CSV files each. */
export async function benchSettingsFile({ accounts }: { readonly accounts: number }): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'spa-settings-'));
  try {
    await writeFiles(folder, accounts);
    const began = performance.now();
    const { book } = await loadSettings(join(folder, 'settings.yaml'), {});
    const loaded = performance.now();
    for (let index = 0; index < accounts; index += 1)
      effectiveSettings(book, { id: numberOf(index), path: [unitOf(index)] });
    return {
      benchmark: 'settings',
      accounts,
      loadSeconds: Number(((loaded - began) / 1000).toFixed(3)),
      effectiveSeconds: seconds(loaded),
      bookKilobytes: Math.round(JSON.stringify(book).length / 1000),
      peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const numberOf = (index: number) => accountId(String(300_000_000_000 + index));
const unitOf = (index: number) => `ou-${index % unitsInAll}`;

async function writeFiles(folder: string, accounts: number): Promise<void> {
  const indexes = Array.from({ length: accounts }, (_, index) => index);
  const settings = {
    environment_identifier: 'SpaBench',
    automation: {
      account_id: '123456789012',
      region: 'eu-west-1',
      role_arn_to_manage_accounts: 'arn:aws:iam::111111111111:role/SpaAccountsManagementRole',
    },
    defaults: { preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } },
    organizational_units: Array.from({ length: unitsInAll }, (_, index) => ({ identifier: unitOf(index) })),
    accounts: indexes.map((index) => ({
      identifier: numberOf(index),
      account_tags: { team: `Team ${index}` },
    })),
    features: { with_csv_files: ['finance.csv', 'security.csv'] },
  };
  await writeFile(join(folder, 'settings.yaml'), JSON.stringify(settings, undefined, 1));
  const sheet = (heading: string, cells: (index: number) => string) =>
    [heading, ...indexes.map((index) => `${numberOf(index)},${cells(index)}`), ''].join('\n');
  const finance = sheet(
    'Account,Tag: cost-center,Preparation: BUDGET_AMOUNT',
    (n) => `Center ${n % 97},${100 + (n % 500)}`,
  );
  const security = sheet('Account,Tag: cost-owner,Purge: MAXIMUM_AGE', (n) => `owner-${n}@example.com,3M`);
  await writeFile(join(folder, 'finance.csv'), finance);
  await writeFile(join(folder, 'security.csv'), security);
}
