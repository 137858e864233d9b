import { createOrganizationCosts } from '#adapters/cost-explorer/organization-costs.ts';
import type { Connector } from './connection.ts';
import { sessionsOf } from './sessions.ts';

export const organizationCosts: Connector<'organizationCosts'> = (connection) =>
  createOrganizationCosts(sessionsOf(connection));
