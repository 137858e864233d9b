import { AwsError } from '#emulator/aws-error.ts';

/** A service's own words for too many calls: the SDK must know them, to wait and try again. */
export function throttling(service: string): AwsError {
  const { code, status } = throttlings[service] ?? { code: 'ThrottlingException', status: 400 };
  return new AwsError(code, 'Rate exceeded (a fault that was asked for)', status);
}

const throttlings: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  iam: { code: 'Throttling', status: 400 },
  lambda: { code: 'TooManyRequestsException', status: 429 },
  organizations: { code: 'TooManyRequestsException', status: 400 },
  s3: { code: 'SlowDown', status: 503 },
  sns: { code: 'Throttled', status: 429 },
  sqs: { code: 'RequestThrottled', status: 400 },
  sts: { code: 'Throttling', status: 400 },
  tagging: { code: 'ThrottledException', status: 400 },
};

export function outOfService(): AwsError {
  return new AwsError('ServiceUnavailable', 'The service is unavailable (a fault that was asked for)', 503);
}

const xmlServices = new Set(['iam', 'sts', 'sns', 's3']);

export function denied(service: string, operation: string): AwsError {
  const message = `You may not call ${operation}: an explicit deny in a service control policy (a fault that was asked for)`;
  return xmlServices.has(service)
    ? new AwsError('AccessDenied', message, 403)
    : new AwsError('AccessDeniedException', message, 400);
}
