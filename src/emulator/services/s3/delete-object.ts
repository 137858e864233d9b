import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call, HttpResponse } from '../../service.ts';
import { wholeSeconds } from './bucket-operations.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets, S3Input } from './buckets.ts';
import { addVersion, nextVersion, removeVersion } from './object-versions.ts';
import type { Permissions } from './permissions.ts';
import { emptyAnswer, xmlAnswer } from './s3-answer.ts';
import { malformedXml } from './s3-errors.ts';
import { childrenOf, readXml, textIn, type XmlElement } from './xml.ts';

type World = Pick<Platform, 'clock' | 'nextId'>;

/** What a deletion has done: taken a version away, or put a marker on top. */
interface Deletion {
  readonly isMarker: boolean;
  readonly version: string | undefined;
}

const mostAtOnce = 1000;

/** Deleting what is not there succeeds. With versioning, a key is only marked unless a version is named. */
export function createDeleteOperations(buckets: Buckets, platform: World, permissions: Permissions) {
  function remove(bucket: Bucket, key: string, version: string | undefined): Deletion {
    if (version !== undefined) {
      const removed = removeVersion(bucket, key, version);
      return { isMarker: removed?.kind === 'marker', version };
    }
    if (bucket.versioning === undefined) {
      removeVersion(bucket, key, 'null');
      return { isMarker: false, version: undefined };
    }
    const marker = nextVersion(bucket, () => platform.nextId());
    addVersion(bucket, key, {
      kind: 'marker',
      version: marker,
      modifiedAt: wholeSeconds(platform.clock.now()),
    });
    return { isMarker: true, version: marker };
  }

  function deleteOne(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const deletion = remove(bucket, input.Key ?? '', call.http.query.get('versionId') ?? undefined);
    return emptyAnswer(204, {
      ...(deletion.isMarker && { 'x-amz-delete-marker': 'true' }),
      ...(deletion.version !== undefined && { 'x-amz-version-id': deletion.version }),
    });
  }

  /** Each object is permitted or refused by itself. */
  function deleteMany(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const request = readXml(call.http.body);
    const objects = childrenOf(request, 'Object');
    if (request.name !== 'Delete' || objects.length === 0 || objects.length > mostAtOnce)
      throw malformedXml();
    const quiet = textIn(request, 'Quiet') === 'true';
    const outcomes = objects.map((object) => outcomeOf(bucket, object, call));
    return xmlAnswer('DeleteResult', {
      Deleted: quiet ? [] : outcomes.flatMap(({ deleted }) => (deleted ? [deleted] : [])),
      Error: outcomes.flatMap(({ refused }) => (refused ? [refused] : [])),
    });
  }

  function outcomeOf(bucket: Bucket, object: XmlElement, call: Call) {
    const key = textIn(object, 'Key');
    if (key === undefined || key === '')
      throw new AwsError('UserKeyMustBeSpecified', 'A key must be specified');
    const version = textIn(object, 'VersionId');
    const action = version === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
    if (!permissions.has(action, bucket, key, call)) {
      return { refused: { Key: key, VersionId: version, Code: 'AccessDenied', Message: 'Access Denied' } };
    }
    const deletion = remove(bucket, key, version);
    return {
      deleted: {
        Key: key,
        VersionId: version,
        DeleteMarker: deletion.isMarker || undefined,
        DeleteMarkerVersionId: deletion.isMarker ? deletion.version : undefined,
      },
    };
  }

  return { DeleteObject: deleteOne, DeleteObjects: deleteMany };
}
