import { ageInHours } from './maximum-age.ts';
import type { PurgeVariableFault } from './purge-variables.ts';
import { purgeVariableFaults, tagOf, wordsOf } from './purge-variables.ts';
import { resourceTypes } from './resource-types.ts';

export type PurgeMode = '--dry-run' | '--force';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What one account's settings ask of a purge. */
export interface PurgeSettings {
  readonly mode: PurgeMode;
  /** What bears this tag goes, whatever its age. */
  readonly markedBy: Tag | undefined;
  /** What is older goes, marked or not. */
  readonly maximumAgeInHours: number | undefined;
  /** `['all']` for every region that is enabled in the account. */
  readonly regions: readonly string[];
  /** What bears this tag stays; an empty value stands for any value that is not empty. */
  readonly protectedTag: Tag | undefined;
  readonly protectedResources: readonly string[];
  /** Names of the types that may be deleted, the excluded ones taken out. */
  readonly types: readonly string[];
  /** A longer plan stops the purge. */
  readonly maximumDeletions: number | undefined;
}

export type ParsedPurgeSettings =
  | { readonly outcome: 'accepted'; readonly settings: PurgeSettings }
  | { readonly outcome: 'refused'; readonly faults: readonly PurgeVariableFault[] };

type Variables = Readonly<Record<string, string>>;

const given = (variables: Variables, name: string) => variables[name] || undefined;

/** An empty value would mark all that bears no tag at all, so a key alone is refused; the fault names what is missing. */
export function loneTagFaults({
  TAG_KEY: key = '',
  TAG_VALUE: value = '',
}: Variables): readonly PurgeVariableFault[] {
  if ((key === '') === (value === '')) return [];
  const variable = key === '' ? 'TAG_KEY' : 'TAG_VALUE';
  return [{ variable, found: '', expected: 'TAG_KEY and TAG_VALUE together, or neither' }];
}

/** A type whose tags the engine does not see can't be protected by them: it goes only when it is named. */
function selectedTypes(variables: Variables): readonly string[] {
  const included = wordsOf(variables['INCLUDED_TYPES'] ?? '');
  const excluded = wordsOf(variables['EXCLUDED_TYPES'] ?? '');
  return resourceTypes
    .filter(({ name, tagged }) => (included.length === 0 ? tagged : included.includes(name)))
    .map(({ name }) => name)
    .filter((name) => !excluded.includes(name));
}

function selectedRegions(variables: Variables): readonly string[] {
  const regions = [...new Set(wordsOf(variables['REGIONS'] ?? ''))];
  return regions.length === 0 || regions.includes('all') ? ['all'] : regions;
}

function settingsFrom(variables: Variables): PurgeSettings {
  const key = given(variables, 'TAG_KEY');
  const age = given(variables, 'MAXIMUM_AGE');
  const protectedTag = given(variables, 'PROTECTED_TAG');
  const limit = given(variables, 'MAXIMUM_DELETIONS');
  return {
    mode: variables['PURGE_MODE'] === '--force' ? '--force' : '--dry-run',
    markedBy: key === undefined ? undefined : { key, value: variables['TAG_VALUE'] ?? '' },
    maximumAgeInHours: age === undefined ? undefined : ageInHours(age),
    regions: selectedRegions(variables),
    protectedTag: protectedTag === undefined ? undefined : tagOf(protectedTag),
    protectedResources: wordsOf(variables['PROTECTED_RESOURCES'] ?? ''),
    types: selectedTypes(variables),
    maximumDeletions: limit === undefined ? undefined : Number(limit),
  };
}

/** Reads the effective `purge.variables` of an account: what they ask for, or all that is wrong with them. */
export function purgeSettings(variables: Variables): ParsedPurgeSettings {
  const faults = [...purgeVariableFaults(variables), ...loneTagFaults(variables)];
  return faults.length === 0
    ? { outcome: 'accepted', settings: settingsFrom(variables) }
    : { outcome: 'refused', faults };
}
