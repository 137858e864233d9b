import { readSettingsFile } from '#adapters/settings-files/load-settings.ts';
import { InvalidAccountId, isAccountId } from '#domain/account.ts';
import type { AccountId } from '#domain/account.ts';
import type { SettingsEnvironment } from '#domain/settings/deployment-target.ts';
import { effectiveSettings, explainSettings as explain } from '#domain/settings/effective-settings.ts';
import type { EffectiveSettings, ExplainedValue } from '#domain/settings/effective-settings.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import { hasForm, unitIdentifier } from '#domain/settings/value-forms.ts';
import { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import { faultsOutcome } from '../faults-outcome.ts';
import { aligned, asJson } from './command-outcome.ts';
import type { CommandOutcome } from './command-outcome.ts';

export interface ExplainSettingsOptions {
  /** Number of the account, as typed. */
  readonly account: string;
  /** The organizational unit that holds the account: the settings can't know it. */
  readonly unit?: string | undefined;
  /** Path of the settings file. */
  readonly settings: string;
  readonly json: boolean;
  readonly environment?: SettingsEnvironment;
}

/** `spa settings explain`: the settings that hold for an account, and where each of them comes from. */
export function explainSettings(options: ExplainSettingsOptions): CommandOutcome {
  const { account: id, unit, settings: path, json, environment } = options;
  if (!isAccountId(id)) return wrongUsage(new InvalidAccountId(id).message);
  if (unit !== undefined && !hasForm(unitIdentifier, unit)) {
    return wrongUsage(`"${unit}" is no organizational unit: write ${unitIdentifier.expected}`);
  }
  const reading = readSettingsFile(path, environment);
  if ('faults' in reading) return faultsOutcome(new InvalidSettings(path, reading.faults), json);
  const { book } = reading.settings;
  const placed = { id, path: unit === undefined ? [] : [unit] };
  const settings = effectiveSettings(book, placed);
  const values = explain(book, placed, reading.rows);
  if (settings === undefined || values === undefined) return unmanaged(book, id, unit, json);
  if (json) return { exitStatus: 0, stdout: asJson(documentOf(id, settings, values)), stderr: '' };
  return { exitStatus: 0, stdout: aligned(values.map(lineOf)), stderr: remark(id, book, unit) };
}

const wrongUsage = (sentence: string): CommandOutcome => ({
  exitStatus: 2,
  stdout: '',
  stderr: `${sentence}\n`,
});

function unmanaged(
  book: SettingsBook,
  account: AccountId,
  unit: string | undefined,
  json: boolean,
): CommandOutcome {
  if (json) return { exitStatus: 1, stdout: asJson({ account, managed: false }), stderr: '' };
  const reason = book.protectedAccounts.includes(account)
    ? 'it is protected'
    : `it is listed nowhere${unit === undefined ? ' (name its organizational unit with --unit)' : `, nor is ${unit}`}`;
  return { exitStatus: 1, stdout: '', stderr: `Account ${account} is not managed: ${reason}.\n` };
}

function documentOf(account: AccountId, settings: EffectiveSettings, values: readonly ExplainedValue[]) {
  const { unit = null, note, accountTags, unsetTags, preparation, purge, notifications } = settings;
  const written = {
    note,
    account_tags: accountTags,
    unset_tags: unsetTags,
    preparation,
    purge,
    notifications,
  };
  return { account, managed: true, unit, settings: written, values };
}

function lineOf({ keyPath, value, origin }: ExplainedValue): readonly string[] {
  const text = typeof value === 'string' ? value : value.join(', ');
  return [keyPath, text === '' ? '-' : text.replaceAll(/\s+/g, ' '), origin];
}

function remark(account: AccountId, book: SettingsBook, unit: string | undefined): string {
  if (unit === undefined) {
    return `Without --unit, this is account ${account} outside of the organizational units of the settings.\n`;
  }
  return unit in book.units ? '' : `${unit} is not in the settings, so it adds nothing.\n`;
}
