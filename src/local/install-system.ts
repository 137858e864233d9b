import { createHash } from 'node:crypto';
import { PutPermissionCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { progressTable } from '#adapters/progress/progress-table.ts';
import { parameters, type SettingsPointer } from '#adapters/settings-store/settings-store.ts';
import { loadBuildspec } from '#buildspecs/load-buildspecs.ts';
import { storedAccount, storedUnit } from '#domain/settings/effective-settings.ts';
import { responsePlanArnOf } from '#domain/incidents/response-plan.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { Platform } from '#emulator/platform.ts';
import { functionsFor } from '#functions/catalogue.ts';
import { policyOf, type Deployment } from '#infrastructure/grants.ts';
import { recordTablesOf, tableVariables } from '#runtime/record-tables.ts';
import type { FunctionEnvironment } from '#runtime/environment.ts';
import { clientsOf, type AccountClients } from './account-clients.ts';
import { createBucket } from './create-bucket.ts';
import { createTable } from './create-table.ts';
import { storeWebEndpoints } from './install-function-url.ts';
import { installIncidents } from './install-incidents.ts';
import { createFunctionRole, installFunction, type Installation } from './install-function.ts';
import { installMetering } from './install-metering.ts';

/** Time for the roles that have just been made to be known everywhere. */
const settlingInMilliseconds = 15_000;

/** Installs the whole system in the automation account of the local cloud, through the API of AWS. */
export async function installSystem(platform: Platform, settings: Settings): Promise<void> {
  const { accountId, region, managementAccount } = settings.automation;
  const clients = clientsOf(platform, accountId, region);
  const deployment = deploymentOf(settings);
  await createStores(clients, deployment, platform.organizationId);
  await storeSettings(clients, settings, deployment);
  await installMetering(clients, settings);
  await installIncidents(clients, settings, platform);
  await forwardOrganizationEvents(clientsOf(platform, managementAccount, 'us-east-1'), deployment);
  const installation: Installation = {
    clients,
    deployment,
    environment: environmentOf(settings),
    organizationId: platform.organizationId,
    wiring: {
      environment: settings.environment,
      tagPrefix: settings.features.tagPrefix,
      maintenanceWindow: settings.automation.maintenanceWindowExpression,
    },
  };
  for (const declaration of functionsFor(settings)) await createFunctionRole(declaration, installation);
  await platform.clock.runUntilIdle(platform.clock.now() + settlingInMilliseconds);
  for (const declaration of functionsFor(settings)) await installFunction(declaration, installation);
  await storeWebEndpoints(clients, settings.environment, functionsFor(settings));
}

const assetsBucket = (account: string, region: string) => `cdk-hnb659fds-assets-${account}-${region}`;

function deploymentOf(settings: Settings): Deployment {
  const { environment, automation, features, reporting } = settings;
  const { accountId, region, managementRoleArn, memberRoleName } = automation;
  return {
    environment,
    account: accountId,
    region,
    managementRoleArn,
    memberRoleName,
    settingsObjectsArn: `arn:aws:s3:::${assetsBucket(accountId, region)}/*`,
    tables: recordTablesOf(settings),
    exceptionsPrefix: reporting.exceptionsPrefix,
    activitiesPrefix: reporting.activitiesPrefix,
    costsPrefix: reporting.costsPrefix,
    inventoriesPrefix: reporting.inventoriesPrefix,
    mailSender: features.originEmailRecipient,
    responsePlanArn: responsePlanArnOf(settings),
  };
}

export function environmentOf(settings: Settings): FunctionEnvironment {
  const { environment, automation, features } = settings;
  return {
    ENVIRONMENT_IDENTIFIER: environment,
    AUTOMATION_ACCOUNT: automation.accountId,
    AUTOMATION_REGION: automation.region,
    MANAGEMENT_ROLE_ARN: automation.managementRoleArn,
    MEMBER_ROLE_NAME: automation.memberRoleName,
    TAG_PREFIX: features.tagPrefix,
    ARCHITECTURE: features.armArchitecture ? 'arm' : 'intel',
    RESPONSE_PLAN_ARN: responsePlanArnOf(settings) ?? '',
    VERBOSITY: automation.verbosity,
    ...tableVariables(recordTablesOf(settings)),
  };
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
  const { environment, account, region } = deployment;
  const bucket = assetsBucket(account, region);
  const text = JSON.stringify(settings.book);
  const key = `${createHash('sha256').update(text).digest('hex')}.json`;
  await createBucket(clients.s3, bucket, region);
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
  const texts: Record<string, string> = {
    [parameters.settings]: JSON.stringify({ bucket, key } satisfies SettingsPointer),
    [parameters.preparation]: settings.worker.preparationBuildspec?.text ?? loadBuildspec('preparation'),
    [parameters.purge]: settings.worker.purgeBuildspec?.text ?? loadBuildspec('purge'),
  };
  for (const id of Object.keys(settings.book.accounts)) {
    texts[`Accounts/${id}`] = JSON.stringify(storedAccount(settings.book, id));
  }
  for (const unit of Object.keys(settings.book.units)) {
    texts[`OrganizationalUnits/${unit}`] = JSON.stringify(storedUnit(settings.book, unit));
  }
  for (const [label, { text }] of Object.entries(settings.features.endUserDocuments))
    texts[`Documents/${label}`] = text;
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
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  await clients.iam.send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const PolicyDocument = JSON.stringify(policyOf([{ actions: ['events:PutEvents'], resources: [bus] }]));
  await clients.iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'Forward', PolicyDocument }));
  const EventPattern = JSON.stringify({ source: ['aws.organizations'] });
  await clients.events.send(new PutRuleCommand({ Name: name, EventPattern }));
  const RoleArn = `arn:aws:iam::${management}:role/${name}`;
  await clients.events.send(
    new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'AutomationAccount', Arn: bus, RoleArn }] }),
  );
}
