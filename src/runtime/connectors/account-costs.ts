import { createAccountCosts } from '#adapters/cost-explorer/account-costs.ts';
import type { Connector } from './connection.ts';
import { sessionsOf } from './sessions.ts';

export const accountCosts: Connector<'accountCosts'> = (connection) =>
  createAccountCosts(sessionsOf(connection));
