import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { inProcessClient } from '../../in-process-client.ts';
import { logsClient, type LogsClient } from './logs-client.ts';
import type { Platform } from '../../platform.ts';

/** How stacks reach the services: over their wire, under the policies of whoever deploys. Made when first used. */
export interface Clients {
  readonly cloudwatch: CloudWatchClient;
  readonly dynamodb: DynamoDBClient;
  readonly events: EventBridgeClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly logs: LogsClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
}

export function clientsFor(platform: Pick<Platform, 'answer'>, region: string, accessKeyId: string): Clients {
  const config = {
    region,
    ...inProcessClient(platform, 'client'),
    credentials: { accessKeyId, secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  return lazily<Clients>({
    cloudwatch: () => new CloudWatchClient(config),
    dynamodb: () => new DynamoDBClient(config),
    events: () => new EventBridgeClient(config),
    iam: () => new IAMClient(config),
    lambda: () => new LambdaClient(config),
    logs: () => logsClient(platform, region, accessKeyId),
    s3: () => new S3Client({ ...config, forcePathStyle: true }),
    sns: () => new SNSClient(config),
    sqs: () => new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    ssm: () => new SSMClient(config),
  });
}

function lazily<T extends object>(makers: { readonly [Name in keyof T]: () => T[Name] }): T {
  const made = {} as T;
  for (const name of Object.keys(makers) as (keyof T)[]) {
    let value: T[typeof name] | undefined;
    Object.defineProperty(made, name, { get: () => (value ??= makers[name]()) });
  }
  return made;
}
