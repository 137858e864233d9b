import { cloudWatchAlarm } from './cloudwatch-alarm.ts';
import { cloudWatchDashboard } from './cloudwatch-dashboard.ts';
import { dynamoDbTable } from './dynamodb-table.ts';
import { eventsBusPolicy } from './events-bus-policy.ts';
import { eventsRule } from './events-rule.ts';
import { iamRole } from './iam-role.ts';
import { lambdaEventSourceMapping } from './lambda-event-source-mapping.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaPermission } from './lambda-permission.ts';
import { lambdaRetries } from './lambda-retries.ts';
import { lambdaUrl } from './lambda-url.ts';
import { logsLogGroup } from './logs-log-group.ts';
import type { ResourceProvider } from './resource-provider.ts';
import { s3BucketPolicy } from './s3-bucket-policy.ts';
import { s3Bucket } from './s3-bucket.ts';
import { snsSubscription } from './sns-subscription.ts';
import { snsTopicPolicy } from './sns-topic-policy.ts';
import { snsTopic } from './sns-topic.ts';
import { sqsQueuePolicy } from './sqs-queue-policy.ts';
import { sqsQueue } from './sqs-queue.ts';
import { ssmParameter } from './ssm-parameter.ts';

/** Every type of resource that a service of the local cloud stands behind. */
export const resourceProviders: readonly ResourceProvider[] = [
  cloudWatchAlarm,
  cloudWatchDashboard,
  dynamoDbTable,
  eventsBusPolicy,
  eventsRule,
  iamRole,
  lambdaEventSourceMapping,
  lambdaFunction,
  lambdaPermission,
  lambdaRetries,
  lambdaUrl,
  logsLogGroup,
  s3Bucket,
  s3BucketPolicy,
  snsSubscription,
  snsTopic,
  snsTopicPolicy,
  sqsQueue,
  sqsQueuePolicy,
  ssmParameter,
];
