import { createActivityTable } from '#adapters/activities/activity-table.ts';
import type { Connector } from './connection.ts';

export const activities: Connector<'activities'> = ({ access, surroundings }) =>
  createActivityTable(access, surroundings.tables.activities);
