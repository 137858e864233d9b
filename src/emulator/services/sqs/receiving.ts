import type { MessageAttributes, QueuedMessage } from './message.ts';
import { digestOfAttributes } from './message-digest.ts';
import type { Queue } from './queue.ts';
import { receiptHandleOf } from './receipt-handle.ts';

/** A message as it is received, with everything that is known about it. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes: MessageAttributes;
  readonly MD5OfMessageAttributes: string | undefined;
}

export function receivedFrom(queue: Queue, message: QueuedMessage): ReceivedMessage {
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandleOf(queue, message),
    MD5OfBody: message.md5,
    Body: message.body,
    Attributes: systemAttributes(queue, message),
    MessageAttributes: message.attributes ?? {},
    MD5OfMessageAttributes: message.md5OfAttributes,
  };
}

function systemAttributes(queue: Queue, message: QueuedMessage): Readonly<Record<string, string>> {
  const all: Readonly<Record<string, string | undefined>> = {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: milliseconds(message.sentAt),
    SenderId: message.senderId,
    ApproximateFirstReceiveTimestamp: milliseconds(message.firstReceivedAt),
    MessageGroupId: message.groupId,
    MessageDeduplicationId: queue.settings.isFifo ? message.deduplicationId : undefined,
    SequenceNumber: message.sequenceNumber,
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) if (value !== undefined) known[name] = value;
  return known;
}

/** The clock knows fractions of them when it follows that of the machine. */
function milliseconds(time = 0): string {
  return String(Math.floor(time));
}

/** Names of attributes that a client asks for. */
export interface Wanted {
  readonly systemAttributes: readonly string[];
  readonly messageAttributes: readonly string[];
}

/** Only the attributes that a client has asked for; `All` asks for all of them, `name.*` for those that begin so. */
export function only(wanted: Wanted, message: ReceivedMessage) {
  const attributes = chosen(message.Attributes, (name) => isWanted(wanted.systemAttributes, name));
  const messageAttributes = chosen(message.MessageAttributes, (name) =>
    isWanted(wanted.messageAttributes, name),
  );
  const { MessageId, ReceiptHandle, MD5OfBody, Body } = message;
  return {
    MessageId,
    ReceiptHandle,
    MD5OfBody,
    Body,
    Attributes: attributes,
    MessageAttributes: messageAttributes,
    MD5OfMessageAttributes: messageAttributes && digestOfAttributes(messageAttributes),
  };
}

function isWanted(names: readonly string[], name: string): boolean {
  return names.some(
    (wanted) =>
      wanted === 'All' ||
      wanted === name ||
      (wanted.endsWith('.*') && (wanted === '.*' || name.startsWith(wanted.slice(0, -1)))),
  );
}

function chosen<T>(all: Readonly<Record<string, T>>, isChosen: (name: string) => boolean) {
  const entries = Object.entries(all).filter(([name]) => isChosen(name));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
