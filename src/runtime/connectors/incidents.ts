import { createIncidentRecords } from '#adapters/incidents/incident-records.ts';
import type { Connector } from './connection.ts';

export const incidents: Connector<'incidents'> = ({ access, surroundings }) =>
  createIncidentRecords(access, surroundings.responsePlanArn);
