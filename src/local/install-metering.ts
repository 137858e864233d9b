import { PutDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { functionsFor } from '#functions/catalogue.ts';
import { cockpitOf } from '#infrastructure/dashboard/cockpit.ts';
import { recordTablesOf } from '#runtime/record-tables.ts';
import type { AccountClients } from './account-clients.ts';
import { createBucket } from './create-bucket.ts';
import { createTable } from './create-table.ts';

/** Where it is kept what happened to accounts, and where people look at it: tables, reports, the dashboard. */
export async function installMetering(
  { cloudwatch, dynamodb, s3 }: AccountClients,
  settings: Settings,
): Promise<void> {
  for (const { name } of Object.values(recordTablesOf(settings))) await createTable(dynamodb, name);
  const { accountId, region } = settings.automation;
  await createBucket(s3, reportsBucketName(settings.environment, accountId), region);
  const { name, body } = cockpitOf(settings, functionsFor(settings));
  await cloudwatch.send(new PutDashboardCommand({ DashboardName: name, DashboardBody: body }));
}
