import type { Call, HttpResponse } from '../../service.ts';
import { canonicalId, type Bucket } from './bucket.ts';
import type { Buckets, S3Input } from './buckets.ts';
import { listKeys, type KeyPage, type ListedObject } from './list-keys.ts';
import { listVersions } from './list-versions.ts';
import { xmlAnswer } from './s3-answer.ts';
import { invalidArgument } from './s3-errors.ts';
import type { XmlValue } from './xml.ts';

const mostKeys = 1000;

/** Keys in pages of a thousand at most, in both versions of the operation, and with all their versions. */
export function createListOperations(buckets: Buckets) {
  function listV2(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const { query } = call.http;
    const request = requestOf(query);
    const token = query.get('continuation-token');
    const startAfter = query.get('start-after');
    const after = token === null ? (startAfter ?? '') : keyOfToken(token);
    const page = listKeys(bucket, { ...request, after });
    const owner = query.get('fetch-owner') === 'true' ? bucket : undefined;
    return xmlAnswer('ListBucketResult', {
      Name: bucket.name,
      Prefix: request.write(request.prefix),
      Delimiter: request.delimiter === '' ? undefined : request.write(request.delimiter),
      MaxKeys: request.size,
      EncodingType: request.encoding,
      KeyCount: page.objects.length + page.prefixes.length,
      IsTruncated: page.last !== undefined,
      ContinuationToken: token ?? undefined,
      NextContinuationToken: page.last === undefined ? undefined : tokenOf(page.last),
      StartAfter: startAfter === null ? undefined : request.write(startAfter),
      ...contentsOf(page, request.write, owner),
    });
  }

  function listV1(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const { query } = call.http;
    const request = requestOf(query);
    const marker = query.get('marker') ?? '';
    const page = listKeys(bucket, { ...request, after: marker });
    const hasNext = page.last !== undefined && request.delimiter !== '';
    return xmlAnswer('ListBucketResult', {
      Name: bucket.name,
      Prefix: request.write(request.prefix),
      Marker: request.write(marker),
      // Without a delimiter, the last key is where the next page begins.
      NextMarker: hasNext ? request.write(page.last ?? '') : undefined,
      Delimiter: request.delimiter === '' ? undefined : request.write(request.delimiter),
      MaxKeys: request.size,
      EncodingType: request.encoding,
      IsTruncated: page.last !== undefined,
      ...contentsOf(page, request.write, bucket),
    });
  }

  function versions(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const request = requestOf(call.http.query);
    const keyMarker = call.http.query.get('key-marker') ?? '';
    const versionMarker = call.http.query.get('version-id-marker') ?? '';
    const page = listVersions(bucket, { ...request, keyMarker, versionMarker });
    return xmlAnswer('ListVersionsResult', {
      Name: bucket.name,
      Prefix: request.write(request.prefix),
      KeyMarker: request.write(keyMarker),
      VersionIdMarker: versionMarker,
      NextKeyMarker: page.last && request.write(page.last.key),
      NextVersionIdMarker: page.last?.version,
      Delimiter: request.delimiter === '' ? undefined : request.write(request.delimiter),
      MaxKeys: request.size,
      EncodingType: request.encoding,
      IsTruncated: page.last !== undefined,
      Version: page.versions.flatMap(({ key, version, isLatest }) =>
        version.kind === 'object'
          ? [
              {
                ...describe({ key, object: version }, request.write, bucket),
                VersionId: version.version,
                IsLatest: isLatest,
              },
            ]
          : [],
      ),
      DeleteMarker: page.versions.flatMap(({ key, version, isLatest }) =>
        version.kind === 'marker'
          ? [
              {
                Key: request.write(key),
                VersionId: version.version,
                IsLatest: isLatest,
                LastModified: version.modifiedAt,
                Owner: { ID: canonicalId(bucket.owner) },
              },
            ]
          : [],
      ),
      CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix: request.write(Prefix) })),
    });
  }

  return { ListObjects: listV1, ListObjectsV2: listV2, ListObjectVersions: versions };
}

/** What all listings have in common; `write` encodes names where the client asks for it. */
function requestOf(query: URLSearchParams) {
  const encoding = query.get('encoding-type') ?? undefined;
  if (encoding !== undefined && encoding !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encoding);
  }
  const asked = query.get('max-keys') ?? String(mostKeys);
  if (!/^\d+$/.test(asked)) {
    throw invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', asked);
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    size: Math.min(Number(asked), mostKeys),
    encoding,
    write: (text: string) =>
      encoding === undefined ? text : encodeURIComponent(text).replaceAll('%2F', '/'),
  };
}

function contentsOf(page: KeyPage, write: (text: string) => string, owner: Bucket | undefined) {
  return {
    Contents: page.objects.map((listed) => describe(listed, write, owner)),
    CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix: write(Prefix) })),
  };
}

function describe({ key, object }: ListedObject, write: (text: string) => string, owner: Bucket | undefined) {
  const described: Record<string, XmlValue> = {
    Key: write(key),
    LastModified: object.modifiedAt,
    ETag: object.etag,
    ChecksumAlgorithm: object.checksum?.algorithm,
    ChecksumType: object.checksum?.type,
    Size: object.body.byteLength,
    StorageClass: object.headers['x-amz-storage-class'] ?? 'STANDARD',
    Owner: owner && { ID: canonicalId(owner.owner) },
  };
  return described;
}

const tokenOf = (key: string) => Buffer.from(`after:${key}`).toString('base64url');

function keyOfToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith('after:')) return text.slice('after:'.length);
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
}
