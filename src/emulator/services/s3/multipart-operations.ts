import type { Platform } from '../../platform.ts';
import type { Call, HttpResponse } from '../../service.ts';
import { payloadOf } from './aws-chunked.ts';
import { wholeSeconds } from './bucket-operations.ts';
import type { Buckets, S3Input } from './buckets.ts';
import {
  checkedChecksum,
  checksumAlgorithm,
  checksumHeaders,
  checksumOf,
  md5,
  type Checksum,
} from './checksums.ts';
import { completedObject } from './complete-upload.ts';
import { createSourceFinder } from './copy-source.ts';
import { findUpload, type Upload, type UploadedPart } from './multipart-upload.ts';
import { encryptionHeaders, keptHeaders, versionHeader } from './object-headers.ts';
import { addVersion, currentObject, nextVersion } from './object-versions.ts';
import type { Permissions } from './permissions.ts';
import { checkWriteConditions } from './preconditions.ts';
import { rangeIn } from './read-object.ts';
import { emptyAnswer, xmlAnswer } from './s3-answer.ts';
import { invalidArgument } from './s3-errors.ts';
import { readTagHeader } from './tags.ts';

type World = Pick<Platform, 'clock' | 'nextId' | 'endpoint'>;

const mostParts = 10_000;

/** Uploads in parts, each of 5 MB at least but the last. */
export function createMultipartOperations(buckets: Buckets, platform: World, permissions: Permissions) {
  const findSource = createSourceFinder(buckets, permissions);
  const now = () => wholeSeconds(platform.clock.now());

  function create(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const { headers } = call.http;
    const { Key: key = '' } = input;
    const algorithm = headers['x-amz-checksum-algorithm'];
    const upload: Upload = {
      id: platform.nextId().replaceAll('-', ''),
      key,
      initiatedAt: now(),
      headers: { ...keptHeaders(headers), ...encryptionHeaders(headers, bucket) },
      tags: readTagHeader(headers['x-amz-tagging']),
      algorithm: algorithm === undefined ? undefined : checksumAlgorithm(algorithm),
      checksumType: headers['x-amz-checksum-type'] === 'FULL_OBJECT' ? 'FULL_OBJECT' : 'COMPOSITE',
      parts: new Map(),
    };
    bucket.uploads.set(upload.id, upload);
    return xmlAnswer(
      'InitiateMultipartUploadResult',
      { Bucket: bucket.name, Key: key, UploadId: upload.id },
      {
        ...encryptionHeaders(headers, bucket),
        ...(upload.algorithm && {
          'x-amz-checksum-algorithm': upload.algorithm,
          'x-amz-checksum-type': upload.checksumType,
        }),
      },
    );
  }

  function keepPart(upload: Upload, { http }: Call, body: Uint8Array, given: Checksum | undefined) {
    const number = partNumberIn(http.query);
    const { algorithm } = upload;
    const checksum =
      given ?? (algorithm && { algorithm, value: checksumOf(algorithm, body), type: 'FULL_OBJECT' });
    const etag = `"${md5(body).toString('hex')}"`;
    const part: UploadedPart = { number, body, etag, checksum, modifiedAt: now() };
    upload.parts.set(number, part);
    return part;
  }

  function uploadPart(input: S3Input, call: Call): HttpResponse {
    const { upload } = findUpload(buckets, input, call);
    const payload = payloadOf(call.http);
    const part = keepPart(upload, call, payload.body, checkedChecksum(call.http, payload));
    return emptyAnswer(200, { etag: part.etag, ...checksumHeaders(part.checksum) });
  }

  function copyPart(input: S3Input, call: Call): HttpResponse {
    const { upload } = findUpload(buckets, input, call);
    const { body } = findSource(call).object;
    const range = rangeIn(call.http.headers['x-amz-copy-source-range'], body.byteLength);
    const copied = range ? body.subarray(range.start, range.end + 1) : body;
    const part = keepPart(upload, call, copied, undefined);
    return xmlAnswer('CopyPartResult', { LastModified: part.modifiedAt, ETag: part.etag });
  }

  function complete(input: S3Input, call: Call): HttpResponse {
    const { bucket, upload } = findUpload(buckets, input, call);
    checkWriteConditions(call.http.headers, upload.key, currentObject(bucket, upload.key));
    const version = nextVersion(bucket, () => platform.nextId());
    const object = completedObject(upload, call.http.body, { version, modifiedAt: now() });
    addVersion(bucket, upload.key, object);
    bucket.uploads.delete(upload.id);
    const { checksum } = object;
    return xmlAnswer(
      'CompleteMultipartUploadResult',
      {
        Location: `${platform.endpoint()}/${bucket.name}/${encodeURIComponent(upload.key)}`,
        Bucket: bucket.name,
        Key: upload.key,
        ETag: object.etag,
        ...(checksum && { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type }),
      },
      versionHeader(version),
    );
  }

  return {
    CreateMultipartUpload: create,
    UploadPart: uploadPart,
    UploadPartCopy: copyPart,
    CompleteMultipartUpload: complete,
    AbortMultipartUpload(input: S3Input, call: Call): HttpResponse {
      const { bucket, upload } = findUpload(buckets, input, call);
      bucket.uploads.delete(upload.id);
      return emptyAnswer(204);
    },
  };
}

/** Throws InvalidArgument. */
function partNumberIn(query: URLSearchParams): number {
  const asked = query.get('partNumber') ?? '';
  const number = Number(asked);
  if (/^\d+$/.test(asked) && number >= 1 && number <= mostParts) return number;
  const message = `Part number must be an integer between 1 and ${mostParts}, inclusive`;
  throw invalidArgument(message, 'partNumber', asked);
}
