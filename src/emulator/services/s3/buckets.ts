import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import type { Bucket } from './bucket.ts';
import { accessDenied, noSuchBucket } from './s3-errors.ts';

/** What the path of a request names. */
export interface S3Input {
  readonly Bucket?: string;
  readonly Key?: string;
}

/** All buckets of the cloud: their names are taken once for everybody. */
export interface Buckets {
  readonly byName: Map<string, Bucket>;
  /** Throws NoSuchBucket, or PermanentRedirect when the call went to another region. */
  find(input: S3Input, call: Call): Bucket;
  /** The same from whatever region the call comes. */
  findAnywhere(input: S3Input, call: Call): Bucket;
}

export function createBuckets(): Buckets {
  const byName = new Map<string, Bucket>();

  function findAnywhere({ Bucket: name = '' }: S3Input, { http }: Call): Bucket {
    const bucket = byName.get(name);
    if (!bucket) throw noSuchBucket(name);
    const expected = http.headers['x-amz-expected-bucket-owner'];
    if (expected !== undefined && expected !== bucket.owner) throw accessDenied();
    return bucket;
  }

  return {
    byName,
    findAnywhere,
    find(input, call) {
      const bucket = findAnywhere(input, call);
      // Links that are signed in the old way name no region.
      const isOldLink = call.http.query.has('AWSAccessKeyId');
      if (bucket.region !== call.region && !isOldLink) throw elsewhere(bucket);
      return bucket;
    },
  };
}

/** Clients follow this one by themselves, or tell which region they should have asked. */
function elsewhere({ name, region }: Bucket): AwsError {
  return new AwsError(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. ' +
      'Please send all future requests to this endpoint.',
    301,
    { Bucket: name, Region: region, Endpoint: `${name}.s3.${region}.amazonaws.com` },
  );
}
