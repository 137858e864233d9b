import { AwsError, notImplemented } from '../../aws-error.ts';

export const invalid = (message: string) => new AwsError('ValidationException', message);

export const notFound = (resourceType: string, resourceIdentifier: string) =>
  new AwsError('ResourceNotFoundException', `Could not find ${resourceIdentifier}`, 404, {
    resourceType,
    resourceIdentifier,
  });

/** An account that had no Incident Manager in November 2025 gets none any more. */
export const notEnabled = () =>
  notFound('REPLICATION_SET', 'a replication set: Incident Manager is not enabled');

export function checkLength(member: string, text: string | undefined, longest: number): void {
  if (text !== undefined && text.length > longest)
    throw invalid(`${member} must have length less than or equal to ${longest}`);
}

export function checkImpact(impact: number | undefined): void {
  if (impact !== undefined && !(Number.isInteger(impact) && impact >= 1 && impact <= 5))
    throw invalid('impact must be between 1 and 5');
}

/** Refuses members that would have to be ignored. */
export function refuseMembers(members: Readonly<Record<string, unknown>>): void {
  for (const [member, value] of Object.entries(members)) {
    if (value !== undefined) throw notImplemented('ssm-incidents', `the member ${member}`);
  }
}
