import type { Call } from '../../service.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets, S3Input } from './buckets.ts';
import type { Checksum, ChecksumAlgorithm } from './checksums.ts';
import type { Headers } from './s3-answer.ts';
import { noSuchUpload } from './s3-errors.ts';

export interface UploadedPart {
  readonly number: number;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  readonly modifiedAt: Date;
}

/** An object in the making, whose parts may come in any order and again. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly initiatedAt: Date;
  readonly headers: Headers;
  readonly tags: ReadonlyMap<string, string>;
  readonly algorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: Checksum['type'];
  readonly parts: Map<number, UploadedPart>;
}

/** Throws NoSuchUpload, also when the upload is one of another key. */
export function findUpload(
  buckets: Buckets,
  input: S3Input,
  call: Call,
): { readonly bucket: Bucket; readonly upload: Upload } {
  const bucket = buckets.find(input, call);
  const id = call.http.query.get('uploadId') ?? '';
  const upload = bucket.uploads.get(id);
  if (!upload || upload.key !== input.Key) throw noSuchUpload(id);
  return { bucket, upload };
}
