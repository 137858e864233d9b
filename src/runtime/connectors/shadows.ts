import { createShadowTable } from '#adapters/shadows/shadow-table.ts';
import type { Connector } from './connection.ts';

export const shadows: Connector<'shadows'> = ({ access, surroundings }) =>
  createShadowTable(access, surroundings.tables.shadows);
