import { type BucketLocationConstraint, CreateBucketCommand } from '@aws-sdk/client-s3';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { recordTablesOf } from '#runtime/record-tables.ts';
import type { AccountClients } from './account-clients.ts';
import { createTable } from './create-table.ts';

/** Where it is kept what happened to accounts: three tables, and the bucket of reports. */
export async function installMetering({ dynamodb, s3 }: AccountClients, settings: Settings): Promise<void> {
  for (const { name } of Object.values(recordTablesOf(settings))) await createTable(dynamodb, name);
  const { accountId, region } = settings.automation;
  await s3.send(
    new CreateBucketCommand({
      Bucket: reportsBucketName(settings.environment, accountId),
      CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
    }),
  );
}
