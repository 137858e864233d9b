import { webEndpoints } from '#adapters/attachments/web-endpoints.ts';
import { incidentsTable } from '#adapters/incidents/incident-log.ts';
import { exceptionsTopic } from '#adapters/notices/notice-topic.ts';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import { secretNames } from '#adapters/secrets/secret-names.ts';
import type { Deployment, Grant } from './grants.ts';

type Grants = (deployment: Deployment) => readonly Grant[];

/** Parameters of the environment, by their names without it; the key of SSM itself decrypts them for whoever may read them. */
const reading = ({ environment, account, region }: Deployment, ...names: readonly string[]): Grant => ({
  actions: ['ssm:GetParameter'],
  resources: names.map((name) => `arn:aws:ssm:${region}:${account}:parameter/${environment}/${name}`),
});

const attachmentsOf = ({ environment, account, exceptionsPrefix }: Deployment, action: string): Grant => ({
  actions: [action],
  resources: [`arn:aws:s3:::${reportsBucketName(environment, account)}/${exceptionsPrefix}/*`],
  reason: 'each account has files of its own, one a month',
});

/** OpsItems have no names before they are there; Incident Manager is granted to those who have it. */
const incidents: Grants = ({ account, region, responsePlanArn }) =>
  responsePlanArn === undefined
    ? [
        {
          actions: ['ssm:CreateOpsItem'],
          resources: ['*'],
          reason: 'AWS names no resource for an item that is not there yet',
        },
        {
          actions: ['ssm:GetOpsItem', 'ssm:UpdateOpsItem', 'ssm:AddTagsToResource'],
          resources: [`arn:aws:ssm:${region}:${account}:opsitem/*`],
          reason: 'AWS gives items their names',
        },
      ]
    : [
        { actions: ['ssm-incidents:StartIncident'], resources: [responsePlanArn] },
        {
          actions: [
            'ssm-incidents:CreateTimelineEvent',
            'ssm-incidents:GetIncidentRecord',
            'ssm-incidents:ListRelatedItems',
            'ssm-incidents:TagResource',
            'ssm-incidents:UpdateIncidentRecord',
            'ssm-incidents:UpdateRelatedItems',
          ],
          resources: [`arn:aws:ssm-incidents::${account}:incident-record/*`],
          reason: 'AWS gives records their names',
        },
      ];

const onIncidents = ({ environment, account, region }: Deployment, ...actions: readonly string[]): Grant => ({
  actions,
  resources: [`arn:aws:dynamodb:${region}:${account}:table/${environment}${incidentsTable}`],
});

/** What the ports of exceptions, logins, incidents and chat take. */
export const incidentGrants = {
  incidents,
  incidentLog: (deployment) => [onIncidents(deployment, 'dynamodb:GetItem', 'dynamodb:PutItem')],
  logins: (deployment) => [onIncidents(deployment, 'dynamodb:PutItem', 'dynamodb:UpdateItem')],
  notices: ({ environment, account, region }) => [
    {
      actions: ['sns:Publish'],
      resources: [`arn:aws:sns:${region}:${account}:${environment}${exceptionsTopic}`],
    },
  ],
  accountCosts: ({ managementRoleArn }) => [{ actions: ['sts:AssumeRole'], resources: [managementRoleArn] }],
  attachments: (deployment) => [
    attachmentsOf(deployment, 's3:PutObject'),
    reading(deployment, secretNames.downloadKey, webEndpoints),
  ],
  downloads: (deployment) => [
    attachmentsOf(deployment, 's3:GetObject'),
    reading(deployment, secretNames.downloadKey),
  ],
  teams: (deployment) => [reading(deployment, secretNames.teamsWebhook)],
  slack: (deployment) => [reading(deployment, secretNames.slackWebhook, secretNames.slackBotToken)],
  slackSeal: (deployment) => [reading(deployment, secretNames.slackSigningSecret)],
} satisfies Record<string, Grants>;
