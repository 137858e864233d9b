import { createOrganizationDirectory } from '#adapters/organizations/organization-directory.ts';
import type { Connector } from './connection.ts';
import { sessionsOf } from './sessions.ts';

export const accounts: Connector<'accounts'> = (connection) =>
  createOrganizationDirectory(sessionsOf(connection), connection.surroundings.wiring.tagPrefix);
