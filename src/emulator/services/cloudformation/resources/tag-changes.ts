import type * as z from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { isSame } from '../template/members.ts';
import type { tagList } from './property-shapes.ts';

type Tags = z.infer<typeof tagList>;

/** What has to be told to a service whose tags are written one by one. */
export function tagChanges(former: Tags, now: Tags) {
  const kept = new Set(now?.map(({ Key }) => Key));
  const known = new Map(former?.map(({ Key, Value }) => [Key, Value]));
  return {
    added: (now ?? []).filter(({ Key, Value }) => known.get(Key) !== Value),
    removed: [...known.keys()].filter((key) => !kept.has(key)),
  };
}

/** Throws where the service here has no way to change the tags of what is there already. */
export function refuseOtherTags(former: Tags, now: Tags): void {
  if (isSame(former ?? [], now ?? [])) return;
  throw new AwsError('NotUpdatable', 'the local cloud cannot change the tags of this resource', 501);
}
