import { DescribeAlarmsCommand, CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { NotFoundException, paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import type { Alarm, DeadLetterQueue } from '#domain/doctor/trouble.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { atATime } from './at-a-time.ts';

const most = { queues: 1000, queuesAtATime: 8, alarms: 100 } as const;

/** How many messages wait in queues of these names. One call for a thousand queues of the environment, and one each. */
export async function deadLetters(
  access: AwsAccess,
  environment: string,
  names: readonly string[],
): Promise<readonly DeadLetterQueue[]> {
  const client = new SQSClient({ ...clientConfig(access), useQueueUrlAsEndpoint: false });
  const urls = new Map<string, string>();
  const pages = paginateListQueues({ client, pageSize: most.queues }, { QueueNamePrefix: environment });
  for await (const { QueueUrls = [] } of pages) {
    for (const url of QueueUrls) urls.set(url.split('/').at(-1) ?? '', url);
  }
  return atATime(most.queuesAtATime, names, async (name) => {
    const QueueUrl = urls.get(name);
    if (QueueUrl === undefined) return { name, messages: undefined };
    const command = new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    const { Attributes } = await client.send(command);
    return { name, messages: Number(Attributes?.ApproximateNumberOfMessages ?? 0) };
  });
}

/** Alarms of the environment that ring, a hundred at most. One call. */
export async function ringingAlarms(access: AwsAccess, environment: string): Promise<readonly Alarm[]> {
  const { MetricAlarms = [] } = await new CloudWatchClient(clientConfig(access)).send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: environment, StateValue: 'ALARM', MaxRecords: most.alarms }),
  );
  return MetricAlarms.map(({ AlarmName = '', AlarmDescription = '' }) => ({
    name: AlarmName,
    says: AlarmDescription,
  }));
}

/** E-mail addresses whose subscription to a topic is confirmed; none where there is no such topic. One call a hundred. */
export async function confirmedSubscribers(access: AwsAccess, TopicArn: string): Promise<readonly string[]> {
  const client = new SNSClient(clientConfig(access));
  const confirmed: string[] = [];
  try {
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
      const arrived = Subscriptions.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:'));
      confirmed.push(...arrived.map(({ Endpoint = '' }) => Endpoint));
    }
  } catch (fault) {
    if (!(fault instanceof NotFoundException)) throw fault;
  }
  return confirmed;
}
