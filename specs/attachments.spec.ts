import { beforeAll, describe, expect, it } from 'vitest';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteParameterCommand } from '@aws-sdk/client-ssm';
import { createClock } from '#emulator/clock.ts';
import type { HttpResponse } from '#emulator/service.ts';
import type { CostLine } from '#local/world/world.ts';
import { alice, aReleasedAccount, aWorld, bob, settingsOf, tell, type Story } from '#tests/worlds.ts';
import { readWorkbook } from '#tests/costs/read-workbook.ts';
import { raise, records } from '#tests/incidents/exception-stories.ts';

const Bucket = 'spatest-reports-123456789012';
const key = (month: string) => `SpaReports/Exceptions/${alice}/2026/${month}-${alice}-cost-and-usage.xlsx`;

const spent = (service: string, amount: string, given: Partial<CostLine> = {}): CostLine => ({
  account: alice,
  date: '2026-11-03',
  recordType: 'Usage',
  service,
  usageType: 'x',
  amount,
  ...given,
});

const tellOf = (costs: readonly CostLine[], given: Parameters<typeof tell>[1] = {}) =>
  tell([], { world: aWorld([aReleasedAccount()], { costs }), ...given });

/** Raises an exception about Alice, and gives the link that its record bears. */
async function linkOf(story: Story): Promise<URL> {
  await raise(story, 'BudgetAlertException', { account: alice, title: 'Too much', message: 'm' });
  const [record] = (await records(story)).toReversed();
  return new URL(record?.data['Cost and Usage Report'] ?? '');
}

/** `path` as it is sent, which a URL would tidy up. */
async function open(story: Story, url: URL, method = 'GET', path = url.pathname): Promise<HttpResponse> {
  let answer: HttpResponse | undefined;
  void story.cloud
    .answer({ method, path, query: url.searchParams, headers: {}, body: new Uint8Array() }, 'client')
    .then((response) => (answer = response));
  do await story.settle();
  while (!answer);
  return answer;
}

async function sheetBehind(story: Story, url: URL) {
  const { body } = await open(story, url);
  const [sheet] = readWorkbook(Buffer.from(body));
  return sheet?.rows.map(({ cells }) => cells) ?? [];
}

const headings = ['Month', 'Account', 'Service', 'Amount (USD)'];

describe('when a record is opened for an account', () => {
  it("has the account's costs of this month attached, by service, with their total", async () => {
    const story = await tellOf([
      spent('AmazonEC2', '1.25'),
      spent('AmazonEC2', '0.0000000001', { date: '2026-11-30', recordType: 'Tax' }),
      spent('AWSLambda', '2'),
      spent('AmazonS3', '1000', { date: '2026-10-31' }),
      spent('AmazonS3', '1000', { account: bob }),
      spent('AmazonS3', '-5', { recordType: 'Credit' }),
    ]);

    const rows = await sheetBehind(story, await linkOf(story));

    expect(rows).toEqual([
      headings,
      ['2026-11', alice, 'AWSLambda', 2],
      ['2026-11', alice, 'AmazonEC2', 1.2500000001],
      ['2026-11', alice, 'TOTAL', expect.anything()],
    ]);
    expect(rows.at(-1)?.[3]).toMatchObject({ formula: 'SUM(D2:D3)', value: 3.2500000001 });
  });

  it('has them attached where there are none yet', async () => {
    const story = await tellOf([]);

    const rows = await sheetBehind(story, await linkOf(story));

    expect(rows).toEqual([headings, ['2026-11', alice, 'TOTAL', 0]]);
  });

  it.each(['2026-11-01T00:00:00Z', '2026-12-31T23:59:59Z', '2028-02-29T12:00:00Z'])(
    'has them attached on any day: %s',
    async (now) => {
      const month = now.slice(0, 7);
      const clock = createClock(Date.parse(now) - 15_000);
      const story = await tellOf([spent('AmazonEC2', '3', { date: `${month}-01` })], { clock });

      const rows = await sheetBehind(story, await linkOf(story));

      expect(rows[1]).toEqual([month, alice, 'AmazonEC2', 3]);
    },
  );

  it('keeps them under the prefix of the settings', async () => {
    const settings = settingsOf({ reporting: { exceptions_prefix: 'My/Exceptions' } });
    const story = await tellOf([], { settings });

    const link = await linkOf(story);

    expect(link.pathname).toMatch(/\/200000000000\/2026\/2026-11-200000000000-cost-and-usage\.xlsx$/);
    const { Contents = [] } = await story.clients().s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents.map(({ Key }) => Key)).toContain(
      `My/Exceptions/${alice}/2026/2026-11-${alice}-cost-and-usage.xlsx`,
    );
    expect((await open(story, link)).status).toBe(200);
  });
});

describe('when somebody opens the link', () => {
  it('gives the file, under its name, to be kept by nobody else', async () => {
    const story = await tellOf([]);

    const { status, headers } = await open(story, await linkOf(story));

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="2026-11-${alice}-cost-and-usage.xlsx"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it('tells browsers that only ask how long it is', async () => {
    const story = await tellOf([]);
    const link = await linkOf(story);

    const { status, headers, body } = await open(story, link, 'HEAD');

    expect(status).toBe(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(1000);
    expect(body).toHaveLength(0);
  });

  it('is good for seven days', async () => {
    const story = await tellOf([]);
    const link = await linkOf(story);

    const left = Number(link.searchParams.get('expires')) - story.cloud.clock.now() / 1000;

    expect(left).toBe(7 * 24 * 60 * 60);
  });

  it('says 404 where the file is gone, and 413 where it is larger than Lambda gives', async () => {
    const story = await tellOf([]);
    const link = await linkOf(story);
    const { s3 } = story.clients();

    await s3.send(new PutObjectCommand({ Bucket, Key: key('2026-11'), Body: Buffer.alloc(4_000_001) }));
    expect((await open(story, link)).status).toBe(413);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: key('2026-11') }));
    expect((await open(story, link)).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('only reads: %s', async (method) => {
    const story = await tellOf([]);

    expect((await open(story, await linkOf(story), method)).status).toBe(405);
  });
});

describe('when a link has been tampered with', () => {
  let story: Story;
  let good: URL;

  beforeAll(async () => {
    story = await tellOf([]);
    good = await linkOf(story);
  });

  const file = `/${alice}/2026/2026-11-${alice}-cost-and-usage.xlsx`;

  it.each<[string, (query: URLSearchParams) => void]>([
    ['no signature', (query) => query.delete('signature')],
    ['an empty signature', (query) => query.set('signature', '')],
    ['another signature', (query) => query.set('signature', 'A'.repeat(43))],
    ['a longer signature', (query) => query.set('signature', `${query.get('signature')}=`)],
    ['a cut signature', (query) => query.set('signature', query.get('signature')?.slice(1) ?? '')],
    ['two signatures', (query) => query.append('signature', query.get('signature') ?? '')],
    ['no expiry', (query) => query.delete('expires')],
    ['a later expiry', (query) => query.set('expires', String(Number(query.get('expires')) + 1))],
    ['an endless expiry', (query) => query.set('expires', '9'.repeat(30))],
    ['an expiry in other digits', (query) => query.set('expires', `0${query.get('expires')}`)],
    ['two expiries', (query) => query.append('expires', query.get('expires') ?? '')],
  ])('opens nothing, and tells nothing: %s', async (_, tamper) => {
    const link = new URL(good);
    tamper(link.searchParams);

    const { status, body } = await open(story, link);

    expect([status, Buffer.from(body).toString()]).toEqual([403, 'Forbidden']);
  });

  it.each([
    ['the file of another', `/${bob}/2026/2026-11-${bob}-cost-and-usage.xlsx`],
    ['another month', file.replace('2026-11', '2026-10')],
    ['the folder', `/${alice}/2026/`],
    ['the root', '/'],
    ['a doubled slash', `/${file}`],
    ['a way around', `/x/..${file}`],
    ['a way around in code', `/x/%2e%2e${file}`],
    ['another prefix', '/../Costs/Summary/2026/2026-10-Summary-charges.xlsx'],
    ['another prefix in code', '/%2e%2e/Costs/Summary/2026/2026-10-Summary-charges.xlsx'],
    ['what is no text', '/%ff%'],
    ['a null', `${file}%00`],
    ['capitals', file.toUpperCase()],
  ])('opens no other path with its signature: %s', async (_, path) => {
    const endpoint = good.pathname.slice(0, -file.length);

    const { status, body } = await open(story, good, 'GET', endpoint + path);

    expect([status, Buffer.from(body).toString()]).toEqual([403, 'Forbidden']);
  });

  it('opens nothing without anything', async () => {
    const link = new URL(good);
    link.search = '';

    expect((await open(story, link)).status).toBe(403);
  });

  it('logs what was given, and neither the signature nor the file', async () => {
    expect((await open(story, good)).status).toBe(200);

    expect(JSON.stringify(story.log)).not.toContain(good.searchParams.get('signature'));
    expect(story.log.findLast((line) => line['function'] === 'OnExceptionAttachmentDownload')).toEqual({
      level: 'INFO',
      function: 'OnExceptionAttachmentDownload',
      outcome: 'served',
      key: `SpaReports/Exceptions${file}`,
    });
  });

  it('tells nothing of what is wrong inside', async () => {
    await story.clients().ssm.send(new DeleteParameterCommand({ Name: '/SpaTest/Secrets/DownloadKey' }));
    await story.pass(2);

    const { status, body } = await open(story, good);

    expect([status, Buffer.from(body).toString()]).toEqual([502, '{"Message":"Internal Server Error"}']);
  });
});
