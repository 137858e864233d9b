import type { AccountId } from '#domain/account.ts';
import { errandQueues, linesOfWork } from '#events/errand.ts';
import type { PortName } from '#ports/ports.ts';
import { parameters } from '#adapters/settings-store/settings-store.ts';
import { progressTable } from '#adapters/progress/progress-table.ts';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { RecordTables } from '#runtime/record-tables.ts';
import { costGrants } from './cost-grants.ts';
import { incidentGrants } from './incident-grants.ts';

/** One line of permissions. Resources are named; where one holds a wildcard, `reason` says why it can't be named. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly reason?: string;
  /** By operator, then by key, as in a policy. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Where the system is deployed, and what its names begin with. */
export interface Deployment {
  readonly environment: string;
  readonly account: AccountId;
  readonly region: string;
  readonly managementRoleArn: string;
  readonly memberRoleName: string;
  /** ARN of the objects that hold the settings, with a wildcard for their version. */
  readonly settingsObjectsArn: string;
  /** Tables of what happened to accounts. */
  readonly tables: RecordTables;
  /** Of keys in the bucket of reports: where attachments of incidents are. */
  readonly exceptionsPrefix: string;
  /** Of keys in the bucket of reports: where reports of costs are. */
  readonly activitiesPrefix: string;
  readonly buildsPrefix: string;
  readonly costsPrefix: string;
  readonly inventoriesPrefix: string;
  /** Address from which mails are sent, perhaps with a name before it; undefined where none are. */
  readonly mailSender: string | undefined;
  /** Undefined where OpsCenter keeps incidents. */
  readonly responsePlanArn: string | undefined;
}

/** What each port takes: a function is granted the lines of the ports that it needs, and nothing else. */
export const grants: Record<PortName, (deployment: Deployment) => readonly Grant[]> = {
  ...costGrants,
  ...incidentGrants,
  accounts: ({ managementRoleArn }) => [{ actions: ['sts:AssumeRole'], resources: [managementRoleArn] }],
  workshop: ({ managementRoleArn, region }) => [
    { actions: ['sts:AssumeRole'], resources: [managementRoleArn] },
    {
      actions: ['sns:Subscribe'],
      resources: [`arn:aws:sns:${region}:*:SpaAlertTopic`],
      reason: 'every member account has a topic of this name, and accounts come and go',
    },
  ],
  settings: ({ environment, account, region, settingsObjectsArn }) => [
    {
      actions: ['ssm:GetParameter'],
      resources: Object.values(parameters).map(
        (name) => `arn:aws:ssm:${region}:${account}:parameter/${environment}/${name}`,
      ),
    },
    {
      actions: ['s3:GetObject'],
      resources: [settingsObjectsArn],
      reason: 'the object is named after its content: each version of the settings has another name',
    },
  ],
  bus: ({ account, region }) => [
    { actions: ['events:PutEvents'], resources: [`arn:aws:events:${region}:${account}:event-bus/default`] },
  ],
  progress: ({ environment, account, region }) => [
    {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Scan'],
      resources: [`arn:aws:dynamodb:${region}:${account}:table/${environment}${progressTable}`],
    },
  ],
  shadows: (deployment) => [
    onTable(deployment, 'shadows', [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Scan',
    ]),
  ],
  transactions: (deployment) => [
    onTable(deployment, 'transactions', [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:PutItem',
      'dynamodb:Scan',
    ]),
  ],
  activities: (deployment) => [onTable(deployment, 'activities', ['dynamodb:PutItem', 'dynamodb:Query'])],
  csvReports: ({ environment, account, activitiesPrefix, inventoriesPrefix }) => [
    {
      actions: ['s3:PutObject'],
      resources: [activitiesPrefix, inventoriesPrefix].map(
        (prefix) => `arn:aws:s3:::${reportsBucketName(environment, account)}/${prefix}/*`,
      ),
      reason: 'reports are named after cost centers and months to come',
    },
  ],
  buildReports: ({ environment, account, buildsPrefix }) => [
    {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`arn:aws:s3:::${reportsBucketName(environment, account)}/${buildsPrefix}/*`],
      reason: 'reports are named after accounts and times to come',
    },
    // Reports are found by their names; and without it, S3 does not say whether a part is missing or forbidden.
    { actions: ['s3:ListBucket'], resources: [`arn:aws:s3:::${reportsBucketName(environment, account)}`] },
  ],
  errands: ({ environment, account, region }) => [
    {
      actions: ['sqs:SendMessage'],
      resources: Object.values(errandQueues).map(
        (name) => `arn:aws:sqs:${region}:${account}:${environment}${name}`,
      ),
    },
    {
      actions: ['sqs:GetQueueAttributes'],
      resources: linesOfWork.map((name) => `arn:aws:sqs:${region}:${account}:${environment}${name}`),
    },
  ],
};

function onTable(
  { account, region, tables }: Deployment,
  table: keyof RecordTables,
  actions: readonly string[],
): Grant {
  return { actions, resources: [`arn:aws:dynamodb:${region}:${account}:table/${tables[table].name}`] };
}

/** The role in the management account: it reads and tags accounts, and opens the door to the role in member accounts. */
export function managementGrants({ memberRoleName }: Pick<Deployment, 'memberRoleName'>): readonly Grant[] {
  return [
    {
      actions: ['organizations:ListAccounts', 'tag:GetResources', 'ce:GetCostAndUsage', 'ce:GetCostForecast'],
      resources: ['*'],
      reason: 'AWS names no resource for these lists, nor for bills',
    },
    {
      actions: [
        'organizations:DescribeAccount',
        'organizations:ListTagsForResource',
        'organizations:TagResource',
        'organizations:UntagResource',
      ],
      resources: ['arn:aws:organizations::*:account/*'],
      reason: 'accounts are managed as they come; their tags only, not those of units and policies',
    },
    {
      actions: ['organizations:DescribeOrganizationalUnit'],
      resources: ['arn:aws:organizations::*:ou/*'],
      reason: 'an account may be moved to any unit',
    },
    {
      actions: ['sts:AssumeRole'],
      resources: [`arn:aws:iam::*:role/${memberRoleName}`],
      reason: 'every member account has a role of this name, and accounts come and go',
    },
  ];
}

/** The policy that says what grants say. */
export function policyOf(lines: readonly Grant[]) {
  return {
    Version: '2012-10-17',
    Statement: lines.map(({ actions, resources, conditions }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(conditions ? { Condition: conditions } : {}),
    })),
  };
}
