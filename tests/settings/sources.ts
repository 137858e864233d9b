import { isAccountId } from '#domain/account.ts';
import type { AccountId } from '#domain/account.ts';
import type { SettingsEnvironment } from '#domain/settings/deployment-target.ts';
import type { CsvRow } from '#domain/settings/effective-settings.ts';
import { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import type { ReadFile } from '#domain/settings/named-files.ts';
import { readSettings } from '#domain/settings/read-settings.ts';
import { faultLine } from '#domain/settings/settings-fault.ts';
import type { SettingsFault } from '#domain/settings/settings-fault.ts';
import type { Settings } from '#domain/settings/settings.ts';

/** The least that a settings file must say. Four lines: what a test adds begins on line 5. */
export const required = `automation:
  account_id: '123456789012'
  region: eu-west-1
  role_arn_to_manage_accounts: arn:aws:iam::222222222222:role/SpaAccountsManagementRole
`;

export interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: SettingsEnvironment;
}

/** Reads settings whose files are all at hand. */
export function read(text: string, { files = {}, environment = {} }: World = {}) {
  const readFile: ReadFile = (name) => {
    const content = Object.hasOwn(files, name) ? files[name] : undefined;
    return content === undefined ? { problem: 'which is missing' } : { path: name, text: content };
  };
  return readSettings({ path: 'settings.yaml', text, readFile, environment });
}

/** The settings of a text that must be right. */
export function settingsOf(text: string, world?: World): Settings {
  return rightReading(text, world).settings;
}

export function rightReading(text: string, world?: World): { settings: Settings; rows: readonly CsvRow[] } {
  const reading = read(text, world);
  if ('faults' in reading) throw new InvalidSettings('settings.yaml', reading.faults);
  return reading;
}

export function faultsOf(text: string, world?: World): readonly SettingsFault[] {
  const reading = read(text, world);
  return 'faults' in reading ? reading.faults : [];
}

/** Faults as the operator reads them, without the name of the settings file. */
export function tellings(text: string, world?: World): readonly string[] {
  return faultsOf(text, world).map((fault) => faultLine(fault).replace(/^settings\.yaml:/, ''));
}

/** `1` is the account 100000000001. */
export function account(number: number): AccountId {
  const id = String(100_000_000_000 + number);
  if (!isAccountId(id)) throw new RangeError(`${number} makes no account number`);
  return id;
}
