import { createLoginTable } from '#adapters/logins/login-table.ts';
import type { Connector } from './connection.ts';

export const logins: Connector<'logins'> = ({ access, surroundings }) =>
  createLoginTable(access, surroundings.central.environment);
