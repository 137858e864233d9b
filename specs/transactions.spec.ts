import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { AccountLabel } from '#events/system-event.ts';
import { envelope, putRecord, recordsIn } from '#tests/metering/records.ts';
import { recordedEvent } from '#tests/recorded-events.ts';
import { alice, anAccount, aReleasedAccount, bob, settingsOf, tell, type Story } from '#tests/worlds.ts';

const minutes = 60;
const hours = 60 * minutes;

const settingsWithDeadline = (seconds: number) =>
  settingsOf({ metering: { transactions_ttl_in_seconds: seconds } });

const hear = (story: Story, label: AccountLabel, at: number) =>
  story.invoke(
    'OnTransactionMetering',
    envelope({ label, account: alice }, `${new Date(at).toISOString().slice(0, 19)}Z`),
  );

const failuresOf = (story: Story, id = alice) =>
  story.labels(id).filter((label) => /^Failed(OnBoarding|Maintenance)Exception$/.test(label));

/** Builds that last longer than anybody waits for. */
const hanging = { buildSeconds: 7 * hours };

describe('when an account is on-boarded', () => {
  it('is a transaction from its creation to its release, which becomes an activity', async () => {
    const story = await tell([anAccount()]);

    await story.tag(alice, 'vanilla');
    await story.settle();

    const [activity, ...others] = story.activities(alice);
    expect(others).toEqual([]);
    expect(activity).toEqual({
      label: 'SuccessfulOnBoardingEvent',
      account: alice,
      'cost-center': 'Alpha',
      transaction: 'on-boarding',
      identifier: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string,
      begin: expect.any(Number) as number,
      end: expect.any(Number) as number,
      duration: expect.any(Number) as number,
      'account-state': 'released',
      'account-holder': 'alice@example.com',
    });
    const { begin, end, duration } = activity as Record<'begin' | 'end' | 'duration', number>;
    expect(duration).toBe(end - begin);
    expect(duration).toBeGreaterThanOrEqual(60);
    expect(await recordsIn(story, 'transactions')).toEqual([]);
  });
});

describe('when an account goes through maintenance', () => {
  it('is a transaction from its expiry to its release', async () => {
    const story = await tell([aReleasedAccount(), aReleasedAccount({ id: bob, email: 'bob@example.com' })]);

    await story.invoke('OnMaintenanceWindow');

    for (const id of [alice, bob]) {
      expect(story.activities(id)).toMatchObject([
        {
          label: 'SuccessfulMaintenanceEvent',
          account: id,
          transaction: 'maintenance',
          'cost-center': 'Alpha',
        },
      ]);
    }
  });

  it('bears the cost center that the account has when it is released', async () => {
    const story = await tell([aReleasedAccount({ tags: { 'cost-center': '' } })]);

    await story.invoke('OnMaintenanceWindow');

    expect(story.account(alice).tags['cost-center']).toBe('Alpha');
    expect(story.activities(alice)).toMatchObject([{ 'cost-center': 'Alpha' }]);
  });

  it('is by the tag that the settings name for costs', async () => {
    const settings = settingsOf({ features: { with_cost_management_tag: 'budget' } });
    const story = await tell([aReleasedAccount({ tags: { budget: 'Research' } })], { settings });

    await story.invoke('OnMaintenanceWindow');

    expect(story.activities(alice)).toMatchObject([{ 'cost-center': 'Research', budget: 'Research' }]);
  });

  it('never takes a tag for what the activity says itself', async () => {
    const story = await tell([aReleasedAccount({ tags: { duration: 'for ever', transaction: 'none' } })]);

    await story.invoke('OnMaintenanceWindow');

    expect(story.activities(alice)).toMatchObject([
      { transaction: 'maintenance', duration: expect.any(Number) as number },
    ]);
  });
});

describe('when the events of a transaction come twice, late, or not at all', () => {
  const begins = Date.UTC(2026, 10, 16, 8, 0, 0);
  const ends = begins + 5 * 60_000;

  it('counts from the first beginning', async () => {
    const story = await tell([aReleasedAccount()]);

    await hear(story, 'ExpiredAccount', begins);
    await hear(story, 'ExpiredAccount', begins + 60_000);
    await hear(story, 'ReleasedAccount', ends);

    expect(story.activities(alice)).toMatchObject([
      { begin: begins / 1000, end: ends / 1000, duration: 300 },
    ]);
  });

  it('ends once', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, 'ExpiredAccount', begins);

    await hear(story, 'ReleasedAccount', ends);
    await hear(story, 'ReleasedAccount', ends);
    await Promise.all([hear(story, 'ReleasedAccount', ends), hear(story, 'ReleasedAccount', ends)]);

    expect(story.activities(alice)).toHaveLength(1);
    expect(await recordsIn(story, 'activities')).toHaveLength(1);
  });

  it('does no harm when it ends without having begun', async () => {
    const story = await tell([aReleasedAccount()]);

    await hear(story, 'ReleasedAccount', ends);

    expect(story.told).toEqual([]);
  });

  it('is not ended by a release that was before its beginning', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, 'ExpiredAccount', begins);

    await hear(story, 'ReleasedAccount', begins - 60_000);
    expect(story.activities(alice)).toEqual([]);
    await hear(story, 'ReleasedAccount', ends);

    expect(story.activities(alice)).toHaveLength(1);
  });

  it('ends on-boarding and maintenance alike, when an account went into both', async () => {
    const story = await tell([aReleasedAccount()]);

    await hear(story, 'CreatedAccount', begins);
    await hear(story, 'ExpiredAccount', begins + 60_000);
    await hear(story, 'ReleasedAccount', ends);

    const durations = story
      .activities(alice)
      .map(({ transaction, duration }) => [transaction, duration] as const);
    expect(new Map(durations)).toEqual(
      new Map([
        ['maintenance', 240],
        ['on-boarding', 300],
      ]),
    );
  });

  it('is measured from when it was heard of, where an event tells a time that cannot be', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke(
      'OnTransactionMetering',
      recordedEvent('account-event-template', {
        account: alice,
        label: 'ExpiredAccount',
        environment: 'SpaTest',
      }),
    );
    await story.pass(10);
    await story.invoke(
      'OnTransactionMetering',
      recordedEvent('account-event-template', {
        account: alice,
        label: 'ReleasedAccount',
        environment: 'SpaTest',
      }),
    );

    const [activity] = story.activities(alice);
    expect(activity?.['duration']).toBeGreaterThanOrEqual(600);
    expect(activity?.['duration']).toBeLessThan(660);
  });

  it.each([
    null,
    { 'detail-type': 'ExpiredAccount', detail: { Environment: 'SpaOther', Account: alice } },
    { 'detail-type': 'ExpiredAccount', detail: { Environment: 'SpaTest', Account: '42' } },
    { 'detail-type': 'PreparedAccount', detail: { Environment: 'SpaTest', Account: alice } },
    { 'detail-type': 'FailedMaintenanceException', detail: { Environment: 'SpaTest', Payload: {} } },
    { 'detail-type': 'constructor', detail: { Environment: 'SpaTest', Account: alice } },
  ])('is ignored where it is none of ours: %j', async (event) => {
    const story = await tell([aReleasedAccount()]);

    expect(await story.invoke('OnTransactionMetering', event)).toMatchObject({ outcome: 'ignored' });
    expect(await recordsIn(story, 'transactions')).toEqual([]);
  });

  it('is no activity of an account that is not managed', async () => {
    const story = await tell([aReleasedAccount({ unit: 'ou-outside' })]);

    await hear(story, 'ExpiredAccount', begins);
    await hear(story, 'ReleasedAccount', ends);

    expect(story.told).toEqual([]);
    expect(await recordsIn(story, 'transactions')).toEqual([]);
  });
});

describe('when a transaction is not over at its deadline', () => {
  it('is told within five minutes, once, with the facts', async () => {
    const story = await tell([aReleasedAccount()], hanging);
    await story.tag(alice, 'expired');

    await story.pass((3 * hours) / minutes - 1);
    expect(failuresOf(story)).toEqual([]);
    await story.pass(6);

    expect(failuresOf(story)).toEqual(['FailedMaintenanceException']);
    const told = story.told.find(({ label }) => label === 'FailedMaintenanceException');
    expect(told?.detail).toMatchObject({
      Payload: {
        account: alice,
        title: `Failed maintenance of account '${alice}'`,
        message: expect.stringContaining('not over at its deadline') as string,
        identifier: expect.stringContaining(`FailedMaintenanceException-${alice}-`) as string,
      },
    });
    await story.pass((4 * hours) / minutes);
    expect(failuresOf(story)).toHaveLength(1);
    expect(await recordsIn(story, 'transactions')).toEqual([]);
  });

  it('is told as on-boarding, where that was under way', async () => {
    const story = await tell([anAccount()], {
      ...hanging,
      settings: settingsWithDeadline(10 * minutes),
    });
    await story.tag(alice, 'vanilla');

    await story.pass(16);

    expect(story.told.find(({ label }) => label === 'FailedOnBoardingException')?.detail).toMatchObject({
      Payload: { title: `Failed on-boarding of account '${alice}'` },
    });
  });

  it('is taken up again before, and then never told: the end of its build was lost', async () => {
    const story = await tell([aReleasedAccount()], { settings: settingsWithDeadline(30 * minutes) });
    const { DisableRuleCommand } = await import('@aws-sdk/client-eventbridge');
    await story
      .clients()
      .events.send(new DisableRuleCommand({ Name: 'SpaTestOnPurgedAccountFromCodebuild' }));
    await story.tag(alice, 'expired');
    await story.pass(15);
    expect(story.account(alice).state).toBe('expired');

    await story.pass(30);

    expect(story.account(alice).state).toBe('released');
    expect(failuresOf(story)).toEqual([]);
    expect(story.activities(alice)).toMatchObject([{ label: 'SuccessfulMaintenanceEvent' }]);
  });

  it('ends where nobody heard of the release', async () => {
    const story = await tell([aReleasedAccount()], { settings: settingsWithDeadline(30 * minutes) });
    const { DisableRuleCommand, EnableRuleCommand } = await import('@aws-sdk/client-eventbridge');
    const Name = 'SpaTestOnTransactionMetering';
    await story.tag(alice, 'expired');
    await story.pass(1);
    await story.clients().events.send(new DisableRuleCommand({ Name }));
    await story.pass(15);
    expect(story.account(alice).state).toBe('released');
    await story.clients().events.send(new EnableRuleCommand({ Name }));

    await story.pass(30);

    expect(failuresOf(story)).toEqual([]);
    expect(story.activities(alice)).toMatchObject([{ label: 'SuccessfulMaintenanceEvent' }]);
    expect(story.activities(alice)[0]?.['duration']).toBeLessThan(10 * minutes);
  });

  it('does not tell again what the last try has told already', async () => {
    const story = await tell([aReleasedAccount()], { builds: async () => 'FAILED' as const });

    await story.tag(alice, 'assigned');
    await story.invoke(
      'OnTransactionMetering',
      envelope({ label: 'ExpiredAccount', account: alice }, '2026-11-16T09:00:00Z'),
    );
    await story.pass((5 * hours) / minutes);

    expect(failuresOf(story)).toHaveLength(1);
    expect(await recordsIn(story, 'transactions')).toEqual([]);
  });

  it('is no success after its failure has been told', async () => {
    const story = await tell([aReleasedAccount()], {
      builds: async ({ project }) => (project.endsWith('Purge') ? ('FAILED' as const) : undefined),
    });

    await story.tag(alice, 'expired');
    await story.settle();

    expect(story.account(alice).state).toBe('released');
    expect(failuresOf(story)).toEqual(['FailedMaintenanceException']);
    expect(story.activities(alice)).toEqual([]);
  });

  it('is nobody’s concern once the account is closed', async () => {
    const story = await tell([aReleasedAccount()], {
      ...hanging,
      settings: settingsWithDeadline(30 * minutes),
    });
    await story.tag(alice, 'expired');
    await story.pass(5);
    const { CloseAccountCommand } = await import('@aws-sdk/client-organizations');
    await story
      .clients('111111111111', 'us-east-1')
      .organizations.send(new CloseAccountCommand({ AccountId: alice }));

    await story.pass(60);

    expect(failuresOf(story)).toEqual([]);
    expect(await recordsIn(story, 'transactions')).toEqual([]);
  });

  it('looks at the others, when one cannot be looked at', async () => {
    const story = await tell([aReleasedAccount(), aReleasedAccount({ id: bob })], {
      ...hanging,
      settings: settingsWithDeadline(10 * minutes),
    });
    for (const id of [alice, bob]) await story.tag(id, 'expired');
    await story.pass(5);
    await putRecord(story, 'transactions', {
      hash: '999999999999',
      range: 'maintenance',
      value: { account: '999999999999', transaction: 'maintenance', begin: 0, identifier: 'x' },
    });

    await story.pass(16);

    expect(failuresOf(story)).toHaveLength(1);
    expect(failuresOf(story, bob)).toHaveLength(1);
  });
});

describe('when DynamoDB tells that it has deleted a transaction by itself', () => {
  it('is told to people', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke('OnTransactionTimeOut', recordedEvent('dynamodb-expiration-event-template', {}));

    expect(story.told.filter(({ label }) => label.endsWith('Exception'))).toMatchObject([
      {
        label: 'FailedOnBoardingException',
        detail: {
          Environment: 'SpaTest',
          Payload: { account: '123456789012', title: "Failed on-boarding of account '123456789012'" },
        },
      },
    ]);
  });

  it.each([
    { Records: [{ eventName: 'INSERT', eventSource: 'aws:dynamodb' }] },
    {
      Records: [
        { eventName: 'REMOVE', dynamodb: { OldImage: { Value: { S: '{"transaction":"maintenance"}' } } } },
      ],
    },
    {
      Records: [
        {
          eventName: 'REMOVE',
          userIdentity: { principalId: 'dynamodb.amazonaws.com' },
          dynamodb: { OldImage: { Value: { S: 'no JSON' } } },
        },
      ],
    },
  ])('passes over what is no such transaction: %j', async (event) => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke('OnTransactionTimeOut', event);

    expect(story.told).toEqual([]);
  });
});

describe('when all is well', () => {
  it('looks at transactions with one call', async () => {
    const calls: string[] = [];
    const story = await tell([aReleasedAccount()], {
      observe: (service, { operation, origin }) => {
        if (origin === 'function') calls.push(`${service}.${operation}`);
      },
    });

    await story.invoke('OnTransactionTimeOut');

    expect(calls).toEqual(['dynamodb.Scan']);
    expect(story.log).toContainEqual(
      expect.objectContaining({ OldestUnfinishedTransaction: 0, Environment: 'SpaTest' }),
    );
  });

  it('tells how long the oldest transaction has been under way', async () => {
    const story = await tell([aReleasedAccount()], hanging);
    await story.tag(alice, 'expired');
    await story.pass(30);

    const ages = story.log.flatMap((line) => line['OldestUnfinishedTransaction'] ?? []);
    expect(Math.max(...(ages as number[]))).toBeGreaterThan(20 * minutes);
  });
});

describe('when the record of a transaction has been deleted by hand', () => {
  it('ends nothing, and harms nothing', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, 'ExpiredAccount', Date.UTC(2026, 10, 16, 8));
    const Key = { Identifier: { S: alice }, Order: { S: 'maintenance' } };
    await story
      .clients()
      .dynamodb.send(new DeleteItemCommand({ TableName: 'SpaTestTransactionsTable', Key }));

    await hear(story, 'ReleasedAccount', Date.UTC(2026, 10, 16, 9));

    expect(story.activities(alice)).toEqual([]);
  });
});
