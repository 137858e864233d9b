import { CloseAccountCommand, CreateAccountCommand } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { byCodePoint } from '#domain/costs/by-code-point.ts';
import { activityOf, type Activity } from '#domain/activities/activity.ts';
import { accountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import type { ActivityLabel } from '#events/system-event.ts';
import { envelope, putRecord, recorded, recordsIn, reportsIn } from '#tests/metering/records.ts';
import { recordedEvent } from '#tests/recorded-events.ts';
import { alice, aReleasedAccount, management, settingsOf, tell, type Story } from '#tests/worlds.ts';

const end = Date.UTC(2026, 10, 16, 8, 30, 0) / 1000;

const anActivity = (given: Partial<Activity> = {}): Activity => ({
  ...activityOf({
    account: alice,
    costCenter: 'Alpha',
    transaction: 'maintenance',
    identifier: 'e740cfd8-918c-4aad-a7cf-9c633f5d3892',
    begin: end - 117.5,
    end,
    tags: { 'account-holder': 'alice@example.com' },
  }),
  ...given,
});

const hear = (story: Story, activity: Activity, label: ActivityLabel = 'SuccessfulMaintenanceEvent') =>
  story.invoke('OnActivityEvent', envelope({ label, payload: { ...activity } }, '2026-11-16T08:30:00Z'));

async function putSamples(story: Story): Promise<void> {
  const samples = JSON.parse(recorded('activities.json')) as {
    hash: string;
    range: string;
    value: unknown;
  }[];
  for (const sample of samples) await putRecord(story, 'activities', sample);
}

/** Durations of samples are written by Python; ours are plain decimals of the same numbers. */
const inPlainDecimals = (csv: string) =>
  csv.replace(/(?<=,)(\d+\.\d+|\d+e[+-]\d+)(?=\r\n)/g, (number) => String(Number(number)));

describe('when an activity is told', () => {
  it('is on record by day and time of day, as it was told, for a year', async () => {
    const story = await tell([aReleasedAccount()]);

    await hear(story, anActivity());

    const [record, ...others] = await recordsIn(story, 'activities');
    expect(others).toEqual([]);
    const stamp = `${record?.identifier}T${record?.order}`;
    expect(stamp).toMatch(/^2026-11-16T08:30:00\.\d{6}$/);
    expect(record?.value).toEqual({ ...anActivity(), stamp });
    expect((record?.expiration ?? 0) - story.cloud.clock.now() / 1000).toBeCloseTo(366 * 86_400, -2);
  });

  it('is on record once, however often it is delivered', async () => {
    const story = await tell([aReleasedAccount()]);

    await hear(story, anActivity());
    await story.pass(10);
    await Promise.all([hear(story, anActivity()), hear(story, anActivity())]);

    expect(await recordsIn(story, 'activities')).toHaveLength(1);
  });

  it('has its own record, although another ends at the same microsecond', async () => {
    const story = await tell([aReleasedAccount()]);
    const identifiers = Array.from({ length: 20 }, (_, index) => `activity ${index + 10}`);

    await Promise.all(
      identifiers.map((identifier) => hear(story, anActivity({ end: end + 0.123456, identifier }))),
    );

    const records = await recordsIn(story, 'activities');
    expect(records.map(({ value }) => String(value['identifier'])).toSorted(byCodePoint)).toEqual(
      identifiers,
    );
    expect(records.every(({ identifier, order, value }) => value['stamp'] === `${identifier}T${order}`)).toBe(
      true,
    );
    expect(records[0]?.order).toBe('08:30:00.123456');
    expect(records[19]?.order).toBe('08:30:00.123475');
  });

  it('is on record when it was heard of, where its end cannot be', async () => {
    const story = await tell([aReleasedAccount()]);

    for (const [index, ends] of [1_678_627_885.27, 1e16, -1, Number.NaN].entries())
      await hear(story, anActivity({ end: ends, identifier: String(index) }));

    const records = await recordsIn(story, 'activities');
    expect(records.map(({ identifier }) => identifier)).toEqual(
      Array.from({ length: 4 }, () => '2026-11-16'),
    );
    expect(records.every(({ order }) => order.startsWith('09:'))).toBe(true);
  });

  it.each([
    null,
    envelope(
      { label: 'SuccessfulMaintenanceEvent', payload: { ...anActivity() } },
      '2026-11-16T08:30:00Z',
      'SpaOther',
    ),
    envelope(
      { label: 'SuccessfulMaintenanceEvent', payload: { transaction: 'maintenance' } },
      '2026-11-16T08:30:00Z',
    ),
    envelope({ label: 'GenericException', payload: { title: 't', message: 'm' } }, '2026-11-16T08:30:00Z'),
    { 'detail-type': 'ConsoleLoginEvent', detail: { Environment: 'SpaTest', Payload: 'text' } },
  ])('is ignored where it is none of ours: %j', async (event) => {
    const story = await tell([aReleasedAccount()]);

    expect(await story.invoke('OnActivityEvent', event)).toMatchObject({ outcome: 'ignored' });
    expect(await recordsIn(story, 'activities')).toEqual([]);
  });

  it('is understood as JSON text too', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke(
      'OnActivityEvent',
      recordedEvent('spa-event-template', {
        label: 'ConsoleLoginEvent',
        environment: 'SpaTest',
        content_type: 'application/json',
        payload: JSON.stringify(anActivity({ transaction: 'console-login' })),
      }),
    );

    expect(await recordsIn(story, 'activities')).toMatchObject([{ value: { transaction: 'console-login' } }]);
  });
});

describe('when an account is created, and when it is closed', () => {
  it('is an activity', async () => {
    const story = await tell([aReleasedAccount()]);
    const { organizations } = story.clients(management, 'us-east-1');
    await story.invoke(
      'OnAccountEvent',
      envelope({ label: 'ReleasedAccount', account: alice }, '2026-11-16T08:00:00Z'),
    );

    await organizations.send(new CreateAccountCommand({ AccountName: 'zoe', Email: 'zoe@example.com' }));
    await organizations.send(new CloseAccountCommand({ AccountId: alice }));
    await story.settle();

    const activities = (await recordsIn(story, 'activities')).map(({ value }) => value);
    expect(activities).toMatchObject([
      { transaction: 'account-creation', account: '700000000001', 'cost-center': 'NoCostTag', duration: 10 },
      { transaction: 'account-closing', account: alice, 'cost-center': 'Alpha' },
    ]);
  });

  it('is none of ours where an account is closed that was never managed', async () => {
    const story = await tell([aReleasedAccount({ unit: 'ou-outside' })]);

    await story
      .clients(management, 'us-east-1')
      .organizations.send(new CloseAccountCommand({ AccountId: alice }));
    await story.settle();

    expect(await recordsIn(story, 'activities')).toEqual([]);
  });
});

describe('when activities are reported', () => {
  it('gives one file for each cost center, as the samples say', async () => {
    const story = await tell([]);
    await putSamples(story);

    await story.invoke('OnPastActivitiesReport', { date: '2023-03' });

    const index = JSON.parse(recorded('activities-index.json')) as { s3_key: string; file: string }[];
    const expected = index.map(({ s3_key: key, file }) => [
      key,
      inPlainDecimals(recorded(`activities-${file}`)),
    ]);
    expect(await reportsIn(story)).toEqual(Object.fromEntries(expected));
  });

  it('reports by itself: this month so far on Saturday, the month before on the first of the next', async () => {
    const clock = createClock(Date.parse('2026-10-31T02:00:00Z'));
    const story = await tell([aReleasedAccount()], { clock });
    const key = 'SpaReports/Activities/Alpha/2026/2026-10-Alpha-activities.csv';
    const linesOf = async () => (await reportsIn(story))[key]?.split('\r\n').slice(1, -1);
    await story.invoke('OnMaintenanceWindow');

    await story.pass(60);
    expect(await linesOf()).toHaveLength(1);
    await story.pass(20 * 60);
    await hear(story, anActivity({ end: Date.parse('2026-10-31T22:00:00Z') / 1000 }));
    await story.pass(5 * 60);

    expect(await linesOf()).toHaveLength(2);
  });

  it('reports this month so far when asked, and no day of another one', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, anActivity());
    await putRecord(story, 'activities', {
      hash: '2026-10-31',
      range: '23:59:59.999999',
      value: { ...anActivity(), stamp: '2026-10-31T23:59:59.999999' },
    });

    expect(await story.invoke('OnOngoingActivitiesReport')).toEqual({
      outcome: 'reported',
      month: '2026-11',
      activities: 1,
      files: 1,
    });
    expect(await story.invoke('OnPastActivitiesReport')).toMatchObject({ month: '2026-10', activities: 1 });
    expect(await story.invoke('OnPastActivitiesReport', { date: '2026-10-05' })).toMatchObject({
      month: '2026-10',
      activities: 1,
    });
    expect(await story.invoke('OnPastActivitiesReport', { date: 'October' })).toMatchObject({
      outcome: 'ignored',
    });
  });

  it('makes text harmless that a spreadsheet would run, and keeps names out of keys that would leave their folder', async () => {
    const story = await tell([]);
    const account = accountId('200000000009');
    for (const [order, costCenter] of ['=1+1', '../x', 'a/b', 'a-b', '', '...'].entries()) {
      await putRecord(story, 'activities', {
        hash: '2026-11-02',
        range: `10:00:00.00000${order}`,
        value: {
          ...anActivity({ account, 'cost-center': costCenter }),
          transaction: '-',
          duration: -1.5,
          stamp: `2026-11-02T10:00:00.00000${order}`,
        },
      });
    }

    await story.invoke('OnOngoingActivitiesReport');

    const reports = await reportsIn(story);
    const prefix = 'SpaReports/Activities';
    expect(Object.keys(reports).toSorted()).toEqual(
      [
        `${prefix}/=1+1/2026/2026-11-=1+1-activities.csv`,
        `${prefix}/..-x/2026/2026-11-..-x-activities.csv`,
        `${prefix}/a-b/2026/2026-11-a-b-activities.csv`,
        `${prefix}/NoCostTag/2026/2026-11-NoCostTag-activities.csv`,
      ].toSorted(),
    );
    expect(reports[`${prefix}/=1+1/2026/2026-11-=1+1-activities.csv`]).toMatch(
      /\r\n'=1\+1,-,2026-11-02T10:00:00\.000000,200000000009,[^,]+,-1\.5\r\n$/,
    );
    expect(reports[`${prefix}/a-b/2026/2026-11-a-b-activities.csv`]?.split('\r\n')).toHaveLength(4);
    expect(reports[`${prefix}/NoCostTag/2026/2026-11-NoCostTag-activities.csv`]).toContain('\r\nNoCostTag,');
  });

  it('leaves cells empty where a record lacks something, and reads records that are none', async () => {
    const story = await tell([]);
    await putRecord(story, 'activities', {
      hash: '2026-11-02',
      range: '10:00:00.000000',
      value: { account: alice },
    });
    await putRecord(story, 'activities', { hash: '2026-11-02', range: '10:00:00.000001', value: null });

    await story.invoke('OnOngoingActivitiesReport');

    const [report] = Object.values(await reportsIn(story));
    expect(report?.split('\r\n').slice(1, 3)).toEqual([
      `NoCostTag,,2026-11-02T10:00:00.000000,${alice},,`,
      'NoCostTag,,2026-11-02T10:00:00.000001,,,',
    ]);
  });

  it('writes nothing for a month without activities', async () => {
    const story = await tell([]);

    expect(await story.invoke('OnPastActivitiesReport', { date: '2026-01' })).toMatchObject({ files: 0 });

    expect(await reportsIn(story)).toEqual({});
  });

  it('puts files where the settings say', async () => {
    const settings = settingsOf({ reporting: { activities_prefix: 'Here/There' } });
    const story = await tell([], { settings });
    await hear(story, anActivity());

    await story.invoke('OnOngoingActivitiesReport');

    expect(Object.keys(await reportsIn(story))).toEqual([
      'Here/There/Alpha/2026/2026-11-Alpha-activities.csv',
    ]);
  });
});

describe('when activities are counted', () => {
  it('is by label and by cost center, each once', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, anActivity());
    await hear(story, anActivity());
    await hear(
      story,
      anActivity({ transaction: 'notification', identifier: 'b' }),
      'AcknowledgedNotificationEvent',
    );
    await hear(story, anActivity({ transaction: 'something else', identifier: 'c', 'cost-center': 'Gamma' }));

    const counted = story.log.flatMap(
      ({ TransactionsByLabel, TransactionsByCostCenter, Label, CostCenter }) =>
        TransactionsByLabel === 1 ? [Label] : TransactionsByCostCenter === 1 ? [CostCenter] : [],
    );
    expect(counted).toEqual([
      'MaintenanceTransaction',
      'Alpha',
      'NotificationTransaction',
      'Alpha',
      'GenericTransaction',
      'Gamma',
    ]);
  });
});
