import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import type { EventBusStore } from './event-buses.ts';

const mostTags = 50;

/** Tags of rules and buses. */
export function tagOperations(buses: EventBusStore) {
  function tagsOf(arn: string, call: Call): Map<string, string> {
    const [kind = '', ...path] = (arn.split(':')[5] ?? '').split('/');
    const ruleName = kind === 'rule' ? path.pop() : undefined;
    const bus = buses.find(call, path[0]);
    const tags = ruleName === undefined ? bus?.tags : bus?.rule(ruleName)?.tags;
    if (tags) return tags;
    throw new AwsError('ResourceNotFoundException', `${arn} does not exist.`);
  }

  return {
    TagResource({ ResourceARN = '', Tags = [] }: TagResourceRequest, call: Call) {
      const tags = tagsOf(ResourceARN, call);
      const together = new Set([...tags.keys(), ...Tags.map(({ Key }) => Key)]);
      if (together.size > mostTags)
        throw new AwsError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed.',
        );
      for (const { Key = '', Value = '' } of Tags) tags.set(Key, Value);
    },
    UntagResource({ ResourceARN = '', TagKeys = [] }: UntagResourceRequest, call: Call) {
      const tags = tagsOf(ResourceARN, call);
      for (const key of TagKeys) tags.delete(key);
    },
    ListTagsForResource(
      { ResourceARN = '' }: ListTagsForResourceRequest,
      call: Call,
    ): ListTagsForResourceResponse {
      return { Tags: [...tagsOf(ResourceARN, call)].map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}
