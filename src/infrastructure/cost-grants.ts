import { ratesPrefix } from '#adapters/exchange-rates/exchange-rates.ts';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { Deployment, Grant } from './grants.ts';

type Grants = (deployment: Deployment) => readonly Grant[];

const bucketArn = ({ environment, account }: Deployment) =>
  `arn:aws:s3:::${reportsBucketName(environment, account)}`;

/** What the ports of costs take. */
export const costGrants = {
  organizationCosts: ({ managementRoleArn }) => [
    { actions: ['sts:AssumeRole'], resources: [managementRoleArn] },
  ],
  exchangeRates: (deployment) => [
    {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`${bucketArn(deployment)}/${ratesPrefix}/*`],
      reason: 'rates are named after the days to come',
    },
    // Without it, S3 does not say whether rates are missing or forbidden.
    { actions: ['s3:ListBucket'], resources: [bucketArn(deployment)] },
  ],
  costReports: (deployment) => [
    {
      actions: ['s3:PutObject'],
      resources: [`${bucketArn(deployment)}/${deployment.costsPrefix}/*`],
      reason: 'reports are named after cost centers and months to come',
    },
  ],
  mailer: (deployment) =>
    deployment.mailSender === undefined
      ? []
      : [{ actions: ['ses:SendRawEmail'], resources: identitiesOf(deployment.mailSender, deployment) }],
} satisfies Record<string, Grants>;

/** SES lets an address send when itself, its domain or a domain above it has been validated. */
function identitiesOf(sender: string, { account, region }: Deployment): readonly string[] {
  const address = /<([^<>]*)>\s*$/.exec(sender)?.[1] ?? sender;
  const labels = (address.split('@').at(-1) ?? '').split('.');
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  return [address, ...domains].map((name) => `arn:aws:ses:${region}:${account}:identity/${name}`);
}
