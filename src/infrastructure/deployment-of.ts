import { responsePlanArnOf } from '#domain/incidents/response-plan.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { Wiring } from '#events/trigger.ts';
import type { FunctionEnvironment } from '#runtime/environment.ts';
import { recordTablesOf, tableVariables } from '#runtime/record-tables.ts';
import type { Deployment } from './grants.ts';

/** The bucket that `cdk bootstrap` makes, from which CloudFormation takes code and functions take their settings. */
export const assetsBucket = ({ account, region }: Pick<Deployment, 'account' | 'region'>): string =>
  `cdk-hnb659fds-assets-${account}-${region}`;

/** Where the settings say that the system is deployed. Its objects in the assets bucket begin with the environment. */
export function deploymentOf(settings: Settings): Deployment {
  const { environment, automation, features, reporting } = settings;
  const { accountId: account, region, managementRoleArn, memberRoleName } = automation;
  const bucket = assetsBucket({ account, region });
  return {
    environment,
    account,
    region,
    managementRoleArn,
    memberRoleName,
    settingsObjectsArn: `arn:aws:s3:::${bucket}/${environment}/*.json`,
    tables: recordTablesOf(settings),
    exceptionsPrefix: reporting.exceptionsPrefix,
    activitiesPrefix: reporting.activitiesPrefix,
    buildsPrefix: reporting.buildsPrefix,
    costsPrefix: reporting.costsPrefix,
    inventoriesPrefix: reporting.inventoriesPrefix,
    mailSender: features.originEmailRecipient,
    responsePlanArn: responsePlanArnOf(settings),
  };
}

/** What triggers need of the settings to choose and read events. */
export function wiringOf({ environment, automation, features }: Settings): Wiring {
  return {
    environment,
    tagPrefix: features.tagPrefix,
    maintenanceWindow: automation.maintenanceWindowExpression,
  };
}

/** The variables of every function. */
export function functionEnvironmentOf(settings: Settings): FunctionEnvironment {
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
