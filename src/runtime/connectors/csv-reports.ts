import { createCsvReports } from '#adapters/reports-bucket/csv-reports.ts';
import { createReportsBucket, reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { Connector } from './connection.ts';

export const csvReports: Connector<'csvReports'> = ({ access, surroundings: { account, central } }) =>
  createCsvReports(createReportsBucket(access, reportsBucketName(central.environment, account)));
