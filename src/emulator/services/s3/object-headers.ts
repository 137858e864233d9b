import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Bucket, StoredObject } from './bucket.ts';
import type { Headers } from './s3-answer.ts';
import { invalidArgument } from './s3-errors.ts';

const kept = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'expires',
  'x-amz-storage-class',
] as const;

/** Classes whose objects can be read at once. */
const storageClasses = new Set([
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'REDUCED_REDUNDANCY',
  'GLACIER_IR',
]);

const mostMetadata = 2048;

/** The headers of an upload that come back with the object. Throws for those that cannot be honoured. */
export function keptHeaders(headers: Headers): Headers {
  refuseUnknown(headers);
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  const size = metadata.reduce(
    (sum, [name, value]) => sum + name.length - 'x-amz-meta-'.length + value.length,
    0,
  );
  if (size > mostMetadata) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  const plain = kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  const encoding = contentEncoding(headers['content-encoding']);
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(plain.filter(([, value]) => value !== 'STANDARD')),
    ...(encoding && { 'content-encoding': encoding }),
    ...Object.fromEntries(metadata),
  };
}

/** How an object is encrypted: as the upload asks, else as the bucket says. */
export function encryptionHeaders(headers: Headers, { encryption }: Bucket): Headers {
  const algorithm = headers['x-amz-server-side-encryption'] ?? encryption.algorithm;
  const keyId = headers['x-amz-server-side-encryption-aws-kms-key-id'] ?? encryption.keyId;
  return {
    'x-amz-server-side-encryption': algorithm,
    ...(algorithm === 'aws:kms' && keyId && { 'x-amz-server-side-encryption-aws-kms-key-id': keyId }),
  };
}

/** What every answer about an object says of it. */
export function objectHeaders(object: StoredObject): Headers {
  return {
    ...object.headers,
    etag: object.etag,
    'last-modified': object.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    ...(object.tags.size > 0 && { 'x-amz-tagging-count': String(object.tags.size) }),
    ...versionHeader(object.version),
  };
}

/** Objects from before versioning say nothing of a version. */
export function versionHeader(version: string): Headers {
  return version === 'null' ? {} : { 'x-amz-version-id': version };
}

/** The transfer's own encoding ends where the object begins. */
function contentEncoding(header: string | undefined): string | undefined {
  const encodings = (header ?? '').split(',').map((encoding) => encoding.trim());
  const own = encodings.filter((encoding) => encoding !== '' && encoding !== 'aws-chunked').join(',');
  return own === '' ? undefined : own;
}

function refuseUnknown(headers: Headers) {
  for (const name of Object.keys(headers)) {
    const unknown =
      name.startsWith('x-amz-server-side-encryption-customer-') ||
      name.startsWith('x-amz-object-lock-') ||
      name === 'x-amz-website-redirect-location' ||
      name === 'x-amz-write-offset-bytes';
    if (unknown) throw notImplemented('s3', `header ${name}`);
    if (name.startsWith('x-amz-grant-')) throw noAcls();
  }
  const acl = headers['x-amz-acl'];
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control') throw noAcls();
  const storageClass = headers['x-amz-storage-class'];
  if (storageClass !== undefined && !storageClasses.has(storageClass)) {
    throw notImplemented('s3', `storage class ${storageClass}`);
  }
  const encryption = headers['x-amz-server-side-encryption'];
  if (encryption !== undefined && encryption !== 'AES256' && encryption !== 'aws:kms') {
    throw invalidArgument(
      'The encryption method specified is not supported',
      'x-amz-server-side-encryption',
      encryption,
    );
  }
}

/** Buckets of today belong to their owner alone. */
function noAcls(): AwsError {
  return new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
}
