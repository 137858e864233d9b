import { describe, expect, it } from 'vitest';
import { ListBuildsForProjectCommand, CodeBuildClient } from '@aws-sdk/client-codebuild';
import { alice, anAccount, aReleasedAccount, tell, type Story } from '#tests/worlds.ts';
import { recordedEvent } from '#tests/recorded-events.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import { accountId } from '#domain/account.ts';

async function buildsIn(story: Story, account: string, projectName: string): Promise<number> {
  const client = new CodeBuildClient({
    region: 'eu-west-1',
    requestHandler: inProcessHandler(story.cloud, 'client'),
    credentials: { accessKeyId: administratorKey(accountId(account)), secretAccessKey: 'local' },
  });
  const { ids = [] } = await client.send(new ListBuildsForProjectCommand({ projectName }));
  return ids.length;
}

describe('when one event comes twice', () => {
  it('starts one build', async () => {
    const story = await tell([anAccount({ tags: { 'account-state': 'assigned' } })]);
    const event = recordedEvent('tag-account-template', { account: alice, new_state: 'assigned' });

    await story.invoke('OnAssignedAccountFromQueue', event);
    await story.invoke('OnAssignedAccountFromQueue', event);

    expect(await buildsIn(story, alice, 'SpaProjectForAccountPreparation')).toBe(1);
    expect(story.account(alice).state).toBe('released');
  });

  it('starts one build, although both come at the same moment', async () => {
    const story = await tell([aReleasedAccount({ tags: { 'account-state': 'expired' } })]);
    const event = recordedEvent('tag-account-template', { account: alice, new_state: 'expired' });

    await Promise.all([story.invoke('OnExpiredAccount', event), story.invoke('OnExpiredAccount', event)]);

    expect(await buildsIn(story, alice, 'SpaProjectForAccountPurge')).toBe(1);
    expect(story.account(alice).state).toBe('released');
  });
});

describe('when an event comes late', () => {
  it('changes nothing, since the account has moved on', async () => {
    const story = await tell([aReleasedAccount()]);
    const before = story.account(alice);

    for (const [name, state] of [
      ['OnVanillaAccountTag', 'vanilla'],
      ['OnAssignedAccountFromQueue', 'assigned'],
      ['OnExpiredAccount', 'expired'],
    ] as const) {
      const event = recordedEvent('tag-account-template', { account: alice, new_state: state });
      expect(await story.invoke(name, event)).toMatchObject({ outcome: 'overtaken' });
    }

    expect(story.account(alice)).toEqual(before);
    expect(story.told).toEqual([]);
  });

  it('does not release an account by a build that is not its own', async () => {
    const story = await tell([anAccount({ tags: { 'account-state': 'assigned' } })]);
    const event = recordedEvent('codebuild-template', {
      account: alice,
      status: 'SUCCEEDED',
      project: 'SpaProjectForAccountPreparation',
    });

    const answer = await story.invoke('OnPreparedAccountFromCodebuild', event);

    expect(answer).toMatchObject({ outcome: 'not our build' });
    expect(story.account(alice).state).toBe('assigned');
  });
});

describe('when a message of the queue holds the detail of an event alone', () => {
  it('is understood, as rules of older deployments send it', async () => {
    const story = await tell([anAccount({ tags: { 'account-state': 'assigned' } })]);

    const answer = await story.invoke(
      'OnAssignedAccountFromQueue',
      recordedEvent('queued-event-template', { account: alice, new_state: 'assigned' }),
    );

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(story.account(alice).state).toBe('released');
  });
});

describe('when an event of any shape reaches a function', () => {
  it.each([
    null,
    [],
    'text',
    42,
    {},
    { detail: null },
    { detail: { eventName: 'TagResource' } },
    { Records: [{}] },
  ])('is ignored with its reason: %j', async (payload) => {
    const story = await tell([aReleasedAccount()]);

    for (const name of [
      'OnVanillaAccount',
      'OnVanillaAccountTag',
      'OnExpiredAccount',
      'OnAlertFromCodebuild',
    ]) {
      expect(await story.invoke(name, payload)).toMatchObject({
        outcome: 'ignored',
        reason: expect.any(String),
      });
    }

    expect(story.account(alice).state).toBe('released');
  });
});
