import {
  BucketAlreadyOwnedByYou,
  type BucketLocationConstraint,
  CreateBucketCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

/**
 * Makes a bucket in a region, unless the account has it: deployments share the bucket of assets. The first region of
 * all, us-east-1, is meant by naming none.
 */
export async function createBucket(s3: S3Client, bucket: string, region: string): Promise<void> {
  const place = { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ...(region === 'us-east-1' ? {} : place) }));
  } catch (fault) {
    if (!(fault instanceof BucketAlreadyOwnedByYou)) throw fault;
  }
}
