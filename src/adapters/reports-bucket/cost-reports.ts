import type { AccountId } from '#domain/account.ts';
import type { CostReports } from '#ports/cost-reports.ts';
import type { AwsAccess } from '../aws/access.ts';
import { csv } from '../csv/csv.ts';
import { workbook } from '../workbook/workbook.ts';
import { createReportsBucket, reportsBucketName } from './reports-bucket.ts';

export interface ReportsPlace {
  readonly environment: string;
  readonly account: AccountId;
}

/** Cost reports in the bucket of reports; addresses lead to the console of S3, which asks people who they are. */
export function createCostReports(access: AwsAccess, { environment, account }: ReportsPlace): CostReports {
  const { region, consoleAddress = `https://${access.region}.console.aws.amazon.com` } = access;
  const bucket = reportsBucketName(environment, account);
  const store = createReportsBucket(access, bucket);
  return {
    formats: { csv, workbook },
    keep: (file) => store.keep(file),
    addressOf(prefix) {
      const query = new URLSearchParams({ region, prefix });
      return `${consoleAddress}/s3/object/${bucket}?${query.toString()}`;
    },
  };
}
