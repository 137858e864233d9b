import type { Platform } from '../../platform.ts';
import type { Call, HttpResponse } from '../../service.ts';
import { payloadOf } from './aws-chunked.ts';
import { wholeSeconds } from './bucket-operations.ts';
import type { StoredObject } from './bucket.ts';
import type { Buckets, S3Input } from './buckets.ts';
import { createSourceFinder } from './copy-source.ts';
import { checkedChecksum, checksumHeaders, md5 } from './checksums.ts';
import { encryptionHeaders, keptHeaders, versionHeader } from './object-headers.ts';
import { addVersion, currentObject, nextVersion } from './object-versions.ts';
import type { Permissions } from './permissions.ts';
import { checkWriteConditions } from './preconditions.ts';
import { emptyAnswer, xmlAnswer } from './s3-answer.ts';
import { invalidRequest } from './s3-errors.ts';
import { readTagHeader } from './tags.ts';

type World = Pick<Platform, 'clock' | 'nextId'>;

/** Uploads and copies. The bytes are kept as they came, and shared by copies. */
export function createWriteOperations(buckets: Buckets, platform: World, permissions: Permissions) {
  const findSource = createSourceFinder(buckets, permissions);

  function put(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const { Key: key = '' } = input;
    const { headers } = call.http;
    if (headers['x-amz-tagging'] !== undefined) permissions.require('s3:PutObjectTagging', bucket, key, call);
    const payload = payloadOf(call.http);
    const checksum = checkedChecksum(call.http, payload);
    checkWriteConditions(headers, key, currentObject(bucket, key));
    const object: StoredObject = {
      kind: 'object',
      version: nextVersion(bucket, () => platform.nextId()),
      modifiedAt: wholeSeconds(platform.clock.now()),
      body: payload.body,
      etag: `"${md5(payload.body).toString('hex')}"`,
      headers: { ...keptHeaders(headers), ...encryptionHeaders(headers, bucket) },
      checksum,
      tags: readTagHeader(headers['x-amz-tagging']),
    };
    addVersion(bucket, key, object);
    return emptyAnswer(200, {
      etag: object.etag,
      ...encryptionHeaders(headers, bucket),
      ...checksumHeaders(checksum),
      ...versionHeader(object.version),
    });
  }

  function copy(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const { Key: key = '' } = input;
    const { headers } = call.http;
    const source = findSource(call);
    const replaced = isReplaced(headers['x-amz-metadata-directive']);
    const retagged = isReplaced(headers['x-amz-tagging-directive']);
    const changed = replaced || 'x-amz-storage-class' in headers || 'x-amz-server-side-encryption' in headers;
    const ontoItself = source.bucket === bucket.name && source.key === key && source.version === undefined;
    if (ontoItself && !changed) {
      throw invalidRequest(
        'This copy request is illegal because it is trying to copy an object to itself without changing the ' +
          "object's metadata, storage class, website redirect location or encryption attributes.",
      );
    }
    checkWriteConditions(headers, key, currentObject(bucket, key));
    const asked = keptHeaders(headers);
    const object: StoredObject = {
      ...source.object,
      version: nextVersion(bucket, () => platform.nextId()),
      modifiedAt: wholeSeconds(platform.clock.now()),
      headers: {
        ...(replaced ? asked : { ...source.object.headers, ...storageClassIn(asked) }),
        ...encryptionHeaders(headers, bucket),
      },
      tags: retagged ? readTagHeader(headers['x-amz-tagging']) : source.object.tags,
    };
    addVersion(bucket, key, object);
    return xmlAnswer(
      'CopyObjectResult',
      { LastModified: object.modifiedAt, ETag: object.etag },
      {
        ...versionHeader(object.version),
        ...(source.object.version !== 'null' && { 'x-amz-copy-source-version-id': source.object.version }),
      },
    );
  }

  return { PutObject: put, CopyObject: copy };
}

function isReplaced(directive: string | undefined): boolean {
  return directive?.toUpperCase() === 'REPLACE';
}

function storageClassIn(headers: Readonly<Record<string, string>>) {
  const name = 'x-amz-storage-class';
  return headers[name] === undefined ? {} : { [name]: headers[name] };
}
