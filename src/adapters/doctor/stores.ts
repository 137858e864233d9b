import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { HeadBucketCommand, NoSuchBucket, NotFound, S3Client } from '@aws-sdk/client-s3';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** Names of the tables and buckets that are there. One call each. */
export async function storesFound(
  access: AwsAccess,
  wanted: { readonly tables: readonly string[]; readonly buckets: readonly string[] },
): Promise<readonly string[]> {
  const dynamodb = new DynamoDBClient(clientConfig(access));
  const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
  const found = await Promise.all([
    ...wanted.tables.map((TableName) =>
      named(TableName, () => dynamodb.send(new DescribeTableCommand({ TableName }))),
    ),
    ...wanted.buckets.map((Bucket) => named(Bucket, () => s3.send(new HeadBucketCommand({ Bucket })))),
  ]);
  return found.flat();
}

async function named(name: string, run: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await run();
    return [name];
  } catch (fault) {
    const isMissing = [ResourceNotFoundException, NoSuchBucket, NotFound].some(
      (kind) => fault instanceof kind,
    );
    if (!isMissing) throw fault;
    return [];
  }
}
