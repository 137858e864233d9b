import { describe, expect, it } from 'vitest';
import { createCostReports } from '#adapters/reports-bucket/cost-reports.ts';
import { createSesMailer } from '#adapters/mail/ses-mailer.ts';
import { costMail } from '#domain/costs/cost-mail.ts';
import { createSes, type Ses } from '#emulator/services/ses/create-ses.ts';
import { readMime } from '#emulator/services/ses/read-mime.ts';
import type { Mail } from '#ports/mailer.ts';
import { automation, openSmallCloud } from '../emulator/support-small-cloud.ts';
import { tellOfCosts } from './cost-stories.ts';

const file = (name: string, bytes: number) => ({
  key: `SpaReports/Costs/Summary/2026/${name}`,
  contentType: 'text/csv',
  body: Buffer.alloc(bytes, 'x'),
});
const addressOf = (key: string) => `https://console.example.com/${key.length}`;

describe('when a mail about a month is written', () => {
  it('names the month wherever the template does', () => {
    const mail = costMail('2026-10', '# {month}\n\nCosts of {month}.', [file('a.csv', 3)], addressOf);

    expect(mail.subject).toBe('Summary cost report for 2026-10');
    expect(mail.markdown).toBe('# 2026-10\n\nCosts of 2026-10.');
    expect(mail.attachments).toHaveLength(1);
  });

  it('links what is too large for mail servers, and attaches nothing then', () => {
    const fits = [file('a.csv', 3_500_000), file('b.xlsx', 3_500_000)];

    expect(costMail('2026-10', 'Hello', fits, addressOf).attachments).toHaveLength(2);
    expect(costMail('2026-10', 'Hello', [...fits, file('c.xlsx', 1)], addressOf)).toEqual({
      subject: 'Summary cost report for 2026-10',
      markdown: [
        'Hello',
        'The files are too large for a mail:',
        '- [a.csv](https://console.example.com/35)\n- [b.xlsx](https://console.example.com/36)\n- [c.xlsx](https://console.example.com/36)',
      ].join('\n\n'),
      attachments: [],
    });
  });
});

describe('when a file is linked', () => {
  const place = { environment: 'SpaTest', account: automation };
  const clock = { now: () => new Date(), sleep: async () => {} };
  const key = 'SpaReports/Costs/Summary/2026/2026-10-Summary-charges.csv';

  it('is found in the console of S3, which asks people who they are', () => {
    const { addressOf } = createCostReports({ region: 'eu-west-1', clock }, place);

    expect(addressOf(key)).toBe(
      'https://eu-west-1.console.aws.amazon.com/s3/object/spatest-reports-123456789012?region=eu-west-1&' +
        'prefix=SpaReports%2FCosts%2FSummary%2F2026%2F2026-10-Summary-charges.csv',
    );
  });

  it('is found behind the endpoint of the local cloud', async () => {
    const story = await tellOfCosts([{}]);
    await story.invoke('OnEarlyCostReport');
    const { addressOf } = createCostReports(
      { region: 'eu-west-1', clock, consoleAddress: story.cloud.endpoint() },
      place,
    );
    const open = async (address: string) => {
      const { pathname: path, searchParams: query } = new URL(address);
      const request = { method: 'GET', path, query, headers: {}, body: new Uint8Array() };
      const { status, body } = await story.cloud.answer(request, 'client');
      return { status, text: Buffer.from(body).toString() };
    };

    expect(await open(addressOf(key))).toEqual({
      status: 200,
      text: expect.stringMatching(/^Month,Cost Center,/),
    });
    expect(await open(addressOf('SpaReports/Costs/none.csv'))).toMatchObject({ status: 404 });
    expect(await open(`${story.cloud.endpoint()}/s3/object/elsewhere?prefix=x`)).toMatchObject({
      status: 404,
    });
  });
});

describe('when a mail is sent', () => {
  function open() {
    let ses: Ses | undefined;
    const cloud = openSmallCloud((platform) => {
      ses = createSes(platform);
      return [ses.service];
    });
    const { requestHandler } = cloud.clientConfig();
    const mailer = createSesMailer({
      region: 'eu-west-1',
      clock: { now: () => new Date('2026-11-14T02:43:00Z'), sleep: async () => {} },
      client: { requestHandler },
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    ses?.verify('spa@example.com', { account: automation, region: 'eu-west-1' });
    return { mailer, sent: () => ses?.outbox ?? [] };
  }

  const aMail = (given: Partial<Mail> = {}): Mail => ({
    sender: '"no reply" <spa@example.com>',
    recipients: ['ann@example.com'],
    subject: 'Dépenses < 5 & more',
    markdown: '# Hello\n\nSee [the report](https://example.com/a?b&c).\n\n- one\n- **two**',
    attachments: [],
    ...given,
  });

  it('reads well with and without HTML', async () => {
    const { mailer, sent } = open();

    await mailer.send(aMail());

    const mail = readMime(sent()[0]?.raw ?? Buffer.of());
    expect(mail.headers).toMatchObject({
      from: 'no reply <spa@example.com>',
      subject: 'Dépenses < 5 & more',
      date: 'Sat, 14 Nov 2026 02:43:00 +0000',
    });
    expect(mail.text?.trim()).toBe(aMail().markdown);
    expect(mail.html).toContain('<title>Dépenses &lt; 5 &amp; more</title>');
    expect(mail.html).toContain('<a href="https://example.com/a?b&amp;c">the report</a>');
    expect(mail.html).toContain('<li><strong>two</strong></li>');
  });

  it('carries attachments to the last byte, under their own names', async () => {
    const { mailer, sent } = open();
    const body = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 256));

    await mailer.send(
      aMail({ attachments: [{ key: 'a/été "1".xlsx', contentType: 'application/zip', body }] }),
    );

    const [attachment] = readMime(sent()[0]?.raw ?? Buffer.of()).attachments;
    expect(attachment).toMatchObject({ name: 'été "1".xlsx', contentType: 'application/zip' });
    expect(attachment?.body.equals(body)).toBe(true);
  });

  it('goes to fifty people at a time', async () => {
    const { mailer, sent } = open();
    const recipients = Array.from({ length: 51 }, (_, n) => `p${n}@example.com`);

    await mailer.send(aMail({ recipients }));

    expect(sent().map(({ recipients }) => recipients.length)).toEqual([50, 1]);
  });

  it('is refused from a sender that nobody has validated, with a word about what to do', async () => {
    const { mailer, sent } = open();

    await expect(mailer.send(aMail({ sender: 'eve@example.net' }))).rejects.toMatchObject({
      name: 'MailRefused',
      sender: 'eve@example.net',
      message: expect.stringMatching(/not verified.*validate the sender in the region of the system/),
    });
    expect(sent()).toEqual([]);
  });
});
