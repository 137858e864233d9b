import { createBuildReports } from '#adapters/reports-bucket/build-reports.ts';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { Connector } from './connection.ts';

export const buildReports: Connector<'buildReports'> = ({ access, surroundings: { account, central } }) =>
  createBuildReports(access, reportsBucketName(central.environment, account));
