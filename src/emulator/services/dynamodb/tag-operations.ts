import type {
  ListTagsOfResourceCommandInput,
  Tag,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Call } from '../../service.ts';
import type { Tables } from './tables.ts';
import { invalidParameter, validationException } from './validation-exception.ts';

const mostTags = 50;

/** Tags of tables, 50 at most. */
export function createTagOperations(tables: Tables) {
  return {
    TagResource({ ResourceArn, Tags }: TagResourceCommandInput, call: Call) {
      const { tags } = tables.find(ResourceArn, call);
      const given = tagsFrom(Tags);
      if (new Set([...tags.keys(), ...given.keys()]).size > mostTags) throw tooManyTags();
      for (const [key, value] of given) tags.set(key, value);
    },
    UntagResource({ ResourceArn, TagKeys = [] }: UntagResourceCommandInput, call: Call) {
      const { tags } = tables.find(ResourceArn, call);
      for (const key of TagKeys) tags.delete(key);
    },
    ListTagsOfResource({ ResourceArn, NextToken }: ListTagsOfResourceCommandInput, call: Call) {
      const { tags } = tables.find(ResourceArn, call);
      // All 50 fit one page, so that no token was ever handed out.
      if (NextToken !== undefined) throw validationException('Invalid NextToken');
      return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}

/** Throws ValidationException. */
export function tagsFrom(found: readonly Tag[] | undefined): Map<string, string> {
  const tags = new Map<string, string>();
  for (const { Key, Value } of found ?? []) {
    if (!Key || Key.length > 128 || Value === undefined || Value.length > 256) {
      throw invalidParameter('A tag needs a Key of 1 to 128 characters and a Value of up to 256');
    }
    if (tags.has(Key)) throw invalidParameter(`Duplicate tag key: ${Key}`);
    tags.set(Key, Value);
  }
  if (tags.size > mostTags) throw tooManyTags();
  return tags;
}

function tooManyTags() {
  return validationException(`Too many tags: a table has ${mostTags} at most`);
}
