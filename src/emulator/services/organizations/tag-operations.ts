import type {
  ListTagsForResourceCommandInput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-organizations';
import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { recorded } from '../../trail.ts';
import type { Directory } from './directory.ts';
import type { TagStore } from './tags.ts';

const source = 'aws.organizations';

/** Tags of accounts, of units and of the root. */
export function tagOperations(platform: Platform, directory: Directory, tags: TagStore) {
  function target(id: string | undefined): string {
    const known =
      id !== undefined &&
      (id === directory.root || directory.findMember(id) || directory.units().some((unit) => unit.id === id));
    if (!known)
      throw new AwsError(
        'TargetNotFoundException',
        "We can't find a root, OU, account, or policy with that ID.",
      );
    return id;
  }

  return {
    ListTagsForResource(input: ListTagsForResourceCommandInput) {
      const all = Object.entries(tags.of(target(input.ResourceId)));
      return { Tags: all.map(([Key, Value]) => ({ Key, Value })) };
    },
    TagResource(input: TagResourceCommandInput, call: Call) {
      const given = (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
      const parameters = { resourceId: input.ResourceId, tags: given };
      return recorded(platform, call, { source, parameters }, () => {
        tags.put(target(input.ResourceId), input.Tags ?? []);
        return {};
      });
    },
    UntagResource(input: UntagResourceCommandInput, call: Call) {
      const parameters = { resourceId: input.ResourceId, tagKeys: input.TagKeys };
      return recorded(platform, call, { source, parameters }, () => {
        tags.remove(target(input.ResourceId), input.TagKeys ?? []);
        return {};
      });
    },
  };
}
