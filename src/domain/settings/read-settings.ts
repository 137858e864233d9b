import { buildSettings } from './build-settings.ts';
import { readCsvRows } from './csv-rows.ts';
import { deploymentTarget } from './deployment-target.ts';
import type { DeploymentTarget, SettingsEnvironment } from './deployment-target.ts';
import type { CsvRow } from './effective-settings.ts';
import { checkProtection, checkSizes, checkTags } from './item-rules.ts';
import type { ProtectedAccounts, WrittenLevels } from './item-rules.ts';
import { itemFrom, listedItems, textList } from './listed-items.ts';
import { mergeRows } from './merge-rows.ts';
import { listedFiles } from './named-files.ts';
import type { ReadFile, SettingsSource } from './named-files.ts';
import { parseYaml } from './parse-yaml.ts';
import { readParameterFiles } from './parameter-files.ts';
import type { Settings } from './settings.ts';
import { faultLine, settingsFault } from './settings-fault.ts';
import type { SettingsFault } from './settings-fault.ts';
import { checkShape } from './shape-faults.ts';
import { checkTables } from './table-rules.ts';
import { accountNumber, hasForm, tagPrefix as tagPrefixForm, unitIdentifier } from './value-forms.ts';
import { checkVariables } from './variable-rules.ts';
import { describeWritten, isWrittenMap, partAt, textAt } from './written.ts';
import type { Written } from './written.ts';

/** The text of a settings file, and what it depends on. */
export interface SettingsSources {
  /** As the operator named it: faults are told with it. */
  readonly path: string;
  readonly text: string;
  readonly readFile: ReadFile;
  readonly environment: SettingsEnvironment;
}

/** Right settings, with the rows of CSV files to explain them by, or everything that is wrong. */
export type SettingsReading =
  | { readonly settings: Settings; readonly rows: readonly CsvRow[] }
  | { readonly faults: readonly SettingsFault[] };

/** Reads the settings and the files that they name. Throws nothing: what is wrong is told, all of it at once. */
export function readSettings({ path: file, text, readFile, environment }: SettingsSources): SettingsReading {
  const faults: SettingsFault[] = [];
  const report: SettingsSource['report'] = (fault) => void faults.push(settingsFault(fault));
  const root = readRoot(text, file, report);
  if (root === undefined) return { faults };

  const source = { root, file, readFile, report };
  const shape = checkShape(root, file, report);
  const target = deploymentTarget(root, file, environment, report);
  const written = writtenLevels(source);
  checkProtection(written, protectedAccounts(root, target), report);
  checkTags(written, report);
  checkSizes(written, report);
  checkVariables(written, report);
  checkTables(root, file, report);
  const files = readParameterFiles(source);

  const { accountId, region, managementRoleArn, managementAccount } = target;
  if (faults.length > 0 || !shape || !accountId || !region || !managementRoleArn || !managementAccount) {
    return { faults: inOrder(faults, file) };
  }
  const place = { accountId, region, managementRoleArn, managementAccount };
  return {
    settings: buildSettings({ shape, root, ...place, levels: written.levels, ...files }),
    rows: written.rows,
  };
}

function readRoot(text: string, file: string, report: SettingsSource['report']): Written | undefined {
  const root = parseYaml(text, file, report);
  if (root === undefined) return undefined;
  if (isWrittenMap(root)) return root;
  const expected =
    'a map that begins with environment_identifier, automation, organizational_units, accounts, …';
  report({ file, line: 1, keyPath: '', found: describeWritten(root), expected });
  return undefined;
}

function writtenLevels(source: SettingsSource): WrittenLevels {
  const { root, file, report } = source;
  const writtenPrefix = textAt(root, ['features', 'with_tag_prefix']) ?? 'account-';
  const tagPrefix = hasForm(tagPrefixForm, writtenPrefix) ? writtenPrefix : 'account-';
  const units = listedItems(root, 'organizational_units', unitIdentifier, file, report);
  const accounts = listedItems(root, 'accounts', accountNumber, file, report);
  const rows = listedFiles(source, ['features', 'with_csv_files']).flatMap((csv) =>
    readCsvRows(csv, tagPrefix, report),
  );
  const levels = {
    defaults: itemFrom(partAt(root, ['defaults'])),
    units: Object.fromEntries(units.map(({ identifier, settings }) => [identifier, settings])),
    accounts: Object.fromEntries(accounts.map(({ identifier, settings }) => [identifier, settings])),
    rows: mergeRows(rows),
  };
  return { root, file, levels, units, accounts, rows, tagPrefix };
}

function protectedAccounts(root: Written, { managementAccount }: DeploymentTarget): ProtectedAccounts {
  const listed = textList(partAt(root, ['automation', 'protected_accounts']));
  return new Map([
    ...listed.map((id) => [id, 'an account that is not in automation.protected_accounts'] as const),
    ...(managementAccount
      ? [[managementAccount, 'another account than the management account'] as const]
      : []),
  ]);
}

/** The settings file first, each file from top to bottom, the same thing on the same line once. */
function inOrder(faults: readonly SettingsFault[], file: string): readonly SettingsFault[] {
  const rank = (fault: SettingsFault) => (fault.file === file ? 0 : 1);
  const once = [...new Map(faults.map((fault) => [faultLine(fault), fault])).values()];
  return once.toSorted((a, b) => rank(a) - rank(b) || a.file.localeCompare(b.file) || a.line - b.line);
}
