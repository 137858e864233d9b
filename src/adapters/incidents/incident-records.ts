import type { IncidentRecords } from '#ports/incident-records.ts';
import type { AwsAccess } from '../aws/access.ts';
import { createOpsCenter } from './ops-center.ts';

/** Records in OpsCenter, or in Incident Manager where a response plan is named. */
export function createIncidentRecords(
  access: AwsAccess,
  responsePlanArn: string | undefined,
): IncidentRecords {
  return responsePlanArn === undefined ? createOpsCenter(access) : loadedLater(access, responsePlanArn);
}

/** The client of Incident Manager is loaded by those only who have it: it is large, and old. */
function loadedLater(access: AwsAccess, responsePlanArn: string): IncidentRecords {
  let loaded: Promise<IncidentRecords> | undefined;
  const manager = () =>
    (loaded ??= import('./incident-manager.ts').then(({ createIncidentManager }) =>
      createIncidentManager(access, responsePlanArn),
    ));
  return {
    open: async (incident, token) => (await manager()).open(incident, token),
    isOpen: async (record) => (await manager()).isOpen(record),
    add: async (record, repeat) => (await manager()).add(record, repeat),
    relate: async (record, item) => (await manager()).relate(record, item),
  };
}
