import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import type { Settings } from '#domain/settings/settings.ts';

const automation = `
environment_identifier: SpaTest
automation:
  account_id: '123456789012'
  region: eu-west-1
  role_arn_to_manage_accounts: arn:aws:iam::222222222222:role/central/SpaManagement
  tags: { cost-center: Shared, team: platform }
`;

/** Path of a settings file that says the least, and then what is given; with the files that it names beside it. */
export function settingsFileFrom(more = '', files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'spa-settings-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const path = join(folder, 'settings.yaml');
  writeFileSync(path, automation + more);
  return path;
}

export const settingsFrom = (more?: string, files?: Readonly<Record<string, string>>): Promise<Settings> =>
  loadSettings(settingsFileFrom(more, files), {});
