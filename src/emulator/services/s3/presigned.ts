import { AwsError } from '../../aws-error.ts';
import type { HttpRequest } from '../../service.ts';

const longestInSeconds = 7 * 24 * 3600;

/**
 * A link lives by the clock on the wall of whoever opens it, in real milliseconds, for no more than a week.
 * Throws AccessDenied when it has expired.
 */
export function checkPresigned({ query }: Pick<HttpRequest, 'query'>, realTime: () => number): void {
  const expiry = query.has('X-Amz-Signature') ? expiryOf(query) : expiryOfOldSignature(query);
  if (expiry === undefined || realTime() <= expiry) return;
  throw new AwsError('AccessDenied', 'Request has expired', 403, {
    Expires: new Date(expiry).toISOString(),
    ServerTime: new Date(realTime()).toISOString(),
  });
}

function expiryOf(query: URLSearchParams): number {
  const [, date, hour, minute, second] =
    /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '') ?? [];
  const seconds = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  if (!date || Number.isNaN(seconds) || seconds < 0) {
    throw malformed('X-Amz-Date must be in the ISO8601 Long Format and X-Amz-Expires a number of seconds');
  }
  if (seconds > longestInSeconds) {
    throw malformed(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${longestInSeconds} seconds`,
    );
  }
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return Date.parse(`${day}T${hour}:${minute}:${second}Z`) + seconds * 1000;
}

/** boto3 still presigns in the old way unless told otherwise: seconds since the epoch. */
function expiryOfOldSignature(query: URLSearchParams): number | undefined {
  const expires = query.has('Signature') ? query.get('Expires') : null;
  return expires === null ? undefined : Number(expires) * 1000;
}

function malformed(message: string): AwsError {
  return new AwsError('AuthorizationQueryParametersError', message);
}
