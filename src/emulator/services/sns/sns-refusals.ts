import { AwsError } from '../../aws-error.ts';

export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

export function notFound(what: string): AwsError {
  return new AwsError('NotFound', `${what} does not exist`, 404);
}
