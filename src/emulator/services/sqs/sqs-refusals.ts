import { AwsError } from '../../aws-error.ts';

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

/** Tells the range that a number must be in. */
export function outOfRange(value: number, parameter: string, least: number, most: number): AwsError {
  return invalidParameter(
    `Value ${value} for parameter ${parameter} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

export function missing(parameter: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}.`);
}

/** SQS once spoke the query protocol: clients still know some errors by the names of that time. */
export const queryCodes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
    QueueNameExists: 'QueueAlreadyExists',
    QueueDeletedRecently: 'AWS.SimpleQueueService.QueueDeletedRecently',
    PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
    MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
    EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
    TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
    BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
    InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
    UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  }),
);
