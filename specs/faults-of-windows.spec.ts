import { describe, expect, it } from 'vitest';
import { noFaults, type FaultPlan } from '#local/faults/fault-plan.ts';
import { alice, aReleasedAccount, tell, type Story } from '#tests/worlds.ts';
import { recordedEvent } from '#tests/recorded-events.ts';

const unlucky = (given: Partial<FaultPlan>): FaultPlan => ({ ...noFaults, ...given });

const purges = (story: Story) => story.labels(alice).filter((label) => label === 'PurgeReport').length;

describe('when the message that has an account expire comes again after its cycle', () => {
  const diesOnceItHasWritten = {
    fault: 'killed',
    when: 'after',
    share: 1,
    function: 'OnStateChangeFromQueue',
    until: 60,
  } as const;

  it('leaves the account alone, which has had its turn', async () => {
    const story = await tell([aReleasedAccount()], {
      faults: unlucky({ functions: [diesOnceItHasWritten] }),
    });

    await story.invoke('OnMaintenanceWindow');
    await story.pass(60);

    expect(story.log).toContainEqual(expect.objectContaining({ outcome: 'had its turn', account: alice }));
    expect(story.account(alice).state).toBe('released');
    expect(purges(story)).toBe(1);
  });

  it('purges it again in the next window', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke('OnMaintenanceWindow');
    await story.invoke('OnMaintenanceWindow');

    expect(purges(story)).toBe(2);
  });
});

describe('when the record of a build that has started is lost, and its end too', () => {
  it('takes the build over when its event comes again, and starts no second one', async () => {
    const story = await tell([aReleasedAccount()], {
      faults: unlucky({
        calls: [{ fault: 'failed', share: 1, service: 'dynamodb', operation: 'PutItem', until: 120 }],
        events: [{ fault: 'lost', share: 1, detailType: 'CodeBuild Build State Change', until: 120 }],
      }),
    });

    await story.tag(alice, 'expired');
    await story.pass(60);

    expect(story.account(alice).state).toBe('released');
    expect(purges(story)).toBe(1);
  });
});

describe('when the tag of an account that has been purged can not be written for an hour', () => {
  it('moves the account on as soon as it can, without another purge', async () => {
    const refused = { fault: 'failed', share: 1, operation: 'TagResource', from: 30, until: 3600 } as const;
    const story = await tell([aReleasedAccount()], { faults: unlucky({ calls: [refused] }) });

    await story.tag(alice, 'expired');
    await story.pass(120);

    expect(story.account(alice).state).toBe('released');
    expect(purges(story)).toBe(1);
  });
});

describe('when an event comes after the sweep has taken its account up without it', () => {
  it('does not begin anew what pauses between two tries', async () => {
    let builds = 0;
    const story = await tell([aReleasedAccount()], {
      faults: unlucky({ events: [{ fault: 'lost', share: 1, until: 60 }] }),
      builds: async () => ((builds += 1) === 1 ? 'FAILED' : undefined),
    });
    const expiredAt = new Date(story.cloud.clock.now()).toISOString();
    await story.tag(alice, 'expired');
    await story.pass(21);
    expect(story.labels(alice).at(-1)).toBe('FailedCodebuildException');

    const event = recordedEvent('tag-account-template', { account: alice, new_state: 'expired' }) as {
      readonly detail: object;
    };
    const late = { ...event, detail: { ...event.detail, eventTime: expiredAt } };
    expect(await story.invoke('OnExpiredAccount', late)).toMatchObject({ outcome: 'late' });
    await story.settle();

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice).filter((label) => label === 'FailedCodebuildException')).toHaveLength(1);
    expect(purges(story)).toBe(1);
  });
});
