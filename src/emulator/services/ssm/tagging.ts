import type {
  AddTagsToResourceCommandInput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  RemoveTagsFromResourceCommandInput,
  Tag,
} from '@aws-sdk/client-ssm';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Access, Call, Service } from '../../service.ts';
import { invalid } from './refusals.ts';
import type { Taggable } from './ssm-part.ts';

const mostTags = 50;
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

interface Target {
  readonly ResourceType?: string | undefined;
  readonly ResourceId?: string | undefined;
}

/** Tags of whatever the parts of Systems Manager keep, by resource type. */
export function createTagging(
  taggables: Readonly<Record<string, Taggable>>,
): Pick<Service, 'operations' | 'access'> {
  function taggable({ ResourceType = '' }: Target): Taggable {
    const known = taggables[ResourceType];
    if (!known) throw notImplemented('ssm', `tags of the resource type ${ResourceType}`);
    return known;
  }

  function tagsOf(target: Target, call: Call): Map<string, string> {
    const tags = taggable(target).tagsOf(target.ResourceId ?? '', call);
    if (tags) return tags;
    throw new AwsError(
      'InvalidResourceId',
      "The resource ID isn't valid. Verify that you entered the correct ID and try again.",
    );
  }

  function addTagsToResource(input: AddTagsToResourceCommandInput, call: Call) {
    const tags = tagsOf(input, call);
    for (const [key, value] of checkedTags(tags, input.Tags ?? [])) tags.set(key, value);
    return {};
  }

  function removeTagsFromResource(input: RemoveTagsFromResourceCommandInput, call: Call) {
    const tags = tagsOf(input, call);
    for (const key of input.TagKeys ?? []) tags.delete(key);
    return {};
  }

  function listTagsForResource(
    input: ListTagsForResourceCommandInput,
    call: Call,
  ): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
    return { TagList: [...tagsOf(input, call)].map(([Key, Value]) => ({ Key, Value })) };
  }

  const onTarget = (target: Target, call: Call): Access => ({
    resource: taggable(target).arnOf(target.ResourceId ?? '', call),
  });

  return {
    operations: {
      AddTagsToResource: addTagsToResource,
      RemoveTagsFromResource: removeTagsFromResource,
      ListTagsForResource: listTagsForResource,
    },
    access: {
      AddTagsToResource: onTarget,
      RemoveTagsFromResource: onTarget,
      ListTagsForResource: onTarget,
    },
  };
}

/** Tags that a resource has and gets. Throws ValidationException, TooManyTagsError. */
export function checkedTags(
  present: ReadonlyMap<string, string>,
  added: readonly Tag[],
): Map<string, string> {
  const all = new Map(present);
  for (const { Key = '', Value = '' } of added) {
    const fits = Key.length >= 1 && Key.length <= 128 && Value.length <= 256 && !/^aws:/i.test(Key);
    if (!fits || !allowed.test(Key) || !allowed.test(Value)) {
      throw invalid(`The tag is not valid: ${Key}`);
    }
    all.set(Key, Value);
  }
  if (all.size > mostTags) {
    throw new AwsError(
      'TooManyTagsError',
      `A resource can have ${mostTags} tags, and would have ${all.size}.`,
    );
  }
  return all;
}
