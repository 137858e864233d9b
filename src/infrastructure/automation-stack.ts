import { CfnParameter, type App, type Stack } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventBusPolicy } from 'aws-cdk-lib/aws-events';
import { addExceptionsTopic } from './add-alerts.ts';
import { addFunction } from './add-function.ts';
import { addResponsePlan } from './add-response-plan.ts';
import { addSettings } from './add-settings.ts';
import { addStores } from './add-stores.ts';
import { addWebEndpoints } from './add-url.ts';
import { createCentralStack } from './central-stack.ts';
import { cockpitOf } from './dashboard/cockpit.ts';
import { centralArn, nameOf, type Plan } from './plan.ts';
import { sentByAlertTopics } from './queue-statements.ts';

/** Parameter of the stack by which it learns its organization, which settings do not know. */
export const organizationParameter = 'OrganizationId';

/** The stack of the automation account: every function of the catalogue, and what they lean on. */
export function createAutomationStack(app: App, plan: Plan): Stack {
  const stack = createCentralStack(app, plan, 'Automation', 'automation account');
  const organization = new CfnParameter(stack, organizationParameter, {
    type: 'String',
    description:
      'Identifier of the organization whose accounts may put events on the bus and alert the queue',
    allowedPattern: '^o-[a-z0-9]{10,32}$',
    constraintDescription: 'must look like o-exampleorg1, as `aws organizations describe-organization` tells',
  }).valueAsString;
  admitOrganization(stack, plan, organization);
  addStores(stack, plan);
  addSettings(stack, plan);
  const shared = {
    alarmTopicArn: addExceptionsTopic(stack, plan),
    alertSenders: [sentByAlertTopics(plan.deployment, organization)],
  };
  const endpoints = plan.functions.flatMap((one) => addFunction(stack, plan, one, shared) ?? []);
  addWebEndpoints(stack, plan, endpoints);
  addResponsePlan(stack, plan);
  addCockpit(stack, plan);
  return stack;
}

/** The dashboard of business and machinery, made from the functions that are deployed. */
function addCockpit(stack: Stack, { settings, functions }: Plan): CfnDashboard {
  const { name, body } = cockpitOf(settings, functions);
  return new CfnDashboard(stack, 'Cockpit', { dashboardName: name, dashboardBody: body });
}

/** Rules and builds of all accounts of the organization, those to come included, put events on the default bus. */
function admitOrganization(stack: Stack, { deployment }: Plan, organizationId: string): CfnEventBusPolicy {
  return new CfnEventBusPolicy(stack, 'OrganizationBusPolicy', {
    statementId: nameOf(deployment, 'Organization'),
    statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: centralArn(deployment, 'events', 'event-bus/default'),
      Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
    },
  });
}
