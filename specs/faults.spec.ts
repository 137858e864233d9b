import { describe, expect, it } from 'vitest';
import { member } from '#events/shape.ts';
import { noFaults, type FaultPlan } from '#local/faults/fault-plan.ts';
import {
  alice,
  anAccount,
  aReleasedAccount,
  bob,
  settingsOf,
  tell,
  alphaUnit,
  type Story,
} from '#tests/worlds.ts';

const unlucky = (given: Partial<FaultPlan>): FaultPlan => ({ ...noFaults, ...given });

/** A window over alice, under the given faults: until she has her account back, and an hour on for what comes late. */
async function window(given: Partial<FaultPlan>): Promise<Story> {
  const story = await tell([aReleasedAccount()], { faults: unlucky(given) });
  await story.tag(alice, 'expired');
  for (let hours = 0; hours < 10 && story.account(alice).state !== 'released'; hours += 0.5)
    await story.pass(30);
  await story.pass(60);
  return story;
}

const times = (story: Story, label: string) => story.labels(alice).filter((told) => told === label).length;

describe('when calls go wrong', () => {
  it.each([
    ['throttled', { fault: 'throttled', share: 0.3 }],
    ['slow', { fault: 'slow', share: 0.5, seconds: 20 }],
    ['failing', { fault: 'failed', share: 0.2 }],
    ['done, but never answered', { fault: 'unanswered', share: 0.2 }],
    ['answered with what was true before', { fault: 'stale', share: 0.5, seconds: 30 }],
  ] as const)('gives an account back, although calls are %s', async (_, fault) => {
    const story = await window({ calls: [fault] });

    expect(story.account(alice).state).toBe('released');
    expect(times(story, 'PurgeReport')).toBe(1);
    expect(times(story, 'ReleasedAccount')).toBeGreaterThanOrEqual(1);
  });

  it('tells people of the one account in which everything is denied, and gives back the others', async () => {
    const faults = unlucky({ calls: [{ fault: 'denied', share: 1, account: alice }] });
    const story = await tell([anAccount(), anAccount({ id: bob, email: 'bob@example.com' })], { faults });

    await story.tag(alice, 'vanilla');
    await story.tag(bob, 'vanilla');
    await story.pass(240);

    expect(story.account(bob).state).toBe('released');
    expect(story.account(alice).state).toBe('assigned');
    expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([
      'FailedCodebuildException',
      'FailedOnBoardingException',
    ]);
    const failure = story.told.find(({ label }) => label === 'FailedOnBoardingException');
    expect(member(failure?.detail, 'Payload', 'message')).toContain(
      `its build has never begun: role arn:aws:iam::${alice}:role/AWSControlTowerExecution cannot be assumed`,
    );
  });

  it('waits until a region that is out of service is back', async () => {
    const outage = { fault: 'failed', share: 1, region: 'eu-west-1', until: 40 * 60 } as const;
    const story = await window({ calls: [outage] });

    expect(story.account(alice).state).toBe('released');
    expect(times(story, 'PurgeReport')).toBe(1);
  });
});

describe('when events go wrong', () => {
  it.each([
    ['lost', { fault: 'lost', share: 0.5 }],
    ['doubled', { fault: 'doubled', share: 1, seconds: 600 }],
    ['late', { fault: 'late', share: 1, seconds: 1800 }],
    ['shuffled', { fault: 'shuffled', share: 1 }],
  ] as const)('gives an account back, purged once, although events are %s', async (_, fault) => {
    const story = await window({ events: [fault] });

    expect(story.account(alice).state).toBe('released');
    expect(times(story, 'PurgeReport')).toBe(1);
  });
});

describe('when machines of functions die', () => {
  it.each(['before', 'during', 'after'] as const)(
    'gives an account back, purged once, although half of them die %s their work',
    async (when) => {
      const story = await window({ functions: [{ fault: 'killed', share: 0.5, when }] });

      expect(story.account(alice).state).toBe('released');
      expect(times(story, 'PurgeReport')).toBe(1);
    },
  );
});

describe('when builds go wrong', () => {
  it.each(['failed', 'stopped', 'vanished'] as const)(
    'gives an account back without its purge, and tells, where each is %s',
    async (fault) => {
      const project = 'SpaProjectForAccountPurge';
      const story = await window({ builds: [{ fault, share: 1, project }] });

      expect(story.account(alice).state).toBe('released');
      expect(story.labels(alice)).not.toContain('PurgeReport');
      expect(times(story, 'FailedMaintenanceException')).toBe(1);
    },
  );
});

describe('when clocks of functions are wrong', () => {
  it('gives an account back all the same', async () => {
    const story = await window({ clocks: [{ fault: 'skewed', share: 1, seconds: 240 }] });

    expect(story.account(alice).state).toBe('released');
    expect(times(story, 'PurgeReport')).toBe(1);
  });
});

describe('when the same faults are asked for again', () => {
  const faults = (seed: number) =>
    ({
      seed,
      calls: [{ fault: 'throttled', share: 0.2 }],
      events: [{ fault: 'late', share: 0.5 }],
      functions: [{ fault: 'killed', share: 0.1 }],
    }) as const;
  const course = async (seed: number) => {
    const settings = settingsOf({ organizational_units: [{ identifier: alphaUnit }] });
    const story = await tell([aReleasedAccount()], { faults: unlucky(faults(seed)), settings });
    await story.tag(alice, 'expired');
    await story.pass(120);
    return story.log.map((line) => JSON.stringify(line));
  };

  it('lets the same happen, to the last line of the log', async () => {
    expect(await course(7)).toEqual(await course(7));
  });

  it('lets something else happen with another seed', async () => {
    expect(await course(7)).not.toEqual(await course(8));
  });
});
