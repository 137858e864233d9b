import { createIncidentLog } from '#adapters/incidents/incident-log.ts';
import type { Connector } from './connection.ts';

export const incidentLog: Connector<'incidentLog'> = ({ access, surroundings }) =>
  createIncidentLog(access, surroundings.central.environment);
