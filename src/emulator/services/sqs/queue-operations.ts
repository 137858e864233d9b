import type {
  AddPermissionRequest,
  CreateQueueRequest,
  CreateQueueResult,
  DeleteQueueRequest,
  GetQueueAttributesRequest,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListDeadLetterSourceQueuesRequest,
  ListQueuesRequest,
  ListQueuesResult,
  ListQueueTagsRequest,
  ListQueueTagsResult,
  PurgeQueueRequest,
  RemovePermissionRequest,
  SetQueueAttributesRequest,
  TagQueueRequest,
  UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { describeQueue } from './describe-queue.ts';
import type { Queue } from './queue.ts';
import { readSettings, type QueueAttributes } from './queue-settings.ts';
import { queueArn, type Queues } from './queues.ts';
import { withoutStatement, withStatement } from './queue-policy.ts';
import { invalidParameter, queueDoesNotExist } from './sqs-refusals.ts';

const mostOnAPage = 1000;
const mostTags = 50;
const pauseBetweenPurgesInSeconds = 60;
const invalidToken = invalidParameter('Invalid or expired next token.');

/** Queues, their attributes, their tags and their policies. */
export function queueOperations({ clock }: Pick<Platform, 'clock'>, queues: Queues) {
  function set(queue: Queue, attributes: QueueAttributes) {
    queue.settings = readSettings({ ...queue.settings.written, ...attributes });
    queue.changedAt = clock.now();
  }

  return {
    CreateQueue(input: CreateQueueRequest, call: Call): CreateQueueResult {
      const { QueueName: name = '', Attributes: attributes = {}, tags = {} } = input;
      const known = queues.find(queueArn(call, name));
      if (known) return { QueueUrl: queues.urlOf(unchanged(known, attributes)) };
      const settings = readSettings(attributes);
      checkName(name, settings.isFifo);
      const queue = queues.create(call, name, settings);
      for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value);
      return { QueueUrl: queues.urlOf(queue) };
    },
    GetQueueUrl(input: GetQueueUrlRequest, call: Call): GetQueueUrlResult {
      const { QueueName: name = '', QueueOwnerAWSAccountId: account = call.account } = input;
      const queue = queues.find(queueArn({ account, region: call.region }, name));
      if (!queue) throw queueDoesNotExist();
      return { QueueUrl: queues.urlOf(queue) };
    },
    GetQueueAttributes({ QueueUrl, AttributeNames = [] }: GetQueueAttributesRequest, call: Call) {
      const attributes = describeQueue(queues.at(QueueUrl, call.region), AttributeNames);
      return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {};
    },
    SetQueueAttributes({ QueueUrl, Attributes = {} }: SetQueueAttributesRequest, call: Call) {
      const queue = queues.at(QueueUrl, call.region);
      if ('FifoQueue' in Attributes)
        throw new AwsError('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
      set(queue, Attributes);
    },
    ListQueues(input: ListQueuesRequest, call: Call): ListQueuesResult {
      const { QueueNamePrefix: prefix = '', NextToken, MaxResults = mostOnAPage } = input;
      const chosen = queues.list(call).filter(({ name }) => name.startsWith(prefix));
      const page = pageOf(chosen, NextToken, MaxResults, invalidToken);
      // Without MaxResults AWS gives no token: what is beyond the first thousand is not told.
      const next = input.MaxResults === undefined ? undefined : page.next;
      return page.items.length > 0
        ? { QueueUrls: page.items.map((queue) => queues.urlOf(queue)), NextToken: next }
        : {};
    },
    ListDeadLetterSourceQueues(input: ListDeadLetterSourceQueuesRequest, call: Call) {
      const sources = queues.sourcesOf(queues.at(input.QueueUrl, call.region));
      const page = pageOf(sources, input.NextToken, input.MaxResults ?? mostOnAPage, invalidToken);
      return { queueUrls: page.items.map((queue) => queues.urlOf(queue)), NextToken: page.next };
    },
    DeleteQueue({ QueueUrl }: DeleteQueueRequest, call: Call) {
      queues.remove(queues.at(QueueUrl, call.region));
    },
    PurgeQueue({ QueueUrl }: PurgeQueueRequest, call: Call) {
      const queue = queues.at(QueueUrl, call.region);
      if ((queue.purgedAt ?? -Infinity) + pauseBetweenPurgesInSeconds * 1000 > clock.now())
        throw new AwsError(
          'PurgeQueueInProgress',
          `Only one PurgeQueue operation on ${queue.name} is allowed every ${pauseBetweenPurgesInSeconds} seconds.`,
          403,
        );
      queue.purge();
    },
    TagQueue({ QueueUrl, Tags = {} }: TagQueueRequest, call: Call) {
      const { tags } = queues.at(QueueUrl, call.region);
      if (new Set([...tags.keys(), ...Object.keys(Tags)]).size > mostTags)
        throw invalidParameter(`Too many tags: a queue bears ${mostTags} at most.`);
      for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
    },
    UntagQueue({ QueueUrl, TagKeys = [] }: UntagQueueRequest, call: Call) {
      const { tags } = queues.at(QueueUrl, call.region);
      for (const key of TagKeys) tags.delete(key);
    },
    ListQueueTags({ QueueUrl }: ListQueueTagsRequest, call: Call): ListQueueTagsResult {
      const { tags } = queues.at(QueueUrl, call.region);
      return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
    },
    AddPermission(input: AddPermissionRequest, call: Call) {
      const queue = queues.at(input.QueueUrl, call.region);
      set(queue, { Policy: withStatement(queue, input) });
    },
    RemovePermission(input: RemovePermissionRequest, call: Call) {
      const queue = queues.at(input.QueueUrl, call.region);
      set(queue, { Policy: withoutStatement(queue, input.Label) });
    },
  };
}

/** Creating a queue again changes nothing, and is refused when it would. Throws QueueNameExists. */
function unchanged(queue: Queue, attributes: QueueAttributes): Queue {
  const current = describeQueue(queue, ['All']);
  const different = Object.entries(attributes).find(([name, value]) => current[name] !== value);
  if (!different) return queue;
  throw new AwsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${different[0]}`,
  );
}

function checkName(name: string, isFifo: boolean) {
  if (!/^[\w-]{1,80}$/.test(name.replace(/\.fifo$/, '')) || name.length > 80)
    throw invalidParameter(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  if (name.endsWith('.fifo') !== isFifo)
    throw invalidParameter(
      isFifo
        ? 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.'
        : 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
}
