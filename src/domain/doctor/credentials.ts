import type { AutomationSettings } from '#domain/settings/settings.ts';
import { finding, ok, type Diagnosis, type Sight } from './diagnosis.ts';

/** Credentials at hand: those of the environment, or of a profile that was named. */
export interface Credentials {
  /** `the environment`, or `profile NAME`. */
  readonly origin: string;
  readonly identity: Sight<{ readonly account: string; readonly arn: string }>;
}

type Places = Pick<AutomationSettings, 'accountId' | 'managementAccount'>;

/** All credentials at hand are good for the automation account or for the management account. */
export function credentialsAtHand(credentials: readonly Credentials[], places: Places): Diagnosis {
  const { accountId, managementAccount } = places;
  const wanted = `take those of automation account ${accountId} or of management account ${managementAccount}`;
  for (const { origin, identity } of credentials) {
    if ('unseen' in identity) {
      const how = `${wanted}: set AWS_PROFILE, log in with aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
      return finding(`nobody is known to AWS by ${origin} (${identity.unseen})`, identity.remedy ?? how);
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

function placeOf({ account, arn }: { account: string; arn: string }, { accountId }: Places): string {
  return `${account === accountId ? 'automation' : 'management'} account ${account}, as ${arn.split(':').slice(5).join(':')}`;
}
