import { AwsError } from '../../aws-error.ts';
import type { Credentials, Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import type { Place } from './places.ts';
import { invalidInput } from './refusals.ts';

const service = 'codebuild.amazonaws.com';

/** What a build of a project may do: the role that CodeBuild takes on for it. */
export interface ServiceRole {
  readonly arn: string;
  /** ARN of the project on whose behalf CodeBuild acts. */
  readonly project: string;
}

/** Whoever gives a role to CodeBuild needs iam:PassRole for it. Throws AccessDenied, InvalidInputException. */
export function checkPassedRole(platform: Platform, call: Call, place: Place, role: ServiceRole) {
  if (!role.arn.startsWith(`arn:aws:iam::${place.account}:role/`)) {
    throw invalidInput("Invalid service role: Service role account ID does not match caller's account");
  }
  platform.identity.authorize(call.caller, {
    action: 'iam:PassRole',
    resource: role.arn,
    context: { 'iam:PassedToService': service },
  });
  assumeServiceRole(platform, place, role, { sessionName: 'AWSCodeBuild', seconds: 900 });
}

/** Throws InvalidInputException while the role is not there, does not trust CodeBuild or has not spread yet. */
export function assumeServiceRole(
  platform: Platform,
  place: Place,
  { arn, project }: ServiceRole,
  { sessionName, seconds }: { readonly sessionName: string; readonly seconds: number },
): Credentials {
  const principal = { service, account: place.account, source: project };
  try {
    return platform.identity.assume(arn, sessionName, principal, { seconds, clock: 'simulated' });
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw invalidInput(
      'CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: ' +
        '1) The provided service role exists, 2) The role name is case-sensitive and matches exactly, and ' +
        '3) The role has the necessary trust policy configured.',
    );
  }
}
