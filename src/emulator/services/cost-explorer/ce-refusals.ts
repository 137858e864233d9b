import { AwsError, notImplemented } from '../../aws-error.ts';

export const invalid = (message: string) => new AwsError('ValidationException', message);

export const invalidToken = () =>
  new AwsError('InvalidNextTokenException', 'The pagination token is invalid. Try again without it.');

export const dataUnavailable = (message: string) => new AwsError('DataUnavailableException', message);

/** Refuses members that would have to be ignored. */
export function refuseMembers(members: Readonly<Record<string, unknown>>) {
  for (const [member, value] of Object.entries(members)) {
    if (value !== undefined) throw notImplemented('ce', `the member ${member}`);
  }
}
