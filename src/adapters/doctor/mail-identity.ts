import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { MailSight } from '#domain/doctor/mail.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { look } from './look.ts';

/** Whether SES takes mails from an address: it, or its domain, must be verified. Three calls at most. */
export async function readMailIdentity(access: AwsAccess, address: string): Promise<MailSight> {
  const client = new SESv2Client(clientConfig(access));
  const domain = address.split('@').at(-1) ?? '';
  const isInSandbox = await look(
    async () => !(await client.send(new GetAccountCommand({}))).ProductionAccessEnabled,
  );
  for (const identity of [address, domain]) {
    if (await isVerified(client, identity)) return { verified: identity, isInSandbox };
  }
  return { verified: undefined, isInSandbox };
}

async function isVerified(client: SESv2Client, EmailIdentity: string): Promise<boolean> {
  try {
    const found = await client.send(new GetEmailIdentityCommand({ EmailIdentity }));
    return found.VerifiedForSendingStatus === true;
  } catch (fault) {
    if (fault instanceof NotFoundException) return false;
    throw fault;
  }
}
