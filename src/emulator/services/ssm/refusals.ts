import { AwsError, notImplemented } from '../../aws-error.ts';

export const invalid = (message: string) => new AwsError('ValidationException', message);

/** A value that AWS's model forbids, in the words that all of its services use for that. */
export function violation(member: string, found: string | number | undefined, constraint: string): AwsError {
  return invalid(
    `1 validation error detected: Value '${found ?? 'null'}' at '${member}' failed to satisfy constraint: ` +
      `Member must ${constraint}`,
  );
}

export const invalidToken = () => new AwsError('InvalidNextToken', 'The specified token is not valid.');

export const parameterNotFound = (name: string) =>
  new AwsError('ParameterNotFound', `Parameter ${name} not found.`);

/** Throws ValidationException when a size of page is asked for that AWS does not give. */
export function checkedSize(asked: number | undefined, most: number): number {
  const size = asked ?? most;
  if (size < 1) throw violation('maxResults', size, 'have value greater than or equal to 1');
  if (size > most) throw violation('maxResults', size, `have value less than or equal to ${most}`);
  return size;
}

/** Throws ValidationException when there are no names, or more than one call may ask for. */
export function checkedNames(names: readonly string[] | undefined): readonly string[] {
  const most = 10;
  const found = `[${(names ?? []).join(', ')}]`;
  if (!names || names.length === 0) throw violation('names', found, 'have length greater than or equal to 1');
  if (names.length > most) throw violation('names', found, `have length less than or equal to ${most}`);
  return names;
}

/** Refuses members that would have to be ignored. */
export function refuseMembers(operation: string, members: Readonly<Record<string, unknown>>) {
  for (const [member, value] of Object.entries(members)) {
    if (value !== undefined) throw notImplemented('ssm', `${operation} with ${member}`);
  }
}
