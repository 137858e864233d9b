import type { AccountId } from '#domain/account.ts';
import type { FeatureState, ItemSettings, SettingsBook, Texts, WorkSettings } from './settings.ts';

/** An account as far as settings care: where it is decides which organizational unit speaks for it. */
export interface PlacedAccount {
  readonly id: AccountId;
  /** Identifiers of organizational units, from the topmost to the one that holds the account. */
  readonly path: readonly string[];
}

/** The settings that hold for one account, with nothing left out. */
export interface EffectiveSettings {
  readonly note: string;
  /** The listed organizational unit that speaks for the account, the nearest one. */
  readonly unit: string | undefined;
  readonly accountTags: Texts;
  readonly unsetTags: readonly string[];
  readonly preparation: Required<WorkSettings>;
  readonly purge: Required<WorkSettings>;
  readonly notifications: {
    readonly feature: FeatureState;
    readonly documents: Texts;
    readonly placeholders: Texts;
  };
}

/** What the settings say, level by level. */
export type SettingsLevels = Pick<SettingsBook, 'defaults' | 'units' | 'accounts' | 'rows'>;

/** An item of the settings file as it is kept in Parameter Store, for people and scripts. */
export interface StoredItem {
  readonly identifier: string;
  readonly note: string;
  readonly account_tags: Texts;
  readonly unset_tags: readonly string[];
  readonly preparation: Required<WorkSettings>;
  readonly purge: Required<WorkSettings>;
}

/** One value that holds for an account, and the place in the settings that gave it. */
export interface ExplainedValue {
  /** Such as `preparation.variables.BUDGET_AMOUNT`. */
  readonly keyPath: string;
  readonly value: string | readonly string[];
  readonly origin: string;
}

/** What one row of a CSV file says of an account. */
export interface CsvRow {
  readonly account: AccountId;
  readonly file: string;
  readonly line: number;
  readonly settings: Partial<ItemSettings>;
}

interface Layer {
  readonly origin: string;
  readonly settings: Partial<ItemSettings>;
}

/**
 * The settings of an account: defaults, under the nearest listed unit, under its item, under its CSV rows.
 * Undefined where the account is not managed; protected accounts never are, wherever they sit.
 */
export function effectiveSettings(book: SettingsBook, account: PlacedAccount): EffectiveSettings | undefined {
  if (!isManaged(book, account)) return undefined;
  const settings = merge(layersOf(book, account));
  const unit = nearestUnit(book, account);
  if (account.id !== book.automationAccount) return { ...settings, unit };
  return { ...settings, unit, purge: { ...settings.purge, feature: 'disabled' } };
}

/**
 * Each value of `effectiveSettings` with the place that gave it, in a lasting order. With `rows`, values from CSV files
 * are traced to file and line. Undefined where the account is not managed.
 */
export function explainSettings(
  book: SettingsBook,
  account: PlacedAccount,
  rows: readonly CsvRow[] = [],
): readonly ExplainedValue[] | undefined {
  const settings = effectiveSettings(book, account);
  if (settings === undefined) return undefined;
  const rowLayers = rows
    .filter((row) => row.account === account.id)
    .map((row): Layer => ({ origin: `${row.file} line ${row.line}`, settings: row.settings }));
  const layers = [
    ...layersOf({ ...book, rows: rowLayers.length > 0 ? {} : book.rows }, account),
    ...rowLayers,
  ];
  return valuesOf(settings).map(({ keyPath, value, pick }) => ({
    keyPath,
    value,
    origin:
      keyPath === 'purge.feature' && account.id === book.automationAccount
        ? 'the automation account is never purged'
        : (layers.findLast(({ settings }) => pick(settings) !== undefined)?.origin ?? 'built in'),
  }));
}

/** The Parameter Store item of an account written in the YAML file, with defaults and CSV rows, as ever. */
export function storedAccount(book: SettingsLevels, id: string): StoredItem | undefined {
  const item = book.accounts[id];
  return item && stored(id, [book.defaults, item, book.rows[id] ?? {}]);
}

/** The Parameter Store item of an organizational unit, with defaults filled in. */
export function storedUnit(book: SettingsLevels, unit: string): StoredItem | undefined {
  const item = book.units[unit];
  return item && stored(unit, [book.defaults, item]);
}

function stored(identifier: string, levels: readonly Partial<ItemSettings>[]): StoredItem {
  const settings = merge(levels.map((settings) => ({ origin: '', settings })));
  const { note, accountTags, unsetTags, preparation, purge } = settings;
  return { identifier, note, account_tags: accountTags, unset_tags: unsetTags, preparation, purge };
}

function isManaged(book: SettingsBook, account: PlacedAccount): boolean {
  if (book.protectedAccounts.includes(account.id)) return false;
  if (book.accounts[account.id] ?? book.rows[account.id]) return true;
  return nearestUnit(book, account) !== undefined;
}

function nearestUnit(book: SettingsBook, { path }: PlacedAccount): string | undefined {
  return path.findLast((unit) => Object.hasOwn(book.units, unit));
}

function layersOf(book: SettingsBook, account: PlacedAccount): readonly Layer[] {
  const unit = nearestUnit(book, account);
  const candidates: readonly (readonly [string, Partial<ItemSettings> | undefined])[] = [
    ['defaults', book.defaults],
    [`unit ${unit}`, unit === undefined ? undefined : book.units[unit]],
    ['accounts item', book.accounts[account.id]],
    ['CSV files', book.rows[account.id]],
  ];
  return candidates.flatMap(([origin, settings]) => (settings ? [{ origin, settings }] : []));
}

function merge(layers: readonly Layer[]): Omit<EffectiveSettings, 'unit'> {
  const strongest = <T>(pick: (settings: Partial<ItemSettings>) => T | undefined, otherwise: T): T =>
    layers.reduce((value, { settings }) => pick(settings) ?? value, otherwise);
  const filled = (pick: (settings: Partial<ItemSettings>) => Texts | undefined): Texts =>
    Object.fromEntries(layers.flatMap(({ settings }) => Object.entries(pick(settings) ?? {})));
  return {
    note: strongest(({ note }) => note, ''),
    accountTags: filled(({ accountTags }) => accountTags),
    unsetTags: strongest(({ unsetTags }) => unsetTags, []),
    preparation: {
      feature: strongest<FeatureState>(({ preparation }) => preparation?.feature, 'disabled'),
      variables: filled(({ preparation }) => preparation?.variables),
    },
    purge: {
      feature: strongest<FeatureState>(({ purge }) => purge?.feature, 'disabled'),
      variables: filled(({ purge }) => purge?.variables),
    },
    notifications: {
      feature: strongest<FeatureState>(({ notifications }) => notifications?.feature, 'disabled'),
      documents: filled(({ notifications }) => notifications?.documents),
      placeholders: filled(({ notifications }) => notifications?.placeholders),
    },
  };
}

interface NamedValue {
  readonly keyPath: string;
  readonly value: string | readonly string[];
  readonly pick: (settings: Partial<ItemSettings>) => unknown;
}

function valuesOf(settings: EffectiveSettings): readonly NamedValue[] {
  const { preparation, purge, notifications } = settings;
  const map = (name: string, texts: Texts, pick: (settings: Partial<ItemSettings>) => Texts | undefined) =>
    Object.entries(texts).map(([key, value]): NamedValue => ({
      keyPath: `${name}.${key}`,
      value,
      pick: (level) => own(pick(level), key),
    }));
  return [
    { keyPath: 'note', value: settings.note, pick: ({ note }) => note },
    ...map('account_tags', settings.accountTags, ({ accountTags }) => accountTags),
    { keyPath: 'unset_tags', value: settings.unsetTags, pick: ({ unsetTags }) => unsetTags },
    {
      keyPath: 'preparation.feature',
      value: preparation.feature,
      pick: (level) => level.preparation?.feature,
    },
    ...map('preparation.variables', preparation.variables, (level) => level.preparation?.variables),
    { keyPath: 'purge.feature', value: purge.feature, pick: (level) => level.purge?.feature },
    ...map('purge.variables', purge.variables, (level) => level.purge?.variables),
    { keyPath: 'notifications.feature', value: notifications.feature, pick: (l) => l.notifications?.feature },
    ...map('notifications.documents', notifications.documents, (l) => l.notifications?.documents),
    ...map('notifications.placeholders', notifications.placeholders, (l) => l.notifications?.placeholders),
  ];
}

function own(texts: Texts | undefined, key: string): string | undefined {
  return texts !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined;
}
