import type { AutomationSettings } from '#domain/settings/settings.ts';
import { finding, ok, type Diagnosis, type Sight } from './diagnosis.ts';

/** Credentials at hand: those of the environment, or of a profile that was named. */
export interface Credentials {
  /** Undefined for those of the environment. */
  readonly profile: string | undefined;
  readonly identity: Sight<{ readonly account: string; readonly arn: string }>;
}

type Places = Pick<AutomationSettings, 'accountId' | 'managementAccount'>;

/** All credentials at hand are good for the automation account or for the management account. */
export function credentialsAtHand(credentials: readonly Credentials[], places: Places): Diagnosis {
  const { accountId, managementAccount } = places;
  const wanted = `take those of automation account ${accountId} or of management account ${managementAccount}`;
  for (const { profile, identity } of credentials) {
    const origin = profile === undefined ? 'the environment' : `profile ${profile}`;
    if ('unseen' in identity) {
      const found = `AWS does not know whose the credentials of ${origin} are (${identity.unseen})`;
      return finding(
        found,
        identity.remedy ?? (profile === undefined ? `${wanted}: ${howToLogIn}` : logInAgain(profile)),
      );
    }
    const { account } = identity.seen;
    if (account !== accountId && account !== managementAccount) {
      return finding(
        `the credentials of ${origin} are those of account ${account}, which has no part here`,
        wanted,
      );
    }
  }
  const told = credentials.flatMap(({ identity }) =>
    'seen' in identity ? [placeOf(identity.seen, places)] : [],
  );
  return ok(`those of ${[...new Set(told)].join(', and of ')}`);
}

const howToLogIn =
  'set AWS_PROFILE, log in with aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';

const logInAgain = (profile: string): string =>
  `see that the profile is in the configuration of AWS, and run aws sso login --profile ${profile}`;

function placeOf({ account, arn }: { account: string; arn: string }, { accountId }: Places): string {
  return `${account === accountId ? 'automation' : 'management'} account ${account}, as ${arn.split(':').slice(5).join(':')}`;
}
