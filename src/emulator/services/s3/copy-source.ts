import { notImplemented } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import type { StoredObject } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { findObject } from './object-versions.ts';
import type { Permissions } from './permissions.ts';
import { checkCopyConditions } from './preconditions.ts';
import { decoded } from './s3-address.ts';
import { invalidArgument, noSuchBucket } from './s3-errors.ts';

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  /** Undefined when the newest one is copied. */
  readonly version: string | undefined;
  readonly object: StoredObject;
}

/** The object that a copy is made from, which needs a permission of its own. */
export function createSourceFinder(buckets: Buckets, permissions: Permissions) {
  return (call: Call): CopySource => {
    const { headers } = call.http;
    const { bucket: name, key, version } = readSource(headers['x-amz-copy-source'] ?? '');
    const bucket = buckets.byName.get(name);
    if (!bucket) throw noSuchBucket(name);
    permissions.require(version === null ? 's3:GetObject' : 's3:GetObjectVersion', bucket, key, call);
    const object = findObject(bucket, key, version);
    checkCopyConditions(headers, object);
    return { bucket: name, key, version: version ?? undefined, object };
  };
}

/** `bucket/key` or `/bucket/key`, percent-encoded, perhaps with `?versionId=`. Throws InvalidArgument. */
function readSource(header: string): { bucket: string; key: string; version: string | null } {
  if (header.startsWith('arn:')) throw notImplemented('s3', 'copies from an access point');
  const [path = '', query = ''] = header.split(/\?versionId=/);
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(path)) ?? [];
  if (bucket && key) return { bucket, key, version: query === '' ? null : query };
  throw invalidArgument(
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    'x-amz-copy-source',
    header,
  );
}
