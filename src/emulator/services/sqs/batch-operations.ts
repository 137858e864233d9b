import type {
  BatchResultErrorEntry,
  ChangeMessageVisibilityBatchRequest,
  DeleteMessageBatchRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { changeVisibility, deleteMessage, sentResult } from './message-operations.ts';
import { sizeOf } from './message-digest.ts';
import type { Queues } from './queues.ts';
import { sendTo, type Sending } from './sending.ts';

const mostEntries = 10;
const mostBytes = 1_048_576;

export interface SendBatchInput {
  readonly QueueUrl?: string;
  readonly Entries?: readonly (Sending & { readonly Id?: string })[];
}

/** Up to ten messages in one call: each entry succeeds or fails by itself. */
export function batchOperations(platform: Platform, queues: Queues) {
  return {
    SendMessageBatch({ QueueUrl, Entries = [] }: SendBatchInput, call: Call) {
      const queue = queues.at(QueueUrl, call.region);
      const bytes = Entries.reduce(
        (sum, entry) => sum + sizeOf(entry.MessageBody ?? '', entry.MessageAttributes),
        0,
      );
      if (bytes > mostBytes)
        throw new AwsError(
          'BatchRequestTooLong',
          `Batch requests cannot be longer than ${mostBytes} bytes. You have sent ${bytes} bytes.`,
        );
      return eachOf(Entries, (entry) => sentResult(sendTo(queue, entry, call.caller.userId, platform)));
    },
    DeleteMessageBatch({ QueueUrl, Entries = [] }: DeleteMessageBatchRequest, call: Call) {
      const queue = queues.at(QueueUrl, call.region);
      return eachOf(Entries, ({ ReceiptHandle }) => deleteMessage(queue, ReceiptHandle));
    },
    ChangeMessageVisibilityBatch(
      { QueueUrl, Entries = [] }: ChangeMessageVisibilityBatchRequest,
      call: Call,
    ) {
      const queue = queues.at(QueueUrl, call.region);
      return eachOf(Entries, ({ ReceiptHandle, VisibilityTimeout }) =>
        changeVisibility(queue, ReceiptHandle, VisibilityTimeout),
      );
    },
  };
}

function eachOf<T extends { readonly Id?: string | undefined }>(
  entries: readonly T[],
  run: (entry: T) => object | void,
) {
  checkIds(entries.map(({ Id = '' }) => Id));
  const successful: { Id: string }[] = [];
  const failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    const { Id = '' } = entry;
    try {
      successful.push({ Id, ...run(entry) });
    } catch (fault) {
      if (!(fault instanceof AwsError) || fault.status >= 500) throw fault;
      failed.push({ Id, SenderFault: true, Code: fault.code, Message: fault.message });
    }
  }
  return { Successful: successful, ...(failed.length > 0 ? { Failed: failed } : {}) };
}

function checkIds(ids: readonly string[]) {
  if (ids.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (ids.length > mostEntries)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${mostEntries}. You have sent ${ids.length}.`,
    );
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id)))
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  if (new Set(ids).size < ids.length)
    throw new AwsError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
}
