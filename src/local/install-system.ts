import { createHash } from 'node:crypto';
import { CreateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { PutPermissionCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { type BucketLocationConstraint, CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { progressTable } from '#adapters/progress/progress-table.ts';
import { parameters, type SettingsPointer } from '#adapters/settings-store/settings-store.ts';
import { loadBuildspec } from '#buildspecs/load-buildspecs.ts';
import { storedAccount, storedUnit } from '#domain/settings/effective-settings.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { Platform } from '#emulator/platform.ts';
import { functionsFor } from '#functions/catalogue.ts';
import { policyOf, type Deployment } from '#infrastructure/grants.ts';
import { recordTablesOf, tableVariables } from '#runtime/record-tables.ts';
import { alertQueue, type FunctionEnvironment } from '#runtime/environment.ts';
import { clientsOf, type AccountClients } from './account-clients.ts';
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
  await forwardOrganizationEvents(clientsOf(platform, managementAccount, 'us-east-1'), deployment);
  const installation: Installation = {
    clients,
    deployment,
    environment: environmentOf(settings),
    wiring: {
      environment: settings.environment,
      tagPrefix: settings.features.tagPrefix,
      maintenanceWindow: settings.automation.maintenanceWindowExpression,
    },
  };
  for (const declaration of functionsFor(settings)) await createFunctionRole(declaration, installation);
  await platform.clock.runUntilIdle(platform.clock.now() + settlingInMilliseconds);
  for (const declaration of functionsFor(settings)) await installFunction(declaration, installation);
}

const assetsBucket = (account: string, region: string) => `cdk-hnb659fds-assets-${account}-${region}`;

function deploymentOf(settings: Settings): Deployment {
  const { environment, automation } = settings;
  const { accountId, region, managementRoleArn, memberRoleName } = automation;
  return {
    environment,
    account: accountId,
    region,
    managementRoleArn,
    memberRoleName,
    settingsObjectsArn: `arn:aws:s3:::${assetsBucket(accountId, region)}/*`,
    tables: recordTablesOf(settings),
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
    VERBOSITY: automation.verbosity,
    ...tableVariables(recordTablesOf(settings)),
  };
}

async function createStores(
  clients: AccountClients,
  deployment: Deployment,
  organizationId: string,
): Promise<void> {
  const { environment, account, region } = deployment;
  const TableName = `${environment}${progressTable}`;
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'Identifier', KeyType: 'HASH' },
        { AttributeName: 'Order', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'Identifier', AttributeType: 'S' },
        { AttributeName: 'Order', AttributeType: 'S' },
      ],
    }),
  );
  const TimeToLiveSpecification = { AttributeName: 'Expiration', Enabled: true };
  await clients.dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  const QueueName = `${environment}${alertQueue}`;
  const Policy = JSON.stringify(
    alertsPolicy(`arn:aws:sqs:${region}:${account}:${QueueName}`, organizationId),
  );
  await clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
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

/** Topics of all accounts of the organization may send to the queue of alerts, by the name that we give them. */
const alertsPolicy = (queue: string, organizationId: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queue,
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:SpaAlertTopic' },
        StringEquals: { 'aws:SourceOrgID': organizationId },
      },
    },
  ],
});

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
  await clients.s3.send(
    new CreateBucketCommand({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
    }),
  );
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
