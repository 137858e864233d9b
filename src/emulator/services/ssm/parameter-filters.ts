import type { ParametersFilter, ParameterStringFilter } from '@aws-sdk/client-ssm';
import { AwsError, notImplemented } from '../../aws-error.ts';
import { keyOf } from './parameter-name.ts';
import { currentOf, type StoredParameter } from './stored-parameters.ts';

type Matcher = (parameter: StoredParameter) => boolean;

/** Which keys a list may be filtered by: GetParametersByPath has its path already. */
const keysOf = {
  'by path': ['Type'],
  everywhere: ['Name', 'Path', 'Type', 'Tier'],
} as const;

/** A parameter must pass all filters, each by one of its values. Throws InvalidFilterKey, -Option, -Value. */
export function matcherOf(filters: readonly ParameterStringFilter[], where: keyof typeof keysOf): Matcher {
  const matchers = filters.map((filter) => oneMatcher(filter, where));
  return (parameter) => matchers.every((matches) => matches(parameter));
}

/** The older form of filters: names by their beginning, types as they are. */
export function olderMatcherOf(filters: readonly ParametersFilter[]): Matcher {
  return matcherOf(
    filters.map(({ Key, Values }) => ({ Key, Values, Option: Key === 'Name' ? 'BeginsWith' : 'Equals' })),
    'everywhere',
  );
}

function oneMatcher(
  { Key = '', Option, Values = [] }: ParameterStringFilter,
  where: keyof typeof keysOf,
): Matcher {
  if (['KeyId', 'Label', 'DataType'].includes(Key)) throw notImplemented('ssm', `the filter ${Key}`);
  const known =
    keysOf[where].some((key) => key === Key) || (where === 'everywhere' && Key.startsWith('tag:'));
  if (!known) {
    const valid = `Valid filter keys include: [${keysOf[where].join(', ')}].`;
    throw new AwsError('InvalidFilterKey', `The following filter key is not valid: ${Key}. ${valid}`);
  }
  if (Key.startsWith('tag:')) return tagMatcher(Key.slice('tag:'.length), Values);
  if (Values.length === 0) {
    throw new AwsError(
      'InvalidFilterValue',
      `The following filter values are missing : null for filter key ${Key}.`,
    );
  }
  if (Key === 'Path') return pathMatcher(Option ?? 'OneLevel', Values);
  const compare = comparisonOf(Option ?? 'Equals', Key);
  if (Key === 'Name') {
    const prepared = Option === 'Contains' ? Values : Values.map(keyOf);
    return ({ name }) => prepared.some((value) => compare(keyOf(name), value));
  }
  return (parameter) => Values.some((value) => compare(propertyOf(parameter, Key), value));
}

const propertyOf = (parameter: StoredParameter, key: string) =>
  (key === 'Type' ? currentOf(parameter)?.type : currentOf(parameter)?.tier) ?? '';

function tagMatcher(key: string, values: readonly string[]): Matcher {
  return ({ tags }) => {
    const value = tags.get(key);
    return value !== undefined && (values.length === 0 || values.includes(value));
  };
}

function pathMatcher(option: string, values: readonly string[]): Matcher {
  if (option !== 'OneLevel' && option !== 'Recursive') throw invalidOption(option, 'Recursive, OneLevel');
  const paths = values.map((value) => (value.endsWith('/') ? value : `${value}/`));
  return ({ name }) =>
    paths.some((path) => {
      const below = keyOf(name).startsWith(path) ? keyOf(name).slice(path.length) : undefined;
      return below !== undefined && (option === 'Recursive' || !below.includes('/'));
    });
}

function comparisonOf(option: string, key: string): (found: string, value: string) => boolean {
  if (option === 'Equals') return (found, value) => found === value;
  if (option === 'BeginsWith') return (found, value) => found.startsWith(value);
  if (option === 'Contains' && key === 'Name') return (found, value) => found.includes(value);
  throw invalidOption(option, 'BeginsWith, Equals');
}

const invalidOption = (option: string, valid: string) =>
  new AwsError(
    'InvalidFilterOption',
    `The following filter option is not valid: ${option}. Valid options include: [${valid}].`,
  );
