import { describe, expect, it } from 'vitest';
import {
  alice,
  alphaUnit,
  anAccount,
  aReleasedAccount,
  automation,
  aWorld,
  bob,
  settingsOf,
  tell,
} from '#tests/worlds.ts';

const cycle = [
  'ExpiredAccount',
  'PurgeReport',
  'PurgedAccount',
  'AssignedAccount',
  'PreparationReport',
  'PreparedAccount',
  'ReleasedAccount',
];

describe('when the maintenance window opens', () => {
  it('purges and prepares every released account, and gives it back', async () => {
    const story = await tell([aReleasedAccount(), aReleasedAccount({ id: bob, email: 'bob@example.com' })]);

    await story.invoke('OnMaintenanceWindow');

    for (const id of [alice, bob]) {
      expect(story.account(id).state).toBe('released');
      expect(story.labels(id)).toEqual(cycle);
    }
  });

  it('opens by itself, where the settings have a schedule', async () => {
    const settings = settingsOf({
      automation: {
        account_id: '123456789012',
        region: 'eu-west-1',
        role_arn_to_manage_accounts: 'arn:aws:iam::111111111111:role/SpaAccountsManagementRole',
        maintenance_window_expression: 'cron(0 18 ? * MON *)',
      },
    });
    const story = await tell([aReleasedAccount()], { settings });

    await story.pass(8 * 60);
    expect(story.labels(alice)).toEqual([]);
    await story.pass(2 * 60);

    expect(story.labels(alice)).toEqual(cycle);
  });

  it('on-boards accounts that bear no state yet', async () => {
    const story = await tell([anAccount()]);

    await story.invoke('OnMaintenanceWindow');

    expect(story.labels(alice).at(-1)).toBe('ReleasedAccount');
  });

  it('writes three tags per account, and no more', async () => {
    let tagWrites = 0;
    const story = await tell([aReleasedAccount()], {
      observe: (service, { operation }) => {
        if (service === 'organizations' && /^(Unt|T)agResource$/.test(operation)) tagWrites += 1;
      },
    });

    await story.invoke('OnMaintenanceWindow');

    expect(tagWrites).toBe(3);
  });

  it('prepares the automation account where it is listed, and never purges it', async () => {
    const settings = settingsOf({
      accounts: [
        { identifier: '123456789012', preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } },
      ],
    });
    const story = await tell([aReleasedAccount({ id: automation, unit: 'r-ab12' })], { settings });

    await story.invoke('OnMaintenanceWindow');

    expect(story.labels('123456789012')).toEqual(cycle.filter((label) => !label.startsWith('Purge')));
  });

  it('reaches the automation account by its role, also where the world leaves that account out', async () => {
    const settings = settingsOf({
      accounts: [{ identifier: '123456789012', preparation: { feature: 'enabled' } }],
    });
    const story = await tell([], { settings });

    await story.tag(automation, 'assigned');
    await story.settle();

    expect(story.account(automation).state).toBe('released');
  });
});

describe('when an account expires', () => {
  it('goes back to work at once, where the purge is disabled', async () => {
    const settings = settingsOf({
      organizational_units: [{ identifier: alphaUnit, preparation: { feature: 'enabled' } }],
    });
    const story = await tell([aReleasedAccount()], { settings });

    await story.tag(alice, 'expired');
    await story.settle();

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice)).not.toContain('PurgeReport');
  });

  it('loses what is marked, and keeps the rest, by force', async () => {
    const resource = { account: alice, region: 'eu-west-1', type: 'EC2Volume', created: '2026-11-10' };
    const settings = settingsOf({
      organizational_units: [
        {
          identifier: alphaUnit,
          purge: {
            feature: 'enabled',
            variables: { PURGE_MODE: '--force', TAG_KEY: 'purge', TAG_VALUE: 'me', MAXIMUM_AGE: '3M' },
          },
        },
      ],
    });
    const world = aWorld([aReleasedAccount()], {
      resources: [
        { ...resource, id: 'vol-marked', tags: { purge: 'me' } },
        { ...resource, id: 'vol-kept', tags: {} },
        { ...resource, id: 'vol-old', created: '2026-01-01', tags: {} },
      ],
    });
    const story = await tell([], { settings, world });

    await story.tag(alice, 'expired');
    await story.settle();

    const { deleted, planned, kept } = story.purge.summary();
    expect(deleted.toSorted()).toEqual(['vol-marked', 'vol-old']);
    expect(planned).toEqual([]);
    expect(kept).toBe(1);
  });
});

describe('when builds fail', () => {
  const failing = (fails: (project: string) => boolean) => ({
    builds: async ({ project }: { readonly project: string }) =>
      fails(project) ? ('FAILED' as const) : undefined,
  });

  it('gives an account back after three purges that failed, and tells a person', async () => {
    const story = await tell(
      [aReleasedAccount()],
      failing((project) => project.endsWith('Purge')),
    );

    await story.tag(alice, 'expired');
    await story.settle();

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([
      'FailedCodebuildException',
      'FailedMaintenanceException',
    ]);
    expect(story.labels(alice)).not.toContain('PurgedAccount');
  });

  it('leaves an account to a person after three preparations that failed, as maintenance', async () => {
    const story = await tell(
      [aReleasedAccount()],
      failing((project) => project.endsWith('Preparation')),
    );

    await story.tag(alice, 'expired');
    await story.settle();
    await story.pass(24 * 60);

    expect(story.account(alice).state).toBe('assigned');
    expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([
      'FailedCodebuildException',
      'FailedMaintenanceException',
    ]);
  });

  it('takes an account up again that a person has tagged anew', async () => {
    let broken = true;
    const story = await tell(
      [aReleasedAccount()],
      failing(() => broken),
    );
    await story.tag(alice, 'assigned');
    await story.settle();
    expect(story.account(alice).state).toBe('assigned');

    broken = false;
    await story.tag(alice, 'assigned');
    await story.settle();

    expect(story.account(alice).state).toBe('released');
  });

  it('forgets a failure that a second try has mended', async () => {
    let builds = 0;
    const story = await tell(
      [anAccount()],
      failing(() => (builds += 1) === 1),
    );

    await story.tag(alice, 'vanilla');
    await story.settle();

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([
      'FailedCodebuildException',
    ]);
  });
});
