import { createMemberWorkshop } from '#adapters/workshop/member-workshop.ts';
import type { Connector } from './connection.ts';
import { sessionsOf } from './sessions.ts';

export const workshop: Connector<'workshop'> = (connection) =>
  createMemberWorkshop(connection.access, sessionsOf(connection), connection.surroundings.account);
