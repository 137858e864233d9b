import { createProgressTable } from '#adapters/progress/progress-table.ts';
import type { Connector } from './connection.ts';

export const progress: Connector<'progress'> = ({ access, surroundings }) =>
  createProgressTable(access, surroundings.central.environment);
