import { AwsError } from '../../aws-error.ts';
import type { Platform, QueueDelivery, ServicePrincipal } from '../../platform.ts';
import type { Access, Call, Caller, Service } from '../../service.ts';
import { batchOperations } from './batch-operations.ts';
import { messageOperations } from './message-operations.ts';
import { moveOperations } from './move-tasks.ts';
import { createQueueConsumption, type QueueConsumption } from './queue-consumption.ts';
import { queueOperations } from './queue-operations.ts';
import { createQueues, queueArn, type Queues } from './queues.ts';
import { sendTo, type Sending } from './sending.ts';
import { sqsProtocol } from './sqs-wire.ts';

export interface Sqs {
  readonly service: Service;
  readonly delivery: QueueSending;
  readonly consumption: QueueConsumption;
}

/** Sends in the name of a service, or of a role that a service has taken on. */
export interface QueueSending extends QueueDelivery {
  /** `sending` holds further members of SendMessage: MessageAttributes, MessageGroupId, DelaySeconds. */
  deliver(queueArn: string, body: string, by: ServicePrincipal | Caller, sending?: Sending): boolean;
}

/** Amazon SQS: standard and FIFO queues, dead letters and their way back. */
export function createSqs(platform: Platform): Sqs {
  const queues = createQueues(platform);
  const service: Service = {
    name: 'sqs',
    protocol: sqsProtocol,
    operations: {
      ...queueOperations(platform, queues),
      ...messageOperations(platform, queues),
      ...batchOperations(platform, queues),
      ...moveOperations(platform, queues),
    },
    access: accessTo(queues),
  };
  const delivery = { deliver: createDeliver(platform, queues) };
  return { service, delivery, consumption: createQueueConsumption(queues) };
}

/** The key that AWS manages for SQS lets no other service of AWS in. */
const managedKey = 'alias/aws/sqs';

function createDeliver(platform: Platform, queues: Queues): QueueSending['deliver'] {
  return (arn, body, by, sending = {}) => {
    const queue = queues.find(arn);
    if (!queue || ('service' in by && queue.settings.key === managedKey)) return false;
    const { account: owner, settings } = queue;
    const access = { action: 'sqs:SendMessage', resource: arn, resourcePolicy: settings.policy, owner };
    if (!platform.identity.allows(by, access)) return false;
    try {
      sendTo(queue, { ...sending, MessageBody: body }, 'service' in by ? by.account : by.userId, platform);
      return true;
    } catch (fault) {
      if (fault instanceof AwsError && fault.status < 500) return false;
      throw fault;
    }
  };
}

function accessTo(queues: Queues): NonNullable<Service['access']> {
  const onArn = (arn: string): Access => {
    const queue = queues.find(arn);
    return { resource: arn, resourcePolicy: queue?.settings.policy, owner: queue?.account };
  };
  const onQueue = (action?: string) => (input: { readonly QueueUrl?: string }, call: Call) => ({
    ...onArn(queues.arnAt(input.QueueUrl, call.region)),
    ...(action ? { action } : {}),
  });
  const byName = (
    input: { readonly QueueName?: string; readonly QueueOwnerAWSAccountId?: string },
    call: Call,
  ) =>
    onArn(
      queueArn(
        { account: input.QueueOwnerAWSAccountId ?? call.account, region: call.region },
        input.QueueName ?? '',
      ),
    );
  const bySource = (input: { readonly SourceArn?: string }) => onArn(input.SourceArn ?? '*');
  return {
    CreateQueue: byName,
    GetQueueUrl: byName,
    StartMessageMoveTask: bySource,
    ListMessageMoveTasks: bySource,
    SendMessageBatch: onQueue('sqs:SendMessage'),
    DeleteMessageBatch: onQueue('sqs:DeleteMessage'),
    ChangeMessageVisibilityBatch: onQueue('sqs:ChangeMessageVisibility'),
    ...Object.fromEntries(namedByUrl.map((operation) => [operation, onQueue()])),
  };
}

const namedByUrl = [
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'SetQueueAttributes',
  'ListDeadLetterSourceQueues',
  'DeleteQueue',
  'PurgeQueue',
  'TagQueue',
  'UntagQueue',
  'ListQueueTags',
  'AddPermission',
  'RemovePermission',
];
