import type { Call } from '../../service.ts';
import type { StoredObject } from './bucket.ts';
import type { S3Input } from './buckets.ts';
import { versionHeader } from './object-headers.ts';
import { emptyAnswer, xmlAnswer } from './s3-answer.ts';
import { mostObjectTags, readTagSet, tagSetOf } from './tags.ts';

/** Tags are the one thing of an object that can be changed. */
export function createObjectTagOperations(find: (input: S3Input, call: Call) => StoredObject) {
  return {
    GetObjectTagging(input: S3Input, call: Call) {
      const { tags, version } = find(input, call);
      return xmlAnswer('Tagging', tagSetOf(tags), versionHeader(version));
    },
    PutObjectTagging(input: S3Input, call: Call) {
      const object = find(input, call);
      object.tags = readTagSet(call.http.body, mostObjectTags);
      return emptyAnswer(200, versionHeader(object.version));
    },
    DeleteObjectTagging(input: S3Input, call: Call) {
      const object = find(input, call);
      object.tags = new Map();
      return emptyAnswer(204, versionHeader(object.version));
    },
  };
}
