import { isDeepStrictEqual } from 'node:util';
import type { SettingsBook } from '#domain/settings/settings.ts';
import { finding, ok, type Diagnosis } from './diagnosis.ts';
import { countOf, deployAs, listOf } from './wording.ts';

export interface SettingsSight {
  /** What functions decide by; undefined where nothing of the kind is deployed. */
  readonly book: unknown;
  /** Parameters that must be there, with the text that they must hold where it is known. */
  readonly wanted: Readonly<Record<string, string | undefined>>;
  readonly found: Readonly<Record<string, string>>;
}

/** What functions decide by is what the settings file at hand says. */
export function settingsAreDeployed(
  { book, wanted, found }: SettingsSight,
  ours: SettingsBook,
  automationAccount: string,
): Diagnosis {
  const remedy = deployAs(automationAccount);
  if (book === undefined) return finding('no settings are deployed', remedy);
  const differing = [...differencesOf(book, asStored(ours)), ...textDifferences(wanted, found)];
  if (differing.length === 0) return ok('the deployed settings are those of the settings file');
  return finding(`the deployed settings are not those of the settings file: ${listOf(differing)}`, remedy);
}

/** Items that people and scripts read in Parameter Store say what the settings file says. */
export function itemsAreDeployed(
  { wanted, found }: Pick<SettingsSight, 'wanted' | 'found'>,
  total: number,
  automationAccount: string,
): Diagnosis {
  const differing = textDifferences(wanted, found);
  const looked = Object.keys(wanted).length;
  const share = looked < total ? `${countOf(looked, 'item')} of ${total}` : countOf(looked, 'item');
  if (differing.length === 0) return ok(`${share} in Parameter Store are those of the settings file`);
  return finding(`not as in the settings file: ${listOf(differing)}`, deployAs(automationAccount));
}

function textDifferences(wanted: SettingsSight['wanted'], found: SettingsSight['found']): readonly string[] {
  return Object.entries(wanted).flatMap(([name, text]) => {
    const other = found[name];
    if (other === undefined) return [`parameter ${name} is missing`];
    return text === undefined || text === other ? [] : [`parameter ${name}`];
  });
}

/** As it is after a journey through JSON, which keeps nothing that is undefined. */
const asStored = (book: SettingsBook): unknown => JSON.parse(JSON.stringify(book));

/** Names of what differs: sections of the settings, and in those by unit or account each item of its own. */
function differencesOf(deployed: unknown, ours: unknown): readonly string[] {
  return differing(deployed, ours).flatMap((section) => {
    const [theirs, own] = [partOf(deployed, section), partOf(ours, section)];
    if (!bySection.has(section)) return [section];
    return differing(theirs, own).map((item) => `${bySection.get(section)} ${item}`);
  });
}

const bySection = new Map([
  ['units', 'unit'],
  ['accounts', 'account'],
  ['rows', 'row of'],
]);

const differing = (a: unknown, b: unknown): readonly string[] =>
  [...new Set([...keysOf(a), ...keysOf(b)])].filter(
    (key) => !isDeepStrictEqual(partOf(a, key), partOf(b, key)),
  );

const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? value[key as keyof typeof value]
    : undefined;
