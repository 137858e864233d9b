import { holderTag, stateTag } from '#domain/account.ts';
import { storedAccount, storedUnit } from './effective-settings.ts';
import type { CsvRow, SettingsLevels } from './effective-settings.ts';
import type { ListedItem } from './listed-items.ts';
import { mostParameterBytes } from './named-files.ts';
import type { Texts } from './settings.ts';
import { quoted } from './settings-fault.ts';
import type { Report } from './settings-fault.ts';
import { faultAt } from './shape-faults.ts';
import { partAt } from './written.ts';
import type { Written } from './written.ts';

/** AWS puts no more on an account. State and holder are two of them. */
const mostTags = 50;

/** All that levels say, and where it is written. */
export interface WrittenLevels {
  readonly root: Written;
  readonly file: string;
  readonly levels: SettingsLevels;
  readonly units: readonly ListedItem[];
  readonly accounts: readonly ListedItem[];
  readonly rows: readonly CsvRow[];
  readonly tagPrefix: string;
}

/** Accounts that must not be managed, with the reason for each. */
export type ProtectedAccounts = ReadonlyMap<string, string>;

/** Refuses items and rows for accounts that must never be touched. */
export function checkProtection(
  { root, file, accounts, rows }: WrittenLevels,
  protectedAccounts: ProtectedAccounts,
  report: Report,
) {
  for (const { identifier, path } of accounts) {
    const expected = protectedAccounts.get(identifier);
    if (expected !== undefined) report(faultAt(root, file, [...path, 'identifier'], undefined, expected));
  }
  for (const { account, file, line } of rows) {
    const expected = protectedAccounts.get(account);
    if (expected !== undefined) report({ file, line, keyPath: 'Account', found: quoted(account), expected });
  }
}

/** The state of accounts is not for settings to say, and AWS puts at most 50 tags on an account. */
export function checkTags(written: WrittenLevels, report: Report) {
  const { root, file, levels, units, accounts, rows, tagPrefix } = written;
  const complain = (path: readonly string[], found: string | undefined, expected: string) =>
    report(faultAt(root, file, path, found, expected));
  for (const path of [['defaults'], ...[...units, ...accounts].map((item) => item.path)]) {
    const tag = [...path, 'account_tags', stateTag(tagPrefix)];
    const expected = 'another key, since SPA keeps the state of accounts in this one';
    if (partAt(root, tag) !== undefined) complain(tag, `the key ${quoted(stateTag(tagPrefix))}`, expected);
  }

  const own = { [stateTag(tagPrefix)]: '', [holderTag(tagPrefix)]: '' };
  const defaults = levels.defaults.accountTags;
  const expected = `${mostTags} tags at most on an account, with defaults, state and holder`;
  if (isTooMany(own, defaults))
    return complain(['defaults', 'account_tags'], countOf(own, defaults), expected);
  for (const { path, settings } of [...units, ...accounts]) {
    const tags = [own, defaults, settings.accountTags];
    if (isTooMany(...tags)) complain([...path, 'account_tags'], countOf(...tags), expected);
  }
  for (const { account, file, line } of new Map(rows.map((row) => [row.account, row])).values()) {
    const item = levels.accounts[account]?.accountTags ?? {};
    const tags = [own, defaults, item, levels.rows[account]?.accountTags ?? {}];
    if (isTooMany(...tags) && !isTooMany(own, defaults, item)) {
      report({ file, line, keyPath: '', found: countOf(...tags), expected });
    }
  }
}

/** An item becomes one parameter of Parameter Store, and must fit. */
export function checkSizes({ root, file, levels, units, accounts }: WrittenLevels, report: Report) {
  const expected = `${mostParameterBytes} bytes at most as JSON, with defaults: Parameter Store takes no more`;
  const alone = bytesOf(storedUnit({ ...levels, units: { '': levels.defaults } }, ''));
  if (alone > mostParameterBytes)
    return report(faultAt(root, file, ['defaults'], `${alone} bytes`, expected));
  const stored = [
    ...units.map(({ path, identifier }) => ({ path, item: storedUnit(levels, identifier) })),
    ...accounts.map(({ path, identifier }) => ({ path, item: storedAccount(levels, identifier) })),
  ];
  for (const { path, item } of stored) {
    const bytes = bytesOf(item);
    if (bytes > mostParameterBytes) report(faultAt(root, file, path, `${bytes} bytes`, expected));
  }
}

const bytesOf = (item: unknown) => Buffer.byteLength(JSON.stringify(item));

/** Counts keys only where there could be too many: most accounts have few. */
function isTooMany(...tags: readonly Texts[]): boolean {
  const most = tags.reduce((sum, texts) => sum + Object.keys(texts).length, 0);
  return most > mostTags && keysOf(tags).size > mostTags;
}

const countOf = (...tags: readonly Texts[]) => `${keysOf(tags).size} tags`;

const keysOf = (tags: readonly Texts[]) => new Set(tags.flatMap((texts) => Object.keys(texts)));
