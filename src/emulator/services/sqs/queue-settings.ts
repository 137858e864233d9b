import { parsePolicy } from '#emulator/identity/policy-document.ts';
import { AwsError } from '../../aws-error.ts';

/** Attributes of a queue as they are set, in text. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** What the attributes of a queue mean; an attribute that was never set has AWS's default. */
export interface QueueSettings {
  readonly written: QueueAttributes;
  readonly isFifo: boolean;
  readonly delayInSeconds: number;
  readonly mostBytes: number;
  readonly retentionInSeconds: number;
  readonly waitInSeconds: number;
  readonly visibilityTimeoutInSeconds: number;
  readonly deduplicatesByContent: boolean;
  readonly deduplicatesByGroup: boolean;
  readonly policy: string | undefined;
  readonly redrive: { readonly deadLetterArn: string; readonly maxReceiveCount: number } | undefined;
  /** Undefined when any queue may send its dead letters here. */
  readonly mayRedriveFrom: readonly string[] | undefined;
  readonly key: string | undefined;
}

const day = 86_400;

/** Least, most and default of the attributes that are numbers. */
const numbers = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 14 * day, 4 * day],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
  KmsDataKeyReusePeriodSeconds: [60, day, 300],
} as const;

const booleans = new Set(['FifoQueue', 'ContentBasedDeduplication', 'SqsManagedSseEnabled']);

const choices: ReadonlyMap<string, readonly string[]> = new Map([
  ['DeduplicationScope', ['queue', 'messageGroup']],
  ['FifoThroughputLimit', ['perQueue', 'perMessageGroupId']],
]);

const documents = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId']);

/** Throws InvalidAttributeName and InvalidAttributeValue. An empty document takes the attribute away. */
export function readSettings(attributes: QueueAttributes): QueueSettings {
  for (const [name, value] of Object.entries(attributes)) check(name, value);
  const written = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
  const number = (name: keyof typeof numbers) => Number(written[name] ?? numbers[name][2]);
  return {
    written,
    isFifo: written['FifoQueue'] === 'true',
    delayInSeconds: number('DelaySeconds'),
    mostBytes: number('MaximumMessageSize'),
    retentionInSeconds: number('MessageRetentionPeriod'),
    waitInSeconds: number('ReceiveMessageWaitTimeSeconds'),
    visibilityTimeoutInSeconds: number('VisibilityTimeout'),
    deduplicatesByContent: written['ContentBasedDeduplication'] === 'true',
    deduplicatesByGroup: written['DeduplicationScope'] === 'messageGroup',
    policy: written['Policy'],
    redrive: redriveFrom(written['RedrivePolicy']),
    mayRedriveFrom: redriveAllowedFrom(written['RedriveAllowPolicy']),
    key: written['KmsMasterKeyId'],
  };
}

/** All attributes, with defaults for those that were never set. */
export function describeSettings({ written, isFifo }: QueueSettings): QueueAttributes {
  const defaults = Object.entries(numbers)
    .filter(([name]) => name !== 'KmsDataKeyReusePeriodSeconds')
    .map(([name, [, , value]]) => [name, String(value)]);
  return {
    ...Object.fromEntries(defaults),
    ...(written['KmsMasterKeyId'] ? {} : { SqsManagedSseEnabled: 'true' }),
    ...(isFifo ? { ContentBasedDeduplication: 'false', ...fifoDefaults } : {}),
    ...written,
  };
}

const fifoDefaults = { DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' };

function check(name: string, value: string) {
  const range = Object.entries(numbers).find(([known]) => known === name)?.[1];
  if (range) {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < range[0] || number > range[1]) throw invalidValue(name, value);
    return;
  }
  if (booleans.has(name)) {
    if (value !== 'true' && value !== 'false') throw invalidValue(name, value);
    return;
  }
  const allowed = choices.get(name);
  if (allowed) {
    if (!allowed.includes(value)) throw invalidValue(name, value);
    return;
  }
  if (!documents.has(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  if (name === 'Policy' && value !== '') checkPolicy(value);
}

function checkPolicy(policy: string) {
  try {
    parsePolicy(policy);
  } catch (fault) {
    if (fault instanceof AwsError) throw invalidValue('Policy', policy);
    throw fault;
  }
}

function redriveFrom(text: string | undefined): QueueSettings['redrive'] {
  if (text === undefined) return undefined;
  const { deadLetterTargetArn: arn, maxReceiveCount: most } = fieldsOf('RedrivePolicy', text);
  const maxReceiveCount = Number(most);
  if (typeof arn !== 'string' || !arn.startsWith('arn:aws:sqs:')) throw invalidValue('RedrivePolicy', text);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000)
    throw invalidValue('RedrivePolicy', text);
  return { deadLetterArn: arn, maxReceiveCount };
}

function redriveAllowedFrom(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const { redrivePermission: permission, sourceQueueArns: sources } = fieldsOf('RedriveAllowPolicy', text);
  if (permission === 'allowAll') return undefined;
  if (permission === 'denyAll') return [];
  if (permission !== 'byQueue' || !Array.isArray(sources)) throw invalidValue('RedriveAllowPolicy', text);
  return sources.map(String);
}

function fieldsOf(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value));
  } catch {
    throw invalidValue(name, text);
  }
  throw invalidValue(name, text);
}

function invalidValue(name: string, value: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}: ${value}`);
}
