import { readSettingsFile } from '#adapters/settings-files/load-settings.ts';
import type { SettingsEnvironment } from '#domain/settings/deployment-target.ts';
import { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import type { SettingsReading } from '#domain/settings/read-settings.ts';
import type { SettingsFault } from '#domain/settings/settings-fault.ts';
import { faultsOutcome } from '../faults-outcome.ts';
import { aligned, asJson } from './command-outcome.ts';
import type { CommandOutcome } from './command-outcome.ts';

export interface CheckSettingsOptions {
  /** Path of the settings file. */
  readonly settings: string;
  readonly json: boolean;
  readonly environment?: SettingsEnvironment;
}

/** `spa settings check`: tells everything that is wrong in the settings and the files they name, or sums them up. */
export function checkSettings({ settings: path, json, environment }: CheckSettingsOptions): CommandOutcome {
  const reading = readSettingsFile(path, environment);
  if ('faults' in reading) return faultsOutcome(new InvalidSettings(path, reading.faults), json);
  const summary = summaryOf(reading);
  if (json) return { exitStatus: 0, stdout: asJson({ valid: true, faults: [], summary }), stderr: '' };
  return { exitStatus: 0, stdout: '', stderr: `${path} is right.\n${aligned(summaryLines(summary))}` };
}

type RightReading = Exclude<SettingsReading, { readonly faults: readonly SettingsFault[] }>;

function summaryOf({ settings, rows }: RightReading) {
  const { automation, book, environment, features } = settings;
  return {
    environment,
    automationAccount: automation.accountId,
    region: automation.region,
    managementAccount: automation.managementAccount,
    maintenanceWindow: automation.maintenanceWindowExpression ?? null,
    units: Object.keys(book.units).length,
    accounts: Object.keys(book.accounts).length,
    accountsInCsvFilesOnly: Object.keys(book.rows).filter((id) => !(id in book.accounts)).length,
    rows: rows.length,
    csvFiles: features.csvFiles.length,
  };
}

function summaryLines(summary: ReturnType<typeof summaryOf>): readonly (readonly string[])[] {
  return [
    ['  environment', summary.environment],
    ['  automation account', `${summary.automationAccount} in ${summary.region}`],
    ['  management account', summary.managementAccount],
    ['  maintenance window', summary.maintenanceWindow ?? 'by hand only'],
    ['  organizational units', String(summary.units)],
    ['  accounts', `${summary.accounts} listed, ${summary.accountsInCsvFilesOnly} more in CSV files`],
    ['  rows', `${summary.rows} in ${summary.csvFiles} CSV files`],
  ];
}
