import { AwsError, notImplemented } from '../../aws-error.ts';
import type { SubscriptionProtocol } from './topics.ts';
import { invalidParameter } from './sns-refusals.ts';

/** A message that is published, as all subscriptions see it. */
export interface Notice {
  readonly id: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** Other texts for some protocols, when the publisher has written such. */
  readonly variants: Readonly<Record<string, string>>;
  readonly attributes: NoticeAttributes;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
}

/** As they are on the wire: binary values are base64. */
export type NoticeAttributes = Readonly<
  Record<string, { readonly DataType?: string; readonly StringValue?: string; readonly BinaryValue?: string }>
>;

/** Members of Publish beside its topic. */
export interface Publication {
  readonly Message?: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: NoticeAttributes | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

const mostBytes = 256 * 1024;

/** Throws InvalidParameter, as Publish does. */
export function readNotice(
  publication: Publication,
  { id, topicArn, publishedAt }: { id: string; topicArn: string; publishedAt: number },
): Notice {
  const { Message: message = '', Subject: subject, MessageAttributes: attributes = {} } = publication;
  check(publication);
  const variants = publication.MessageStructure === 'json' ? readVariants(message) : { default: message };
  return { id, topicArn, subject, message: variants.default, variants, attributes, publishedAt };
}

function check({ Message: message = '', Subject: subject, ...others }: Publication) {
  const { MessageAttributes: attributes = {}, MessageStructure: structure } = others;
  if (others.MessageGroupId !== undefined || others.MessageDeduplicationId !== undefined)
    throw notImplemented('sns', 'groups of messages');
  if (message === '') throw invalidParameter('Empty message');
  if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject))
    throw invalidParameter('Subject');
  if (structure !== undefined && structure !== 'json') throw invalidParameter('MessageStructure');
  if (Buffer.byteLength(message) + sizeOf(attributes) > mostBytes) throw invalidParameter('Message too long');
  for (const [name, { DataType: type = '', StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^(String|Number|Binary)(\..+)?$/.test(type) || !(StringValue ?? BinaryValue))
      throw new AwsError(
        'ParameterValueInvalid',
        `The message attribute '${name}' has an invalid type, or must contain a non-empty value for type '${type}'.`,
      );
  }
}

function sizeOf(attributes: NoticeAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue = '' }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue + BinaryValue),
    0,
  );
}

/** One text for each protocol, and a default for the others. */
function readVariants(message: string): Readonly<Record<string, string>> & { readonly default: string } {
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const entries = texts !== null && typeof texts === 'object' ? Object.entries(texts) : [];
  const variants = Object.fromEntries(entries.filter(([, text]) => typeof text === 'string'));
  const { default: fallback } = variants;
  if (typeof fallback !== 'string')
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { ...variants, default: fallback };
}

/** What a subscription of this protocol receives. */
export function textFor({ variants, message }: Notice, protocol: SubscriptionProtocol): string {
  return variants[protocol] ?? message;
}
