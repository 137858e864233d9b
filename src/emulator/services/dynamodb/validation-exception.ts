import { AwsError } from '../../aws-error.ts';

/** A request that DynamoDB refuses to run; the message is what tells callers what to mend. */
export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** The same, for a value that the request carries: AWS begins these messages with one sentence. */
export function invalidParameter(message: string): AwsError {
  return validationException(`One or more parameter values were invalid: ${message}`);
}

/** A member outside its bounds, in the words of AWS's request validation. */
export function constraintViolated(
  value: string | number | undefined,
  member: string,
  constraint: string,
): AwsError {
  const found = value === undefined ? 'Value null' : `Value '${value}'`;
  return validationException(
    `1 validation error detected: ${found} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
