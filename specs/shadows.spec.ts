import { MoveAccountCommand, CloseAccountCommand } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import type { AccountLabel } from '#events/system-event.ts';
import { envelope, putRecord, recordsIn, shadowOf } from '#tests/metering/records.ts';
import {
  alice,
  alphaUnit,
  anAccount,
  aReleasedAccount,
  bob,
  gammaUnit,
  management,
  tell,
  type Story,
} from '#tests/worlds.ts';

const told = (label: AccountLabel, time: string, message?: string) =>
  envelope({ label, account: alice, ...(message === undefined ? {} : { message }) }, time);

const hear = (story: Story, label: AccountLabel, time: string, message?: string) =>
  story.invoke('OnAccountEvent', told(label, time, message));

describe('when an account has been on-boarded', () => {
  it('casts a shadow with its state, its tags, its unit, its dates and its log', async () => {
    const story = await tell([anAccount()]);

    await story.tag(alice, 'vanilla');
    await story.settle();

    expect(await shadowOf(story, alice)).toEqual({
      id: alice,
      arn: `arn:aws:organizations::${management}:account/o-a1b2c3d4e5/${alice}`,
      name: 'Alice',
      email: 'alice@example.com',
      is_active: true,
      tags: {
        'account-state': 'released',
        'account-holder': 'alice@example.com',
        'cost-center': 'Alpha',
      },
      unit: alphaUnit,
      unit_name: 'Alpha Sandboxes',
      last_state: 'ReleasedAccount',
      stamps: {
        CreatedAccount: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as string,
        AssignedAccount: expect.any(String) as string,
        PreparationReport: expect.any(String) as string,
        PreparedAccount: expect.any(String) as string,
        ReleasedAccount: expect.any(String) as string,
      },
      last_preparation_log: expect.stringContaining('Budget of 200 USD') as string,
    });
  });

  it('is kept in one record for 183 days', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke('OnMaintenanceWindow');

    const [record, ...others] = await recordsIn(story, 'shadows');
    expect(others).toEqual([]);
    expect(record).toMatchObject({ identifier: alice, order: '-' });
    const days = ((record?.expiration ?? 0) - story.cloud.clock.now() / 1000) / 86_400;
    expect(days).toBeGreaterThan(182);
    expect(days).toBeLessThanOrEqual(183);
    expect(record?.value).toMatchObject({ last_purge_log: expect.any(String) as string });
  });
});

describe('when events come in any order', () => {
  const life: readonly [AccountLabel, string][] = [
    ['ExpiredAccount', '2026-11-16T08:00:00Z'],
    ['PurgeReport', '2026-11-16T08:01:00Z'],
    ['PurgedAccount', '2026-11-16T08:02:00Z'],
    ['AssignedAccount', '2026-11-16T08:03:00Z'],
    ['PreparationReport', '2026-11-16T08:04:00Z'],
    ['PreparedAccount', '2026-11-16T08:05:00Z'],
    ['ReleasedAccount', '2026-11-16T08:06:00Z'],
  ];
  const shuffled = (seed: number) =>
    [...life, ...life]
      .map((event, index) => ({ event, rank: Math.imul(index + 1, seed) % 9973 }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ event }) => event);

  it.each([7, 4711, 123_457])(
    'ends in the same shadow, all of them at once and each twice: order %i',
    async (seed) => {
      const story = await tell([aReleasedAccount()]);

      await Promise.all(shuffled(seed).map(([label, time]) => hear(story, label, time, `log of ${label}`)));

      expect(await shadowOf(story, alice)).toMatchObject({
        last_state: 'ReleasedAccount',
        tags: { 'account-state': 'released' },
        stamps: Object.fromEntries(life.map(([label, time]) => [label, time.slice(0, 19)])),
        last_purge_log: 'log of PurgeReport',
        last_preparation_log: 'log of PreparationReport',
      });
    },
  );

  it('keeps the newer state, date and log, when an older event comes late', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, 'PurgeReport', '2026-11-16T08:00:00Z', 'the second');
    await hear(story, 'ReleasedAccount', '2026-11-16T08:00:00Z');

    await hear(story, 'PurgeReport', '2026-11-09T08:00:00Z', 'the first');
    await hear(story, 'ReleasedAccount', '2026-11-09T08:00:00Z');
    await hear(story, 'ExpiredAccount', '2026-11-09T07:00:00Z');

    expect(await shadowOf(story, alice)).toMatchObject({
      last_state: 'ReleasedAccount',
      last_purge_log: 'the second',
      stamps: {
        PurgeReport: '2026-11-16T08:00:00',
        ReleasedAccount: '2026-11-16T08:00:00',
        ExpiredAccount: '2026-11-09T07:00:00',
      },
    });
  });

  it('is no state of the account that a build has reported', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, 'ExpiredAccount', '2026-11-16T08:00:00Z');

    await hear(story, 'PurgeReport', '2026-11-16T08:01:00Z', 'nothing to purge');

    expect(await shadowOf(story, alice)).toMatchObject({ last_state: 'ExpiredAccount' });
  });
});

describe('when the log of a build is longer than a record may be', () => {
  it('keeps its beginning and its end', async () => {
    const story = await tell([aReleasedAccount()]);
    const log = `begin\n${'"\n'.repeat(90_000)}end`;

    await hear(story, 'PurgeReport', '2026-11-16T08:01:00Z', log);
    await hear(story, 'PreparationReport', '2026-11-16T08:02:00Z', log);

    const shadow = await shadowOf(story, alice);
    for (const kept of [shadow?.['last_purge_log'], shadow?.['last_preparation_log']]) {
      expect(kept).toMatch(/^begin\n[^]*\[… \d+ characters left out …\][^]*end$/);
    }
  });
});

describe('when an event is none of ours', () => {
  it.each([
    [
      'about an account that is not managed',
      envelope({ label: 'ReleasedAccount', account: bob }, '2026-11-16T08:00:00Z'),
    ],
    [
      'of another environment',
      envelope({ label: 'ReleasedAccount', account: alice }, '2026-11-16T08:00:00Z', 'SpaOther'),
    ],
    ['without an account', { 'detail-type': 'ReleasedAccount', detail: { Environment: 'SpaTest' } }],
    [
      'of another kind',
      { 'detail-type': 'GenericException', detail: { Environment: 'SpaTest', Account: alice } },
    ],
    ['of no shape at all', [null]],
  ])('leaves no shadow: %s', async (_, event) => {
    const story = await tell([aReleasedAccount(), aReleasedAccount({ id: bob, unit: 'ou-outside' })]);

    await story.invoke('OnAccountEvent', event);

    expect(await recordsIn(story, 'shadows')).toEqual([]);
    expect(story.log.some((line) => 'AccountEventsByLabel' in line)).toBe(false);
  });
});

describe('when an earlier release has left a shadow', () => {
  it('fills in what it lacks, and keeps what it holds', async () => {
    const story = await tell([aReleasedAccount()]);
    const value = { stamps: { ConsoleLogin: '2026-11-01T10:00:00' }, note: 'by hand' };
    await putRecord(story, 'shadows', { hash: alice, range: '-', value });

    await hear(story, 'ReleasedAccount', '2026-11-16T08:00:00Z');

    expect(await shadowOf(story, alice)).toMatchObject({
      id: alice,
      name: 'Alice',
      note: 'by hand',
      stamps: { ConsoleLogin: '2026-11-01T10:00:00', ReleasedAccount: '2026-11-16T08:00:00' },
    });
  });

  it('takes a record that no longer makes sense for none', async () => {
    const story = await tell([aReleasedAccount()]);
    await putRecord(story, 'shadows', { hash: alice, range: '-', value: 'no shadow' });

    await hear(story, 'ReleasedAccount', '2026-11-16T08:00:00Z');

    expect(await shadowOf(story, alice)).toMatchObject({ id: alice, last_state: 'ReleasedAccount' });
  });
});

describe('when an account changes otherwise', () => {
  const administrator = (story: Story) => story.clients(management, 'us-east-1').organizations;

  it('follows its tags, at once', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, 'ReleasedAccount', '2026-11-16T08:00:00Z');

    const { TagResourceCommand, UntagResourceCommand } = await import('@aws-sdk/client-organizations');
    const Tags = [{ Key: 'account-holder', Value: 'zoe@example.com' }];
    await administrator(story).send(new TagResourceCommand({ ResourceId: alice, Tags }));
    await administrator(story).send(
      new UntagResourceCommand({ ResourceId: alice, TagKeys: ['cost-center'] }),
    );
    await story.settle();

    expect(await shadowOf(story, alice)).toMatchObject({
      tags: { 'account-state': 'released', 'account-holder': 'zoe@example.com' },
    });
    expect((await shadowOf(story, alice))?.['tags']).not.toHaveProperty('cost-center');
  });

  it('follows it to another unit, which is named', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, 'ReleasedAccount', '2026-11-16T08:00:00Z');

    const command = { AccountId: alice, SourceParentId: alphaUnit, DestinationParentId: gammaUnit };
    await administrator(story).send(new MoveAccountCommand(command));
    await story.settle();

    expect(await shadowOf(story, alice)).toMatchObject({ unit: gammaUnit, unit_name: 'Gamma Sandboxes' });
  });

  it('is not asked for when nothing but its state is written', async () => {
    const story = await tell([aReleasedAccount()]);
    const parameters = (key: string) => ({ resourceId: alice, tags: [{ key, value: 'expired' }] });
    const event = (key: string) => ({
      detail: { eventName: 'TagResource', requestParameters: parameters(key) },
    });

    await story.invoke('OnMaintenanceWindow');

    expect(story.log.filter((line) => line['function'] === 'OnChangedAccount')).toEqual([]);
    expect(await story.invoke('OnChangedAccount', event('account-state'))).toMatchObject({
      outcome: 'ignored',
    });
    expect(await story.invoke('OnChangedAccount', event('note'))).toMatchObject({ outcome: 'followed' });
  });

  it('says so when the account is closed', async () => {
    const story = await tell([aReleasedAccount()]);
    await hear(story, 'ReleasedAccount', '2026-11-16T08:00:00Z');

    await administrator(story).send(new CloseAccountCommand({ AccountId: alice }));
    await story.settle();

    expect(await shadowOf(story, alice)).toMatchObject({ is_active: false });
  });

  it('takes one call for an event, when the shadow is known', async () => {
    const calls: string[] = [];
    const story = await tell([aReleasedAccount()], {
      observe: (service, { operation, origin }) => {
        if (origin === 'function') calls.push(`${service}.${operation}`);
      },
    });
    await hear(story, 'ExpiredAccount', '2026-11-16T08:00:00Z');
    calls.length = 0;

    await hear(story, 'ReleasedAccount', '2026-11-16T08:05:00Z');

    expect(calls).toEqual(['dynamodb.PutItem']);
  });
});
