import type { Tag } from '@aws-sdk/client-iam';
import { invalidInput, quotaExceeded } from './iam-faults.ts';
import { AwsError } from '../../aws-error.ts';

const tagLimit = 50;

/** The tags of a role or a policy once more of them are put on it. Throws InvalidInput, ValidationError and LimitExceeded. */
export function withTags(
  tags: ReadonlyMap<string, string>,
  added: readonly Tag[] = [],
): ReadonlyMap<string, string> {
  const keys = added.map(({ Key: key }) => checkKey(key ?? ''));
  if (new Set(keys.map((key) => key.toLowerCase())).size < keys.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  const all = new Map(tags);
  for (const { Key: key = '', Value: value = '' } of added) {
    const same = [...all.keys()].find((known) => known.toLowerCase() === key.toLowerCase());
    all.set(same ?? key, checkValue(value));
  }
  if (all.size > tagLimit) throw quotaExceeded('TagsPerResource', tagLimit);
  return all;
}

/** The tags that are left; keys are compared without their case. */
export function withoutTags(
  tags: ReadonlyMap<string, string>,
  keys: readonly string[],
): ReadonlyMap<string, string> {
  const removed = new Set(keys.map((key) => key.toLowerCase()));
  return new Map([...tags].filter(([key]) => !removed.has(key.toLowerCase())));
}

/** Tags as IAM writes them. */
export function tagsOf(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function checkKey(key: string): string {
  if (key.length < 1 || key.length > 128 || !allowed.test(key)) throw invalidTag(key, 'key');
  if (/^aws:/i.test(key)) throw invalidInput('aws: prefixed tag key names are not allowed for external use.');
  return key;
}

function checkValue(value: string): string {
  if (value.length > 256 || !allowed.test(value)) throw invalidTag(value, 'value');
  return value;
}

function invalidTag(found: string, member: 'key' | 'value'): AwsError {
  const limit = member === 'key' ? 128 : 256;
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${found}' at 'tags.X.member.${member}' failed to satisfy constraint: ` +
      `Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+ ` +
      `and have length less than or equal to ${limit}`,
  );
}
