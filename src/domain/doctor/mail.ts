import type { FeatureSettings } from '#domain/settings/settings.ts';
import { finding, hint, ok, type Diagnosis, type Sight } from './diagnosis.ts';

/** What SES says of the address from which mails are sent. */
export interface MailSight {
  /** The address or its domain, whichever is verified; undefined where neither is. */
  readonly verified: string | undefined;
  /** Whether the account is still in the sandbox, where only verified addresses receive mails. */
  readonly isInSandbox: Sight<boolean>;
}

type MailFeatures = Pick<FeatureSettings, 'originEmailRecipient' | 'costEmailRecipients'>;

/** SES takes mails from the address of the settings. */
export function mailsCanBeSent(
  { verified, isInSandbox }: MailSight,
  { originEmailRecipient = '', costEmailRecipients }: MailFeatures,
  region: string,
): Diagnosis {
  const sender = addressIn(originEmailRecipient);
  if (verified === undefined) {
    const command = `aws sesv2 create-email-identity --email-identity ${sender} --region ${region}`;
    return finding(
      `${sender} is not verified in SES, so that no mail is sent`,
      `run ${command}, and answer the mail that follows`,
    );
  }
  const sandbox = 'seen' in isInSandbox && isInSandbox.seen;
  if (sandbox) {
    const who = costEmailRecipients.length > 0 ? costEmailRecipients.join(', ') : 'recipients';
    return hint(
      `SES is in its sandbox, where ${who} receive nothing unless they are verified too`,
      `request production access to SES in ${region}, or verify the recipients`,
    );
  }
  return ok(`SES takes mails from ${sender}`);
}

/** The address itself, where a name stands before it: `Accounts <spa@example.com>`. */
export const addressIn = (sender: string): string => /<([^<>]+)>$/.exec(sender)?.[1] ?? sender;

/** Nothing is sent where the settings name no address to send from. */
export function mailsAreWanted({
  originEmailRecipient,
  costEmailRecipients,
}: MailFeatures): Diagnosis | undefined {
  if (originEmailRecipient !== undefined) return undefined;
  if (costEmailRecipients.length === 0) return ok('the settings ask for no mails');
  return hint(
    `nobody receives cost reports: there are ${costEmailRecipients.length} recipients, and no address to send from`,
    'set features.with_origin_email_recipient',
  );
}
