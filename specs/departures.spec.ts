import { describe, expect, it } from 'vitest';
import {
  CloseAccountCommand,
  MoveAccountCommand,
  RemoveAccountFromOrganizationCommand,
} from '@aws-sdk/client-organizations';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { recordedEvent } from '#tests/recorded-events.ts';
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

const organizationsOf = (story: Story) => story.clients(management, 'us-east-1').organizations;

async function move(story: Story, account: string, from: string, to: string): Promise<void> {
  await organizationsOf(story).send(
    new MoveAccountCommand({ AccountId: account, SourceParentId: from, DestinationParentId: to }),
  );
}

describe('when an account leaves the managed units while a build runs in it', () => {
  it.each(['assigned', 'expired'] as const)('is not touched any more: %s stays', async (state) => {
    const story = await tell([aReleasedAccount()]);
    await story.tag(alice, state);
    await story.pass(0.5);

    await move(story, alice, alphaUnit, 'ou-outside');
    const { tags } = story.account(alice);
    const told = story.told.length;
    await story.pass(24 * 60);

    expect(story.account(alice).tags).toEqual(tags);
    const since = story.told.slice(told).map(({ label }) => label);
    expect(since).toEqual([state === 'assigned' ? 'PreparationReport' : 'PurgeReport']);
  });

  it('is on-boarded when it comes back', async () => {
    const story = await tell([aReleasedAccount()]);
    await story.tag(alice, 'expired');
    await story.pass(0.5);
    await move(story, alice, alphaUnit, 'ou-outside');
    await story.pass(60);

    await move(story, alice, 'ou-outside', gammaUnit);
    await story.pass(5);

    expect(story.account(alice).state).toBe('released');
    expect(story.account(alice).tags['cost-center']).toBe('Gamma');
    expect(story.labels(alice)).toContain('CreatedAccount');
  });
});

describe('when an account is closed, or leaves the organization, while a build runs in it', () => {
  it('is not touched any more, and nobody is alarmed', async () => {
    const story = await tell([aReleasedAccount(), aReleasedAccount({ id: bob, email: 'bob@example.com' })]);
    await story.tag(alice, 'expired');
    await story.tag(bob, 'expired');
    await story.pass(0.5);

    await organizationsOf(story).send(new CloseAccountCommand({ AccountId: alice }));
    await organizationsOf(story).send(new RemoveAccountFromOrganizationCommand({ AccountId: bob }));
    await story.pass(24 * 60);

    expect(story.account(alice).tags['account-state']).toBe('expired');
    expect(story.told.filter(({ label }) => label.endsWith('Exception'))).toEqual([]);
    expect(story.log.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });
});

describe('when an account leaves while its change of state waits in the queue', () => {
  it.each([
    ['leaves the managed units', 'unmanaged', (story: Story) => move(story, alice, alphaUnit, 'ou-outside')],
    [
      'is closed',
      'inactive',
      (story: Story) => organizationsOf(story).send(new CloseAccountCommand({ AccountId: alice })),
    ],
  ])('is not touched, when it %s', async (_, reason, leave) => {
    const story = await tell([aReleasedAccount()]);
    await leave(story);

    const answer = await story.invoke('OnStateChangeFromQueue', {
      account: alice,
      from: 'released',
      to: 'expired',
    });

    expect(answer).toEqual({ outcome: 'left alone', account: alice, reason });
    expect(story.account(alice).state).toBe('released');
  });
});

describe('when nobody knows the account that an event or a message names', () => {
  const nobody = '999999999999';
  it('is left alone, or overtaken, and no fault', async () => {
    const story = await tell([]);
    const answers = [
      await story.invoke(
        'OnReleasedAccount',
        recordedEvent('tag-account-template', { account: nobody, new_state: 'released' }),
      ),
      await story.invoke('OnStateChangeFromQueue', { account: nobody, to: 'released' }),
      await story.invoke('OnRevisitFromQueue', { account: nobody }),
      await story.invoke('OnVanillaAccount', recordedEvent('move-account-template', { account: nobody })),
    ];

    expect(answers).toMatchObject([
      { outcome: 'overtaken' },
      { outcome: 'left alone', reason: 'unknown' },
      { outcome: 'left alone', reason: 'unknown' },
      { outcome: 'left alone', reason: 'unknown' },
    ]);
    await story.clients().sqs.send(
      new SendMessageCommand({
        QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/SpaTestStateChanges',
        MessageBody: '{',
      }),
    );
    await story.pass(60);
    expect(story.log.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });
});

describe('when the unit that an account comes from is gone', () => {
  it('is on-boarded, as one that comes from outside', async () => {
    const story = await tell([aReleasedAccount()]);
    const event = recordedEvent('move-account-template', {
      account: alice,
      origin_organizational_unit: 'ou-gone',
      destination_organizational_unit: alphaUnit,
    });

    expect(await story.invoke('OnVanillaAccount', event)).toMatchObject({ outcome: 'assigned' });
    expect(await story.invoke('OnVanillaAccount', event)).toMatchObject({ outcome: 'known already' });
  });
});

describe('when two accounts move in one event after another', () => {
  it('on-boards both, although somebody has copied the identifier of the event', async () => {
    const story = await tell([anAccount(), anAccount({ id: bob, email: 'bob@example.com' })]);

    for (const account of [alice, bob]) {
      const event = recordedEvent('move-account-template', { account });
      expect(await story.invoke('OnVanillaAccount', event)).toMatchObject({ outcome: 'assigned' });
    }
  });
});
