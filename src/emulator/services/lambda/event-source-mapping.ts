import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import type { AccountId } from '#domain/account.ts';
import { notImplemented } from '../../aws-error.ts';
import type { ConsumedQueue } from '../sqs/queue-consumption.ts';
import { invalidParameter } from './lambda-refusals.ts';

/** A queue whose messages go to a function. */
export interface EventSourceMapping {
  readonly id: string;
  readonly arn: string;
  readonly account: AccountId;
  readonly region: string;
  readonly queueArn: string;
  readonly functionArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowInSeconds: number;
  readonly reportsFailures: boolean;
  readonly maximumConcurrency: number | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly changedAt: number;
}

export type MappingRequest = Partial<CreateEventSourceMappingRequest & UpdateEventSourceMappingRequest>;

type Settings = Pick<
  EventSourceMapping,
  'enabled' | 'batchSize' | 'windowInSeconds' | 'reportsFailures' | 'maximumConcurrency'
>;

const initial: Settings = {
  enabled: true,
  batchSize: 10,
  windowInSeconds: 0,
  reportsFailures: false,
  maximumConcurrency: undefined,
};

const known = new Set([
  'UUID',
  'EventSourceArn',
  'FunctionName',
  'Enabled',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'FunctionResponseTypes',
  'ScalingConfig',
  'Tags',
]);

/** What a request sets; the rest stays as it was. Throws InvalidParameterValueException. */
export function readMapping(
  request: MappingRequest,
  queue: ConsumedQueue,
  current: Settings = initial,
): Settings {
  const unknown = Object.keys(request).find((name) => !known.has(name));
  if (unknown) throw notImplemented('lambda', `the member ${unknown} of event source mappings`);
  const types = request.FunctionResponseTypes;
  const settings = {
    enabled: request.Enabled ?? current.enabled,
    batchSize: request.BatchSize ?? current.batchSize,
    windowInSeconds: request.MaximumBatchingWindowInSeconds ?? current.windowInSeconds,
    reportsFailures: types ? types.includes('ReportBatchItemFailures') : current.reportsFailures,
    maximumConcurrency: request.ScalingConfig
      ? request.ScalingConfig.MaximumConcurrency
      : current.maximumConcurrency,
  };
  check(settings, queue);
  return settings;
}

const mostInAFifoBatch = 10;
const mostInABatch = 10_000;

function check(
  { batchSize, windowInSeconds: window, maximumConcurrency: most }: Settings,
  { isFifo }: ConsumedQueue,
) {
  if (batchSize < 1 || batchSize > (isFifo ? mostInAFifoBatch : mostInABatch))
    throw invalidParameter('Batch size is invalid: 1 to 10 for FIFO queues, 1 to 10000 for standard queues.');
  if (window < 0 || window > 300)
    throw invalidParameter('Maximum batch window must be between 0 and 300 seconds.');
  if (isFifo && window > 0) throw invalidParameter('Batching window is not supported for FIFO queues.');
  if (batchSize > 10 && window === 0)
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  if (most !== undefined && (most < 2 || most > 1000))
    throw invalidParameter('MaximumConcurrency must be between 2 and 1000.');
}

export function describeMapping(
  mapping: EventSourceMapping,
  state?: string,
): EventSourceMappingConfiguration {
  const { maximumConcurrency: most } = mapping;
  return {
    UUID: mapping.id,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.queueArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.windowInSeconds,
    FunctionResponseTypes: mapping.reportsFailures ? ['ReportBatchItemFailures'] : [],
    ...(most === undefined ? {} : { ScalingConfig: { MaximumConcurrency: most } }),
    LastModified: new Date(mapping.changedAt),
    State: state ?? (mapping.enabled ? 'Enabled' : 'Disabled'),
    StateTransitionReason: 'USER_INITIATED',
  };
}
