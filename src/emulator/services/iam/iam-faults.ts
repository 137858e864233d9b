import { AwsError } from '../../aws-error.ts';

// IAM's refusals, with the HTTP status that AWS gives each.

export const noSuchEntity = (message: string) => new AwsError('NoSuchEntity', message, 404);
export const alreadyExists = (message: string) => new AwsError('EntityAlreadyExists', message, 409);
export const deleteConflict = (message: string) => new AwsError('DeleteConflict', message, 409);
export const invalidInput = (message: string) => new AwsError('InvalidInput', message);

/** One of IAM's quotas, by the name that AWS gives it. */
export const quotaExceeded = (quota: string, limit: number) =>
  new AwsError('LimitExceeded', `Cannot exceed quota for ${quota}: ${limit}`, 409);
