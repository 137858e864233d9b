import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { notImplemented } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Access, Call, Service } from '../../service.ts';
import { addressesIn, bareAddress, isAddress } from './addresses.ts';
import { composed } from './compose-simple.ts';
import { identityArn, type Identities } from './identities.ts';
import type { SentMail } from './outbox.ts';
import { readMime } from './read-mime.ts';
import { badRequest, messageRejected } from './ses-refusals.ts';

const mostRecipients = 50;
const mostBytes = 40 * 1024 * 1024;

/** On the wire, bytes are base64. */
type OnWire = Omit<SendEmailCommandInput, 'Content'> & {
  readonly Content?: {
    readonly Raw?: { readonly Data?: string };
    readonly Simple?: NonNullable<NonNullable<SendEmailCommandInput['Content']>['Simple']>;
  };
};

/** A mail that is asked for: who sends it to whom, and its bytes. */
interface Asked {
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly raw: Uint8Array;
}

/** Takes mails from verified identities and keeps them in the outbox. */
export function sendingOperations(
  { clock, nextId }: Pick<Platform, 'clock' | 'nextId'>,
  identities: Identities,
  outbox: SentMail[],
): Pick<Service, 'operations' | 'access'> {
  function sendEmail(input: OnWire, call: Call) {
    const { sender, recipients, raw } = askedFor(input);
    if (raw.byteLength > mostBytes)
      throw badRequest(`Message length is more than ${mostBytes} bytes long: '${raw.byteLength}'.`);
    if (recipients.length === 0) throw badRequest('The message has no recipients');
    if (recipients.length > mostRecipients) throw badRequest(`Recipient count exceeds ${mostRecipients}.`);
    for (const address of [sender, ...recipients])
      if (!isAddress(address)) throw badRequest(`Invalid email address: ${address}`);
    const from = bareAddress(sender);
    if (!identities.sendingFor(call, from)) throw messageRejected(unverified(from, call.region));
    const id = nextId();
    const { account, region } = call;
    outbox.push({ id, sentAt: clock.now(), account, region, from, recipients, raw });
    return { MessageId: id };
  }

  function access(input: OnWire, call: Call): Access {
    const { sender } = askedFor(input);
    const identity = identities.sendingFor(call, sender)?.name ?? sender;
    return {
      action: input.Content?.Raw ? 'ses:SendRawEmail' : 'ses:SendEmail',
      resource: identityArn(call, identity),
      context: { 'ses:FromAddress': sender, 'ses:ApiVersion': '2' },
    };
  }

  return { operations: { SendEmail: sendEmail }, access: { SendEmail: access } };
}

const unverified = (sender: string, region: string) =>
  `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${sender}`;

/** Names in the envelope win over the headers of a raw message. */
function askedFor(input: OnWire): Asked {
  refuseUnknown(input);
  const { FromEmailAddress, Destination = {}, ReplyToAddresses, Content } = input;
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = Destination;
  const named = [...ToAddresses, ...CcAddresses, ...BccAddresses].map(bareAddress);
  if (Content?.Raw) {
    const raw = Buffer.from(Content.Raw.Data ?? '', 'base64');
    const { from = '', to = '', cc = '', bcc = '' } = readMime(raw).headers;
    const recipients = named.length > 0 ? named : [to, cc, bcc].flatMap(addressesIn);
    return { sender: bareAddress(FromEmailAddress ?? from), recipients, raw };
  }
  const from = FromEmailAddress ?? '';
  const headers = {
    From: from,
    To: ToAddresses.join(', '),
    Cc: CcAddresses.join(', '),
    'Reply-To': (ReplyToAddresses ?? []).join(', '),
  };
  return { sender: bareAddress(from), recipients: named, raw: composed(headers, Content?.Simple) };
}

/** What would change where a mail goes or how it looks, and is not played here. */
function refuseUnknown({ Content, ...input }: OnWire): void {
  if (!Content?.Raw && !Content?.Simple) throw notImplemented('ses', 'mails made from templates');
  if (Content.Simple?.Attachments) throw notImplemented('ses', 'attachments of simple mails');
  const unknown = ['ConfigurationSetName', 'EndpointId', 'TenantName', 'ListManagementOptions'] as const;
  for (const member of unknown) if (input[member] !== undefined) throw notImplemented('ses', member);
}
