import type { SlackSeal } from '#ports/chat.ts';
import type { AwsAccess } from '../aws/access.ts';
import { createParameterReader } from '../secrets/parameter-reader.ts';
import { secretNames } from '../secrets/secret-names.ts';

/** The signing secret of the Slack app, which people have put in Parameter Store. */
export function createSlackSeal(access: AwsAccess, environment: string): SlackSeal {
  const parameter = createParameterReader(access, environment);
  return { secret: () => parameter(secretNames.slackSigningSecret) };
}
