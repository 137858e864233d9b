import { ageInHours } from './maximum-age.ts';
import { resourceType, resourceTypes } from './resource-types.ts';

/** A variable of `purge.variables` that no purge could obey. */
export interface PurgeVariableFault {
  readonly variable: string;
  readonly found: string;
  readonly expected: string;
}

type Rule = { readonly accepts: (value: string) => boolean; readonly expected: string };

/** Words of a list, separated by commas, semicolons or white space. */
export const wordsOf = (text: string) => text.split(/[\s,;]+/).filter((word) => word !== '');

const every = (isRight: (word: string) => boolean) => (text: string) => wordsOf(text).every(isRight);

const isRegion = (word: string) => /^(all|global|[a-z]{2,}(-[a-z]+)+-\d{1,2})$/.test(word);

const isTagKey = (text: string) => text.trim() === text && text.length <= 128 && !/^aws:/i.test(text);
const isTagValue = (text: string) => text.trim() === text && text.length <= 256;

const typeNames = `names of purgeable types separated by commas, among ${resourceTypes.map(({ name }) => name).join(', ')}`;

const rules: Readonly<Record<string, Rule>> = {
  MAXIMUM_AGE: {
    accepts: (text) => ageInHours(text) !== undefined,
    expected: 'a whole number and one of d, w, M, y, 100 years at most: 5d, 2w, 3M, 1y',
  },
  PURGE_MODE: {
    accepts: (text) => text === '--dry-run' || text === '--force',
    expected: '--dry-run or --force',
  },
  TAG_KEY: { accepts: isTagKey, expected: 'the key of a tag, 128 characters at most' },
  TAG_VALUE: { accepts: isTagValue, expected: 'the value of a tag, 256 characters at most' },
  REGIONS: { accepts: every(isRegion), expected: 'regions separated by commas (global is one), or all' },
  PROTECTED_TAG: {
    accepts: (text) => isTagKey(tagOf(text).key) && isTagValue(tagOf(text).value) && tagOf(text).key !== '',
    expected: 'KEY=VALUE, or KEY for any value that is not empty',
  },
  PROTECTED_RESOURCES: {
    accepts: every((word) => !/^\*+$/.test(word)),
    expected: 'identifiers or names separated by commas; * stands for any characters, but not alone',
  },
  INCLUDED_TYPES: { accepts: every((word) => resourceType(word) !== undefined), expected: typeNames },
  EXCLUDED_TYPES: { accepts: every((word) => resourceType(word) !== undefined), expected: typeNames },
  MAXIMUM_DELETIONS: { accepts: (text) => /^\d{1,9}$/.test(text), expected: 'a whole number: 100' },
};

/** Splits `KEY=VALUE` at its first equal sign; the value is empty when there is none. */
export function tagOf(text: string): { readonly key: string; readonly value: string } {
  const at = text.indexOf('=');
  return at === -1 ? { key: text, value: '' } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

/** Control characters have no place in any of them, and half a character can't be written down. */
const isPrintable = (text: string) => text.isWellFormed() && !/\p{Cc}/u.test(text);

/**
 * What is wrong with the variables of a purge, each by itself, so that settings are checked before anything runs.
 * Absent and empty variables are fine, and so are names that purges don't know.
 */
export const purgeVariableFaults = (
  variables: Readonly<Record<string, string>>,
): readonly PurgeVariableFault[] =>
  Object.entries(rules).flatMap(([variable, { accepts, expected }]) => {
    const found = variables[variable] ?? '';
    return found === '' || (isPrintable(found) && accepts(found)) ? [] : [{ variable, found, expected }];
  });

/** The faults in one sentence, for reports and logs. */
export const describePurgeFaults = (faults: readonly PurgeVariableFault[]): string =>
  faults
    .map(({ variable, found, expected }) => `${variable} is ${JSON.stringify(found)}, expected ${expected}`)
    .join('; ');
