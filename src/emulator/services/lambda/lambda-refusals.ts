import { AwsError } from '../../aws-error.ts';

const byUser = { Type: 'User' };

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, byUser);
}

export function functionNotFound(arn: string): AwsError {
  return notFound(`Function not found: ${arn}`);
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404, byUser);
}

export function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, 409, byUser);
}

/** Over the concurrency of the function, when it has some of its own, or of the account. */
export function tooManyRequests(reserved: boolean): AwsError {
  const reason = reserved
    ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
    : 'ConcurrentInvocationLimitExceeded';
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { ...byUser, Reason: reason });
}

export function tooLarge(mostBytes: number): AwsError {
  const message = `Request must be smaller than ${mostBytes} bytes for the InvokeFunction operation`;
  return new AwsError('RequestTooLargeException', message, 413, byUser);
}
