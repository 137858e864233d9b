import { DeleteTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  NoSuchBucket,
  S3Client,
} from '@aws-sdk/client-s3';
import { DeleteParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import { secretNames } from '#adapters/secrets/secret-names.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { tableNames } from '#infrastructure/add-stores.ts';

/** What outlives the stacks of an environment. */
export interface Data {
  readonly tables: readonly string[];
  readonly bucket: string;
  /** Names of parameters. */
  readonly secrets: readonly string[];
}

export const namesOf = ({ tables, bucket, secrets }: Data): readonly string[] => [
  ...tables,
  bucket,
  ...secrets,
];

/** Deletes data for good. What is not there is none the worse. */
export type DeleteData = (region: string, data: Data) => Promise<void>;

export const dataOf = ({ environment, automation, metering }: Settings): Data => ({
  tables: Object.values(tableNames(metering)).map((name) => `${environment}${name}`),
  bucket: reportsBucketName(environment, automation.accountId),
  secrets: Object.values(secretNames).map((name) => `/${environment}/${name}`),
});

export class ObjectsNotDeleted extends Error {
  override readonly name = 'ObjectsNotDeleted';
  readonly bucket: string;
  constructor(bucket: string, count: number) {
    super(`${count} objects of bucket ${bucket} could not be deleted: destroy again`);
    this.bucket = bucket;
  }
}

export const deleteData: DeleteData = async (region, { tables, bucket, secrets }) => {
  const dynamodb = new DynamoDBClient({ region });
  for (const TableName of tables) {
    await unlessMissing(() => dynamodb.send(new DeleteTableCommand({ TableName })));
  }
  const s3 = new S3Client({ region, forcePathStyle: true });
  await unlessMissing(async () => {
    await empty(s3, bucket);
    await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  });
  await new SSMClient({ region }).send(new DeleteParametersCommand({ Names: [...secrets] }));
};

/** All versions of all objects: a bucket that holds any of them can't be deleted. */
async function empty(s3: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0) throw new ObjectsNotDeleted(Bucket, Errors.length);
  }
}

async function unlessMissing(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (fault) {
    if (!(fault instanceof ResourceNotFoundException || fault instanceof NoSuchBucket)) throw fault;
  }
}
