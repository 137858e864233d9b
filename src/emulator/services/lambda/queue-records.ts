import type { MessageAttributes } from '../sqs/message.ts';
import type { ReceivedMessage } from '../sqs/receiving.ts';

/** A batch of messages as functions receive it, in JSON. */
export function queueEvent(queueArn: string, messages: readonly ReceivedMessage[]): string {
  return JSON.stringify({ Records: messages.map((message) => recordOf(queueArn, message)) });
}

function recordOf(queueArn: string, message: ReceivedMessage) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: attributesOf(message.MessageAttributes),
    md5OfBody: message.MD5OfBody,
    ...(message.MD5OfMessageAttributes === undefined
      ? {}
      : { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3],
  };
}

function attributesOf(attributes: MessageAttributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  );
}

/**
 * The messages that are done with, according to what the function answered. Without `ReportBatchItemFailures` that is
 * all of them; with it, an answer that cannot be understood means that none is.
 */
export function doneWith(
  messages: readonly ReceivedMessage[],
  answer: string,
  reportsFailures: boolean,
): readonly ReceivedMessage[] {
  if (!reportsFailures) return messages;
  const failed = failedIds(JSON.parse(answer));
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  if (!failed || failed.some((id) => !known.has(id))) return [];
  return messages.filter(({ MessageId }) => !failed.includes(MessageId));
}

/** Nothing to report is reported in several ways; undefined stands for nonsense. */
function failedIds(answer: unknown): readonly string[] | undefined {
  if (answer === null) return [];
  if (typeof answer !== 'object') return undefined;
  const failures: unknown = 'batchItemFailures' in answer ? answer.batchItemFailures : null;
  if (failures === null) return [];
  if (!Array.isArray(failures)) return undefined;
  const ids = failures.map(identifierIn);
  const texts = ids.filter((id) => id !== undefined);
  return texts.length === ids.length ? texts : undefined;
}

function identifierIn(failure: unknown): string | undefined {
  const id: unknown =
    failure !== null && typeof failure === 'object' && 'itemIdentifier' in failure
      ? failure.itemIdentifier
      : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
