import type { Stack } from 'aws-cdk-lib';
import { CfnResponsePlan } from 'aws-cdk-lib/aws-ssmincidents';
import { responsePlan } from '#domain/incidents/response-plan.ts';
import { nameOf, type Plan } from './plan.ts';

const noImpact = 5;

/** A response plan for accounts where Incident Manager is enabled, unless the settings name another one. */
export function addResponsePlan(stack: Stack, { deployment, settings }: Plan): CfnResponsePlan | undefined {
  const { incidentBackend, responsePlanArn } = settings.features;
  if (incidentBackend !== 'incident-manager' || responsePlanArn !== undefined) return undefined;
  return new CfnResponsePlan(stack, 'ResponsePlan', {
    name: nameOf(deployment, responsePlan),
    displayName: 'Sustainable Personal Accounts',
    // Each incident brings a title and an impact of its own.
    incidentTemplate: { title: 'Exception', impact: noImpact },
  });
}
