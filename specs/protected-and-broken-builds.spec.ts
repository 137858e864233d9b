import { describe, expect, it } from 'vitest';
import {
  alice,
  alphaUnit,
  aReleasedAccount,
  automation,
  aWorld,
  bob,
  management,
  settingsOf,
  tell,
} from '#tests/worlds.ts';

describe('when an account that must never be touched is called expired', () => {
  const settings = settingsOf({
    automation: {
      account_id: automation,
      region: 'eu-west-1',
      role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/SpaAccountsManagementRole`,
      protected_accounts: [bob],
    },
    organizational_units: [
      {
        identifier: alphaUnit,
        purge: {
          feature: 'enabled',
          variables: { PURGE_MODE: '--force', TAG_KEY: 'purge', TAG_VALUE: 'me' },
        },
      },
    ],
  });

  it.each([
    ['the management account', management],
    ['the automation account', automation],
    ['a protected account', bob],
  ])('starts no build in %s, although it is in a managed unit', async (_, account) => {
    const volume = { account, region: 'eu-west-1', type: 'EC2Volume', id: 'vol-1', tags: { purge: 'me' } };
    const world = aWorld([aReleasedAccount({ id: account })], { resources: [volume] });
    const purges: string[] = [];
    const story = await tell([], {
      settings,
      world,
      async builds({ project }) {
        if (project.endsWith('Purge')) purges.push(project);
        return undefined;
      },
    });

    await story.tag(account, 'expired');
    await story.invoke('OnMaintenanceWindow');
    await story.pass(30);

    expect(purges).toEqual([]);
    expect(story.purge.summary()).toEqual({ deleted: [], planned: [], kept: 0 });
  });
});

describe('when every purge of an account ends badly', () => {
  it.each(['TIMED_OUT', 'FAULT'] as const)(
    'notices that it has ended as %s, tries three times, and gives the account back',
    async (status) => {
      let purges = 0;
      const story = await tell([aReleasedAccount()], {
        async builds({ project }) {
          if (!project.endsWith('Purge')) return undefined;
          purges += 1;
          return status;
        },
      });

      await story.tag(alice, 'expired');
      await story.settle();

      expect(purges).toBe(3);
      expect(story.account(alice).state).toBe('released');
      expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([
        'FailedCodebuildException',
        'FailedMaintenanceException',
      ]);
    },
  );
});
