import { createHash } from 'node:crypto';
import { PutPermissionCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { progressTable } from '#adapters/progress/progress-table.ts';
import { parameters, type SettingsPointer } from '#adapters/settings-store/settings-store.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { Cloud } from '#emulator/cloud.ts';
import { functionsFor } from '#functions/catalogue.ts';
import {
  assetsBucket,
  deploymentOf,
  functionEnvironmentOf,
  wiringOf,
} from '#infrastructure/deployment-of.ts';
import { policyOf, type Deployment } from '#infrastructure/grants.ts';
import { trustOf } from '#infrastructure/statements.ts';
import { buildspecTexts, itemTexts } from '#infrastructure/stored-texts.ts';
import { installersOf, type AccountClients } from './account-clients.ts';
import { createBucket } from './create-bucket.ts';
import { createTable } from './create-table.ts';
import { storeWebEndpoints } from './install-function-url.ts';
import { installIncidents } from './install-incidents.ts';
import { createFunctionRole, installFunction, type InstallationPlan } from './install-function.ts';
import { installMetering } from './install-metering.ts';

/** Time for the roles that have just been made to be known everywhere. */
const settlingInMilliseconds = 15_000;

/** Installs the whole system in the automation account of the local cloud, through the API of AWS. */
export async function installSystem(cloud: Cloud, settings: Settings): Promise<void> {
  const { accountId, region, managementAccount } = settings.automation;
  const clients = installersOf(cloud, accountId, region);
  const deployment = deploymentOf(settings);
  await createStores(clients, deployment, cloud.organizationId);
  await storeSettings(clients, settings, deployment);
  await installMetering(clients, settings);
  await installIncidents(clients, settings, cloud);
  await forwardOrganizationEvents(installersOf(cloud, managementAccount, 'us-east-1'), deployment);
  const installation: InstallationPlan = {
    clients,
    deployment,
    environment: functionEnvironmentOf(settings),
    organizationId: cloud.organizationId,
    wiring: wiringOf(settings),
  };
  for (const declaration of functionsFor(settings)) await createFunctionRole(declaration, installation);
  await cloud.clock.runUntilIdle(cloud.clock.now() + settlingInMilliseconds);
  for (const declaration of functionsFor(settings)) await installFunction(declaration, installation);
  await storeWebEndpoints(clients, settings.environment, functionsFor(settings));
}

async function createStores(
  clients: AccountClients,
  deployment: Deployment,
  organizationId: string,
): Promise<void> {
  await createTable(clients.dynamodb, `${deployment.environment}${progressTable}`);
  await clients.events.send(
    new PutPermissionCommand({
      StatementId: 'Organization',
      Action: 'events:PutEvents',
      Principal: '*',
      Condition: {
        Type: 'StringEquals',
        Key: 'aws:PrincipalOrgID',
        Value: organizationId,
      },
    }),
  );
}

/** One object for all accounts, one parameter that names it, and one parameter for each item that people have written. */
async function storeSettings(
  clients: AccountClients,
  settings: Settings,
  deployment: Deployment,
): Promise<void> {
  const { environment, region } = deployment;
  const bucket = assetsBucket(deployment);
  const text = JSON.stringify(settings.book);
  const key = `${environment}/${createHash('sha256').update(text).digest('hex')}.json`;
  await createBucket(clients.s3, bucket, region);
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
  const texts = {
    [parameters.settings]: JSON.stringify({ bucket, key } satisfies SettingsPointer),
    ...buildspecTexts(settings),
    ...itemTexts(settings),
  };
  for (const [name, Value] of Object.entries(texts)) {
    const Tier = 'Intelligent-Tiering';
    await clients.ssm.send(
      new PutParameterCommand({ Name: `/${environment}/${name}`, Value, Type: 'String', Tier }),
    );
  }
}

/** In the management account, a rule sends what happens in the organization on to the automation account. */
async function forwardOrganizationEvents(clients: AccountClients, deployment: Deployment): Promise<void> {
  const { environment, account, region, managementRoleArn } = deployment;
  const bus = `arn:aws:events:${region}:${account}:event-bus/default`;
  const name = `${environment}OrganizationEvents`;
  const management = managementRoleArn.split(':')[4] ?? '';
  const AssumeRolePolicyDocument = JSON.stringify(trustOf('events.amazonaws.com'));
  await clients.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify(policyOf([{ actions: ['events:PutEvents'], resources: [bus] }]));
  await clients.iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'Forward', PolicyDocument }));
  const EventPattern = JSON.stringify({ source: ['aws.organizations'] });
  await clients.events.send(new PutRuleCommand({ Name: name, EventPattern }));
  const RoleArn = `arn:aws:iam::${management}:role/${name}`;
  await clients.events.send(
    new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'AutomationAccount', Arn: bus, RoleArn }] }),
  );
}
