import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { member } from '#events/shape.ts';
import { alice, alphaUnit, aReleasedAccount, aWorld, settingsOf, tell, type Story } from '#tests/worlds.ts';

const bucket = 'spatest-reports-123456789012';
const folder = `SpaReports/Builds/${alice}/`;

async function reportsIn(story: Story): Promise<Readonly<Record<string, string>>> {
  const { s3 } = story.clients();
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: folder }));
  const files = Contents.map(async ({ Key = '' }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return [Key.slice(folder.length), (await Body?.transformToString()) ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

const messagesOf = (story: Story, wanted: string) =>
  story.told
    .filter(({ label }) => label === wanted)
    .map(({ detail }) => String(member(detail, 'Message') ?? member(detail, 'Payload', 'message')));

describe('when builds have reported', () => {
  it('keeps what they said as files, by account and time', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.tag(alice, 'expired');
    await story.settle();

    const reports = await reportsIn(story);
    expect(Object.keys(reports)).toEqual([
      expect.stringMatching(/^2026\/2026-11-16-200000000000-preparation-09\d{4}\.txt$/),
      expect.stringMatching(/^2026\/2026-11-16-200000000000-purge-09\d{4}\.txt$/),
    ]);
    expect(Object.values(reports)).toEqual([
      ...messagesOf(story, 'PreparationReport'),
      ...messagesOf(story, 'PurgeReport'),
    ]);
  });

  it('keeps them where the settings say', async () => {
    const story = await tell([aReleasedAccount()], {
      settings: settingsOf({ reporting: { builds_prefix: 'Audit/Builds' } }),
    });

    await put(story, { Message: 'all is well' });

    const { s3 } = story.clients();
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: 'Audit/Builds/' }),
    );
    expect(Contents).toHaveLength(1);
  });

  it('gives no member account access to the bucket', async () => {
    const story = await tell([aReleasedAccount()]);
    const { s3 } = story.clients(alice);

    const attempt = s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${folder}forged.txt`, Body: 'x' }));

    await expect(attempt).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

/** Puts a report of a purge on the central bus, as a build in the account does. */
async function put(story: Story, detail: Readonly<Record<string, unknown>>): Promise<void> {
  const EventBusName = 'arn:aws:events:eu-west-1:123456789012:event-bus/default';
  const Detail = JSON.stringify({ Account: alice, Environment: 'SpaTest', ...detail });
  const entry = { Source: 'SustainablePersonalAccounts', DetailType: 'PurgeReport', EventBusName, Detail };
  await story.clients(alice).events.send(new PutEventsCommand({ Entries: [entry] }));
  await story.settle();
}

describe('when a report is too long for one event', () => {
  const Time = '2026-11-16T09:05:30Z';
  const part = (Part: number, Message: string) => ({ Part, Parts: 3, Time, Message });
  const file = '2026/2026-11-16-200000000000-purge-090530.txt';

  it('is whole again in its file, in whatever order its parts come, and however often', async () => {
    const story = await tell([aReleasedAccount()]);

    await put(story, part(3, 'three'));
    await put(story, part(1, 'one '));
    expect((await reportsIn(story))[file]).toBeUndefined();
    await put(story, part(1, 'one '));
    await put(story, part(2, 'two '));
    await put(story, part(3, 'three'));

    expect((await reportsIn(story))[file]).toBe('one two three');
  });

  it('leaves its beginning on the shadow, and says that it goes on', async () => {
    const story = await tell([aReleasedAccount()]);

    for (const detail of [part(1, 'one '), part(2, 'two '), part(3, 'three')]) await put(story, detail);
    await story.pass(2);

    expect(await shadowOf(story)).toMatchObject({
      last_purge_log: 'one \n[goes on in the bucket of reports]\n',
    });
  });

  it.each([
    { Part: 4, Parts: 3, Time },
    { Part: 0, Parts: 3, Time },
    { Part: 1, Parts: 1e9, Time },
    { Part: '1', Parts: 3, Time },
    { Part: 1, Parts: 3, Time: 'today' },
  ])('is taken for whole, where it does not say clearly which part it is: %j', async (claim) => {
    const story = await tell([aReleasedAccount()]);

    await put(story, { ...claim, Message: 'hello' });

    expect(Object.keys(await reportsIn(story))).toEqual([expect.stringMatching(/-purge-\d{6}\.txt$/)]);
  });
});

async function shadowOf(story: Story): Promise<unknown> {
  const { ScanCommand } = await import('@aws-sdk/client-dynamodb');
  const { Items = [] } = await story
    .clients()
    .dynamodb.send(new ScanCommand({ TableName: 'SpaTestShadowsTable' }));
  return JSON.parse(Items[0]?.['Value']?.S ?? 'null');
}

describe('when a purge would delete more than the settings allow', () => {
  const settings = settingsOf({
    organizational_units: [
      {
        identifier: alphaUnit,
        purge: {
          feature: 'enabled',
          variables: { PURGE_MODE: '--force', MAXIMUM_AGE: '1w', MAXIMUM_DELETIONS: 1 },
        },
      },
    ],
  });
  const volume = { account: alice, region: 'eu-west-1', type: 'EC2Volume', created: '2026-01-01', tags: {} };
  const world = aWorld([aReleasedAccount()], {
    resources: [
      { ...volume, id: 'vol-1' },
      { ...volume, id: 'vol-2' },
    ],
  });

  it('deletes nothing, asks a person, and gives the account back', async () => {
    const story = await tell([], { settings, world });

    await story.tag(alice, 'expired');
    await story.settle();

    expect(story.purge.summary()).toEqual({ deleted: [], planned: ['vol-1', 'vol-2'], kept: 0 });
    expect(story.account(alice).state).toBe('released');
    for (const label of ['FailedCodebuildException', 'FailedMaintenanceException']) {
      expect(messagesOf(story, label)).toEqual([
        expect.stringContaining(
          'its build ended as FAILED: 2 resources to delete, MAXIMUM_DELETIONS allows 1',
        ),
      ]);
      expect(messagesOf(story, label)[0]).toMatch(
        /Report: SpaReports\/Builds\/200000000000\/2026\/\S+-purge-\d{6}\.txt/,
      );
    }
  });
});
