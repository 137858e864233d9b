import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Message, MessageAttributes } from './message.ts';
import { contentIdOf, digestOf, digestOfAttributes, sizeOf } from './message-digest.ts';
import type { Queue } from './queue.ts';
import { invalidParameter, missing, outOfRange } from './sqs-refusals.ts';

/** Members of SendMessage beside its queue; services send with the same. */
export interface Sending {
  readonly MessageBody?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: MessageAttributes | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageSystemAttributes?: unknown;
}

const mostAttributes = 10;
const longestDelayInSeconds = 900;
const outsideXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Puts a message in a queue; a duplicate goes nowhere, and is told by its original's name. Throws what SendMessage does. */
export function sendTo(
  queue: Queue,
  sending: Sending,
  senderId: string,
  platform: Pick<Platform, 'clock' | 'nextId'>,
): Message {
  const { isFifo, delayInSeconds } = queue.settings;
  check(queue, sending);
  const message = messageFrom(queue, sending, senderId, platform);
  const original = queue.originalOf(message);
  if (original) return { ...message, id: original.id, sequenceNumber: original.sequenceNumber };
  queue.send(message, isFifo ? delayInSeconds : (sending.DelaySeconds ?? delayInSeconds));
  return message;
}

function messageFrom(
  { settings, nextSequenceNumber }: Queue,
  sending: Sending,
  senderId: string,
  { clock, nextId }: Pick<Platform, 'clock' | 'nextId'>,
): Message {
  const { MessageBody: body = '', MessageAttributes: attributes = {} } = sending;
  const hasAttributes = Object.keys(attributes).length > 0;
  return {
    id: nextId(),
    body,
    md5: digestOf(body),
    attributes: hasAttributes ? attributes : undefined,
    md5OfAttributes: hasAttributes ? digestOfAttributes(attributes) : undefined,
    senderId,
    sentAt: clock.now(),
    groupId: sending.MessageGroupId,
    deduplicationId:
      sending.MessageDeduplicationId ?? (settings.deduplicatesByContent ? contentIdOf(body) : undefined),
    sequenceNumber: settings.isFifo ? nextSequenceNumber() : undefined,
    deadLetterSource: undefined,
  };
}

function check({ settings }: Queue, sending: Sending) {
  const { MessageBody: body = '', MessageAttributes: attributes = {}, DelaySeconds: delay = 0 } = sending;
  if (sending.MessageSystemAttributes !== undefined)
    throw notImplemented('sqs', 'system attributes of messages');
  if (body === '') throw missing('MessageBody');
  if (outsideXml.test(body))
    throw new AwsError('InvalidMessageContents', 'The message contains characters that are not allowed.');
  if (Object.keys(attributes).length > mostAttributes)
    throw invalidParameter(`Number of message attributes exceeds the allowed maximum of ${mostAttributes}.`);
  if (sizeOf(body, attributes) > settings.mostBytes)
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${settings.mostBytes} bytes.`,
    );
  if (delay < 0 || delay > longestDelayInSeconds)
    throw outOfRange(delay, 'DelaySeconds', 0, longestDelayInSeconds);
  checkAttributes(attributes);
  if (settings.isFifo) checkForFifo(sending, settings.deduplicatesByContent);
  else if (sending.MessageDeduplicationId !== undefined)
    throw invalidParameter(
      'The request includes a parameter that is not valid for this queue type: MessageDeduplicationId.',
    );
}

function checkAttributes(attributes: MessageAttributes) {
  for (const [name, { DataType: type = '', StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^(String|Number|Binary)(\..+)?$/.test(type))
      throw invalidParameter(
        `The message attribute '${name}' has an invalid message attribute type '${type}'.`,
      );
    const value = type.startsWith('Binary') ? BinaryValue : StringValue;
    if (!value)
      throw invalidParameter(
        `The message attribute '${name}' must contain a non-empty value for type '${type}'.`,
      );
  }
}

function checkForFifo(sending: Sending, deduplicatesByContent: boolean) {
  if (!sending.MessageGroupId) throw missing('MessageGroupId');
  if (sending.DelaySeconds)
    throw invalidParameter(
      `Value ${sending.DelaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  if (!sending.MessageDeduplicationId && !deduplicatesByContent)
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
}
