import { DescribeOpsItemsCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  paginateListResponsePlans,
  ResourceNotFoundException,
  SSMIncidentsClient,
} from '@aws-sdk/client-ssm-incidents';
import type { IncidentSight } from '#domain/doctor/incidents.ts';
import type { IncidentBackend } from '#domain/settings/settings.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** Whether that which keeps incidents answers. One call, and one for each hundred response plans. */
export async function readIncidentBackend(
  access: AwsAccess,
  backend: IncidentBackend,
): Promise<IncidentSight> {
  if (backend === 'ops-center') {
    const open = { Key: 'Status', Values: ['Open'], Operator: 'Equal' } as const;
    const command = new DescribeOpsItemsCommand({
      OpsItemFilters: [{ ...open, Values: [...open.Values] }],
      MaxResults: 1,
    });
    await new SSMClient(clientConfig(access)).send(command);
    return { backend };
  }
  const client = new SSMIncidentsClient(clientConfig(access));
  const plans: string[] = [];
  try {
    for await (const { responsePlanSummaries = [] } of paginateListResponsePlans({ client }, {})) {
      plans.push(...responsePlanSummaries.flatMap(({ arn }) => arn ?? []));
    }
    return { backend, isEnabled: true, plans };
  } catch (fault) {
    if (fault instanceof ResourceNotFoundException) return { backend, isEnabled: false, plans };
    throw fault;
  }
}
