import { SendEmailCommand, SESv2Client, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { createSes, type Ses } from '#emulator/services/ses/create-ses.ts';
import { automation, openSmallCloud } from './support-small-cloud.ts';

export const place = { account: automation, region: 'eu-west-1' };

/** A cloud of SES alone, where `spa@example.com` is validated. */
export function openSes() {
  let ses: Ses | undefined;
  const cloud = openSmallCloud((platform) => {
    ses = createSes(platform);
    return [ses.service];
  });
  if (!ses) throw new Error('the cloud has no SES');
  ses.verify('spa@example.com', place);
  return { ses, client: new SESv2Client(cloud.clientConfig()), cloud };
}

export const simple = (given: Partial<SendEmailCommandInput> = {}) =>
  new SendEmailCommand({
    FromEmailAddress: '"no reply" <spa@EXAMPLE.com>',
    Destination: { ToAddresses: ['ann@example.com'], BccAddresses: ['Jo <jo@example.com>'] },
    Content: {
      Simple: {
        Subject: { Data: 'Dépenses' },
        Body: { Text: { Data: 'Bonjour' }, Html: { Data: '<p>Bonjour €</p>' } },
      },
    },
    ...given,
  });

export const raw = (lines: readonly string[], given: Partial<SendEmailCommandInput> = {}) =>
  new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(lines.join('\r\n')) } }, ...given });
