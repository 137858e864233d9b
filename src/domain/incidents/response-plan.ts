import type { Settings } from '#domain/settings/settings.ts';

/** Name of the response plan that the system brings along, without the environment identifier before it. */
export const responsePlan = 'ResponsePlan';

/** ARN of the response plan that starts incidents: that of the settings, or our own; undefined where OpsCenter keeps them. */
export function responsePlanArnOf({
  environment,
  automation,
  features,
}: Pick<Settings, 'environment' | 'automation' | 'features'>): string | undefined {
  if (features.incidentBackend !== 'incident-manager') return undefined;
  const own = `arn:aws:ssm-incidents::${automation.accountId}:response-plan/${environment}${responsePlan}`;
  return features.responsePlanArn ?? own;
}
