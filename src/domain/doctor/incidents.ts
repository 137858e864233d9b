import { finding, ok, type Diagnosis } from './diagnosis.ts';
import { deployAs } from './wording.ts';

/** What Systems Manager says of where incidents are kept. */
export type IncidentSight =
  | { readonly backend: 'ops-center' }
  | { readonly backend: 'incident-manager'; readonly isEnabled: boolean; readonly plans: readonly string[] };

/** Exceptions can become incidents: OpsCenter answers, or Incident Manager has the response plan. */
export function incidentsCanBeOpened(
  sight: IncidentSight,
  plan: { readonly arn: string | undefined; readonly isNamed: boolean },
  automationAccount: string,
): Diagnosis {
  if (sight.backend === 'ops-center') return ok('OpsCenter keeps incidents');
  if (!sight.isEnabled) {
    return finding(
      'Incident Manager is not enabled, and AWS has been closed to new customers of it since November 2025',
      'take out features.with_response_plan_arn and features.with_incident_backend, so that OpsCenter keeps incidents',
    );
  }
  if (plan.arn !== undefined && sight.plans.includes(plan.arn)) {
    return ok(`Incident Manager has ${plan.arn}`);
  }
  const remedy = plan.isNamed ? 'correct features.with_response_plan_arn' : deployAs(automationAccount);
  return finding(`Incident Manager has no response plan ${plan.arn ?? ''}`, remedy);
}
