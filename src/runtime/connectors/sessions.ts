import { createSessions, type Sessions } from '#adapters/aws/sessions.ts';
import type { Connection } from './connection.ts';

const known = new WeakMap<Connection, Sessions>();

/** The sessions of a connection, which its ports share: the management role is assumed once for all of them. */
export function sessionsOf(connection: Connection): Sessions {
  const { access, surroundings } = connection;
  const sessions = known.get(connection) ?? createSessions(access, surroundings);
  known.set(connection, sessions);
  return sessions;
}
