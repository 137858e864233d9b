import { CfnDeletionPolicy, type CfnResource, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { incidentsTable } from '#adapters/incidents/incident-log.ts';
import { progressTable } from '#adapters/progress/progress-table.ts';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { MeteringSettings } from '#domain/settings/settings.ts';
import { acknowledge } from './acknowledge.ts';
import { nameOf, type Plan } from './plan.ts';
import { policyDocument, tlsOnly } from './statements.ts';

/** What outlives the stack: tables and the bucket of reports. */
export function addStores(stack: Stack, { deployment, settings }: Plan): void {
  for (const [id, name] of Object.entries(tableNames(settings.metering))) {
    addTable(stack, id, nameOf(deployment, name));
  }
  addReportsBucket(stack, reportsBucketName(deployment.environment, deployment.account));
}

/** Names of the tables without the environment identifier before them, by the logical id that each keeps for ever. */
export const tableNames = (metering: MeteringSettings): Readonly<Record<string, string>> => ({
  ActivitiesTable: metering.activitiesDatastore,
  IncidentsTable: incidentsTable,
  ProgressTable: progressTable,
  ShadowsTable: metering.shadowsDatastore,
  TransactionsTable: metering.transactionsDatastore,
});

function addTable(stack: Stack, id: string, tableName: string): void {
  const table = new CfnTable(stack, id, {
    tableName,
    billingMode: 'PAY_PER_REQUEST',
    keySchema: [
      { attributeName: 'Identifier', keyType: 'HASH' },
      { attributeName: 'Order', keyType: 'RANGE' },
    ],
    attributeDefinitions: [
      { attributeName: 'Identifier', attributeType: 'S' },
      { attributeName: 'Order', attributeType: 'S' },
    ],
    timeToLiveSpecification: { attributeName: 'Expiration', enabled: true },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    sseSpecification: { sseEnabled: true },
  });
  keep(table);
}

function addReportsBucket(stack: Stack, bucketName: string): void {
  const bucket = new CfnBucket(stack, 'ReportsBucket', {
    bucketName,
    versioningConfiguration: { status: 'Enabled' },
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  });
  keep(bucket);
  const policy = new CfnBucketPolicy(stack, 'ReportsBucketPolicy', {
    bucket: bucket.ref,
    policyDocument: policyDocument(tlsOnly('s3:*', bucket.attrArn, `${bucket.attrArn}/*`)),
  });
  keep(policy);
  acknowledge(
    bucket,
    'S1',
    'Few people read few reports: the data events of CloudTrail tell who, where somebody has to know',
  );
}

/** Neither the end of the stack nor a replacement deletes it. */
function keep(resource: CfnResource): void {
  resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
}
