import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';

/** EventBridge refuses most inputs under one name. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export const invalidToken = invalid('Invalid nextToken.');

/** Whoever hands a role to EventBridge needs the permission to pass it on. Throws AccessDenied. */
export function passRole(platform: Platform, call: Call, role: string) {
  platform.identity.authorize(call.caller, {
    action: 'iam:PassRole',
    resource: role,
    context: { 'iam:PassedToService': 'events.amazonaws.com' },
  });
}
