import { AwsError, notImplemented } from '../../aws-error.ts';

export const invalidInput = (message: string) => new AwsError('InvalidInputException', message);

export const limitExceeded = (message: string) => new AwsError('AccountLimitExceededException', message);

/** A value that AWS's model forbids, in the words that all of its services use for that. */
export function violation(member: string, found: string | number | undefined, constraint: string): AwsError {
  return invalidInput(
    `1 validation error detected: Value '${found ?? 'null'}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

export const projectNotFound = (arn: string) =>
  new AwsError('ResourceNotFoundException', `Project cannot be found: ${arn}`);

/** Throws InvalidInputException where a member is missing. */
export function required<T>(member: string, value: T | undefined): T {
  if (value === undefined) throw violation(member, undefined, 'Member must not be null');
  return value;
}

/** Refuses members that would have to be ignored; those that ask for nothing may pass. */
export function refuseOthers(operation: string, input: object, known: ReadonlySet<string>) {
  for (const [member, value] of Object.entries(input)) {
    if (!known.has(member) && !asksNothing(value)) {
      throw notImplemented('codebuild', `${operation} with ${member}`);
    }
  }
}

function asksNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && 'type' in value && value.type === 'NO_CACHE';
}
