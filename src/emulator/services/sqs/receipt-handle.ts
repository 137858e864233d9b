import { AwsError } from '../../aws-error.ts';
import type { QueuedMessage } from './message.ts';
import type { Queue } from './queue.ts';
import { invalidParameter } from './sqs-refusals.ts';

/** Stands for a message as it was received once; opaque to clients. */
export function receiptHandleOf(queue: Queue, { id, receiveCount }: QueuedMessage): string {
  return Buffer.from(`${queue.arn} ${id} ${receiveCount}`).toString('base64');
}

/** A receipt that may have expired, and the message it is for; undefined when that is there no longer. */
export interface Receipt {
  readonly message: QueuedMessage | undefined;
  readonly hasExpired: boolean;
}

/** Handles of earlier receipts do as well, but in FIFO queues. Throws ReceiptHandleIsInvalid. */
export function readReceipt(queue: Queue, handle = ''): Receipt {
  const [arn, id = '', receipt] = Buffer.from(handle, 'base64').toString().split(' ');
  if (arn !== queue.arn || receipt === undefined)
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  const message = queue.find(id);
  const isCurrent = message?.state === 'inFlight' && String(message.receiveCount) === receipt;
  return { message, hasExpired: message !== undefined && queue.settings.isFifo && !isCurrent };
}

/** The message that a client's handle stands for. Throws InvalidParameterValue for one that has expired. */
export function messageBehind(queue: Queue, handle: string | undefined): QueuedMessage | undefined {
  const { message, hasExpired } = readReceipt(queue, handle);
  if (!hasExpired) return message;
  throw invalidParameter(
    `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  );
}
