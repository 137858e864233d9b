import { AwsError } from '../../aws-error.ts';
import type { Queue } from './queue.ts';
import { describeSettings, type QueueAttributes } from './queue-settings.ts';

const settable = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

/** The attributes asked for, those that the queue has; `All` is all of them. Throws InvalidAttributeName. */
export function describeQueue(queue: Queue, names: readonly string[]): QueueAttributes {
  const { visible, inFlight, delayed } = queue.counts();
  const all: QueueAttributes = {
    ...describeSettings(queue.settings),
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.changedAt / 1000)),
  };
  if (names.includes('All')) return all;
  const unknown = names.find((name) => !(name in all) && !settable.has(name));
  if (unknown) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
