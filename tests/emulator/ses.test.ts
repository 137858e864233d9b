import {
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  GetEmailIdentityCommand,
  ListEmailIdentitiesCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { readMime } from '#emulator/services/ses/read-mime.ts';
import { openSes, place, raw, simple } from './support-ses.ts';
import { automation } from './support-small-cloud.ts';

describe('when a simple mail is sent', () => {
  it('stays in the outbox as it would travel', async () => {
    const { ses, client } = openSes();

    const { MessageId } = await client.send(simple());

    const [mail] = ses.outbox;
    expect(mail).toMatchObject({
      id: MessageId,
      account: automation,
      region: 'eu-west-1',
      from: 'spa@example.com',
      recipients: ['ann@example.com', 'jo@example.com'],
    });
    const read = readMime(mail?.raw ?? Buffer.of());
    expect(read).toMatchObject({ text: 'Bonjour', html: '<p>Bonjour €</p>', attachments: [] });
    expect(read.headers).toMatchObject({ subject: 'Dépenses', to: 'ann@example.com' });
    expect(read.headers).not.toHaveProperty('bcc');
  });

  it('asks for permission on the identity that lets it be sent', async () => {
    const { ses, client, cloud } = openSes();
    ses.verify('example.org', place);

    await client.send(simple());
    await client.send(simple({ FromEmailAddress: 'any@mail.example.org' }));

    expect(cloud.asked).toMatchObject([
      { action: 'ses:SendEmail', resource: `arn:aws:ses:eu-west-1:${automation}:identity/spa@example.com` },
      { action: 'ses:SendEmail', resource: `arn:aws:ses:eu-west-1:${automation}:identity/example.org` },
    ]);
  });
});

describe('when a raw mail is sent', () => {
  const lines = [
    'From: Spa <spa@example.com>',
    'To: ann@example.com,',
    ' "Jo, Dr" <jo@example.com>',
    '',
    'Hello',
  ];

  it('goes to whom its headers name, unless the envelope names others', async () => {
    const { ses, client, cloud } = openSes();

    await client.send(raw(lines));
    await client.send(raw(lines, { Destination: { ToAddresses: ['zoe@example.com'] } }));

    expect(ses.outbox.map(({ recipients }) => recipients)).toEqual([
      ['ann@example.com', 'jo@example.com'],
      ['zoe@example.com'],
    ]);
    expect(cloud.asked[0]).toMatchObject({ action: 'ses:SendRawEmail' });
  });

  it('keeps its bytes', async () => {
    const { ses, client } = openSes();

    await client.send(raw(lines));

    expect(Buffer.from(ses.outbox[0]?.raw ?? []).toString()).toBe(lines.join('\r\n'));
  });
});

describe('when a mail cannot be sent', () => {
  it.each([
    [
      'nobody has verified the sender',
      simple({ FromEmailAddress: 'eve@example.net' }),
      'MessageRejected',
      'EU-WEST-1: eve@example.net',
    ],
    ['nobody is to receive it', simple({ Destination: {} }), 'BadRequestException', 'no recipients'],
    [
      'too many are to receive it',
      simple({ Destination: { ToAddresses: Array.from({ length: 51 }, (_, n) => `p${n}@example.com`) } }),
      'BadRequestException',
      'Recipient count exceeds 50.',
    ],
    [
      'an address is none',
      simple({ Destination: { ToAddresses: ['ann'] } }),
      'BadRequestException',
      'Invalid email address: ann',
    ],
    [
      'it has no body',
      simple({ Content: { Simple: { Subject: { Data: 'x' }, Body: {} } } }),
      'BadRequestException',
      'no body',
    ],
    [
      'it is made from a template',
      simple({ Content: { Template: { TemplateName: 'x' } } }),
      'NotImplemented',
      'templates',
    ],
    ['it belongs to a tenant', simple({ TenantName: 'x' }), 'NotImplemented', 'TenantName'],
  ])('because %s, it is refused', async (_, command, name, message) => {
    const { ses, client } = openSes();

    await expect(client.send(command)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(ses.outbox).toEqual([]);
  });

  it('elsewhere, since identities live in one region', async () => {
    const { cloud } = openSes();
    const elsewhere = new SESv2Client(cloud.clientConfig(automation, 'us-east-1'));

    await expect(elsewhere.send(simple())).rejects.toMatchObject({ name: 'MessageRejected' });
  });
});

describe('when an identity is created', () => {
  it('may send once it has been verified, a minute later', async () => {
    const { client, cloud } = openSes();
    const status = async () => {
      const found = await client.send(new GetEmailIdentityCommand({ EmailIdentity: 'finops@example.net' }));
      return [found.VerificationStatus, found.VerifiedForSendingStatus];
    };

    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'finops@example.net' }));
    const before = await status();
    await cloud.clock.runUntilIdle(cloud.clock.now() + 60_000);

    expect(before).toEqual(['PENDING', false]);
    expect(await status()).toEqual(['SUCCESS', true]);
    await client.send(simple({ FromEmailAddress: 'finops@example.net' }));
  });

  it('is listed in pages, by name', async () => {
    const { client } = openSes();
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'Example.NET' }));

    const first = await client.send(new ListEmailIdentitiesCommand({ PageSize: 1 }));
    const second = await client.send(
      new ListEmailIdentitiesCommand({ PageSize: 1, NextToken: first.NextToken }),
    );

    expect(first.EmailIdentities).toEqual([
      {
        IdentityName: 'example.net',
        IdentityType: 'DOMAIN',
        SendingEnabled: false,
        VerificationStatus: 'PENDING',
      },
    ]);
    expect(second.EmailIdentities?.[0]).toMatchObject({
      IdentityName: 'spa@example.com',
      IdentityType: 'EMAIL_ADDRESS',
      VerificationStatus: 'SUCCESS',
    });
    expect(second.NextToken).toBeUndefined();
  });

  it('is refused when it is there, when it is no address, and gone when it is deleted', async () => {
    const { client } = openSes();
    const create = (EmailIdentity: string) => client.send(new CreateEmailIdentityCommand({ EmailIdentity }));
    const find = new GetEmailIdentityCommand({ EmailIdentity: 'spa@example.com' });

    await expect(create('spa@example.com')).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await expect(create('nobody')).rejects.toMatchObject({ name: 'BadRequestException' });
    await client.send(new DeleteEmailIdentityCommand({ EmailIdentity: 'spa@example.com' }));
    await expect(client.send(find)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
