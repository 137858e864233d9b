import {
  MailFromDomainNotVerifiedException,
  MessageRejected,
  SendEmailCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { Mailer } from '#ports/mailer.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { composeMail } from './compose-mail.ts';

/** SES takes so many recipients for one message. */
const mostRecipients = 50;

export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  readonly sender: string;
  constructor(sender: string, cause: Error) {
    super(
      `Amazon SES refuses mail from ${sender} (${cause.message}): validate the sender in the region of the system, ` +
        'and ask for production access',
      { cause },
    );
    this.sender = sender;
  }
}

/** Mail by Amazon SES, in the region of the system. Throws MailRefused. */
export function createSesMailer(access: AwsAccess): Mailer {
  const ses = new SESv2Client(clientConfig(access));
  return {
    async send(mail) {
      for (let from = 0; from < mail.recipients.length; from += mostRecipients) {
        const recipients = mail.recipients.slice(from, from + mostRecipients);
        const Data = await composeMail({ ...mail, recipients }, access.clock.now());
        const command = new SendEmailCommand({
          FromEmailAddress: mail.sender,
          Destination: { ToAddresses: recipients },
          Content: { Raw: { Data } },
        });
        await ses.send(command).catch((fault: unknown) => {
          throw isRefusal(fault) ? new MailRefused(mail.sender, fault) : fault;
        });
      }
    },
  };
}

const isRefusal = (fault: unknown): fault is Error =>
  fault instanceof MessageRejected || fault instanceof MailFromDomainNotVerifiedException;
