import type {
  ChangeMessageVisibilityRequest,
  DeleteMessageRequest,
  ReceiveMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { poll } from './long-poll.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';
import { messageBehind } from './receipt-handle.ts';
import { only, receivedFrom } from './receiving.ts';
import { sendTo, type Sending } from './sending.ts';
import { outOfRange } from './sqs-refusals.ts';

const mostMessages = 10;
const longestWaitInSeconds = 20;
const longestTimeoutInSeconds = 43_200;

export interface SendInput extends Sending {
  readonly QueueUrl?: string;
}

/** Messages on their way in and out of a queue, one call for each. */
export function messageOperations(platform: Platform, queues: Queues) {
  return {
    SendMessage(input: SendInput, call: Call): SendMessageResult {
      const queue = queues.at(input.QueueUrl, call.region);
      return sentResult(sendTo(queue, input, call.caller.userId, platform));
    },
    async ReceiveMessage(input: ReceiveMessageRequest, call: Call) {
      if (input.ReceiveRequestAttemptId !== undefined) throw notImplemented('sqs', 'ReceiveRequestAttemptId');
      const queue = queues.at(input.QueueUrl, call.region);
      const { MaxNumberOfMessages: messages = 1, WaitTimeSeconds: wait = queue.settings.waitInSeconds } =
        input;
      checkRange(messages, 'MaxNumberOfMessages', 1, mostMessages);
      checkRange(wait, 'WaitTimeSeconds', 0, longestWaitInSeconds);
      checkRange(input.VisibilityTimeout ?? 0, 'VisibilityTimeout', 0, longestTimeoutInSeconds);
      const limits = { messages, visibilityTimeoutInSeconds: input.VisibilityTimeout };
      const { origin } = call;
      const received = await poll(platform.clock, queue, limits, { seconds: wait, origin });
      const wanted = {
        systemAttributes: [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])],
        messageAttributes: input.MessageAttributeNames ?? [],
      };
      const told = received.map((message) => only(wanted, receivedFrom(queue, message)));
      return told.length > 0 ? { Messages: told } : {};
    },
    DeleteMessage({ QueueUrl, ReceiptHandle }: DeleteMessageRequest, call: Call) {
      deleteMessage(queues.at(QueueUrl, call.region), ReceiptHandle);
    },
    ChangeMessageVisibility(input: ChangeMessageVisibilityRequest, call: Call) {
      changeVisibility(queues.at(input.QueueUrl, call.region), input.ReceiptHandle, input.VisibilityTimeout);
    },
  };
}

/** What clients check against what they have sent. */
export function sentResult(message: Message): SendMessageResult {
  return {
    MessageId: message.id,
    MD5OfMessageBody: message.md5,
    MD5OfMessageAttributes: message.md5OfAttributes,
    SequenceNumber: message.sequenceNumber,
  };
}

/** Deleting what is there no longer succeeds. */
export function deleteMessage(queue: Queue, handle: string | undefined) {
  const message = messageBehind(queue, handle);
  if (message) queue.remove(message);
}

/** Zero gives a message back at once. Throws MessageNotInflight. */
export function changeVisibility(queue: Queue, handle: string | undefined, seconds = 0) {
  checkRange(seconds, 'VisibilityTimeout', 0, longestTimeoutInSeconds);
  const message = messageBehind(queue, handle);
  if (message?.state !== 'inFlight')
    throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
  queue.hide(message, seconds);
}

function checkRange(value: number, parameter: string, least: number, most: number) {
  if (!Number.isInteger(value) || value < least || value > most)
    throw outOfRange(value, parameter, least, most);
}
