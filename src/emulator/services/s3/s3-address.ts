import { AwsError } from '../../aws-error.ts';
import type { HttpRequest } from '../../service.ts';

/** What a request is about: all buckets, one bucket, or one object. */
export interface S3Address {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** Path style (`/bucket/key`) and virtual hosts (`bucket.localhost`, `bucket.s3.….amazonaws.com`). */
export function addressOf({ path, headers }: Pick<HttpRequest, 'path' | 'headers'>): S3Address {
  const host = bucketInHost(headers['host'] ?? '');
  const [, first = '', rest = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const bucket = host ?? decoded(first);
  const key = host === undefined ? decoded(rest) : decoded(path.slice(1));
  return { bucket: bucket === '' ? undefined : bucket, key: key === '' ? undefined : key };
}

function bucketInHost(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return /^(.+?)\.s3[.-]/.exec(name)?.[1] ?? /^(?!s3\.)(.+)\.localhost$/.exec(name)?.[1];
}

/** In a path a `+` is a plus. Throws InvalidURI. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400, { URI: path });
  }
}
