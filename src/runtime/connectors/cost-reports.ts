import { createCostReports } from '#adapters/reports-bucket/cost-reports.ts';
import type { Connector } from './connection.ts';

export const costReports: Connector<'costReports'> = ({ access, surroundings: { account, central } }) =>
  createCostReports(access, { environment: central.environment, account });
