import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { accountId, type AccountId } from '#domain/account.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { member } from '#events/shape.ts';
import { managementGrants, policyOf } from '#infrastructure/grants.ts';
import { installSystem } from '#local/install-system.ts';
import { playFunctions } from '#local/play-functions.ts';
import {
  alice,
  alphaUnit,
  anAccount,
  aReleasedAccount,
  automation,
  bob,
  gammaUnit,
  management,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

const anotherAccount = accountId('123456789013');
const enabled = { preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } };

/** Another system in the organization, in the given automation account, with states under the given tags. */
const otherSettings = (account: AccountId, units: readonly string[], prefix: string): Settings =>
  settingsOf({
    environment_identifier: 'SpaOther',
    automation: {
      account_id: account,
      region: 'eu-west-1',
      role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/OtherManagementRole`,
    },
    features: { with_tag_prefix: prefix },
    organizational_units: units.map((identifier) => ({ identifier, ...enabled })),
  });

async function installBeside({ cloud }: Story, settings: Settings): Promise<void> {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${settings.automation.accountId}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  cloud.iam.createRole({
    account: management,
    name: 'OtherManagementRole',
    trust: JSON.stringify(trust),
    inlinePolicies: { Needs: JSON.stringify(policyOf(managementGrants(settings.automation))) },
  });
  playFunctions(cloud, settings, {
    write: () => {},
    sendWeb: () => Promise.reject(new Error('nobody is there')),
    fetchPage: () => Promise.reject(new Error('nothing is there')),
  });
  await installSystem(cloud, settings);
}

/** Two systems: the one of the story for Alpha, and another one for the given units, with tags of its own unless given. */
async function twoSystems(account: AccountId, units: readonly string[], prefix = 'other-'): Promise<Story> {
  const settings = settingsOf({ organizational_units: [{ identifier: alphaUnit, ...enabled }] });
  const others = anAccount({ id: anotherAccount, name: 'Other automation', unit: 'r-ab12' });
  const alices = aReleasedAccount({ tags: { [`${prefix}state`]: 'released' } });
  const bobs = anAccount({ id: bob, unit: gammaUnit, tags: { [`${prefix}state`]: 'released' } });
  const story = await tell([others, alices, bobs], { settings });
  await installBeside(story, otherSettings(account, units, prefix));
  return story;
}

/** Labels of what one system has told about an account. */
const toldBy = (environment: string, account: string, story: Story) =>
  story.told
    .filter(({ detail }) => member(detail, 'Environment') === environment)
    .filter(({ detail }) => member(detail, 'Account') === account)
    .map(({ label }) => label);

const cycle = [
  'ExpiredAccount',
  'PurgeReport',
  'PurgedAccount',
  'AssignedAccount',
  'PreparationReport',
  'PreparedAccount',
  'ReleasedAccount',
];

describe.each([
  ['an automation account of its own', anotherAccount],
  ['the same automation account', automation],
] as const)('when another system of the organization lives in %s', (_, account) => {
  it('leads each account through the window of its own system only', async () => {
    const story = await twoSystems(account, [gammaUnit]);

    await story.invoke('OnMaintenanceWindow');

    // Told at least once: two systems in one account both have the events of the organization forwarded there.
    expect([...new Set(toldBy('SpaTest', alice, story))]).toEqual(cycle);
    expect(toldBy('SpaOther', alice, story)).toEqual([]);
    expect(story.told.filter(({ detail }) => member(detail, 'Account') === bob)).toEqual([]);
    expect(story.account(alice).tags).toMatchObject({
      'account-state': 'released',
      'other-state': 'released',
    });
    expect(story.account(bob).tags).toEqual({ 'other-state': 'released' });
  });

  it('brings the accounts of a unit that both have through both windows, at the same time', async () => {
    const story = await twoSystems(account, [alphaUnit, gammaUnit]);

    await openWindow('SpaTest', automation, story);
    await openWindow('SpaOther', account, story);
    await story.pass(120);

    expect(story.account(alice).tags).toMatchObject({
      'account-state': 'released',
      'other-state': 'released',
    });
    expect(toldBy('SpaTest', alice, story).at(-1)).toBe('ReleasedAccount');
    expect(toldBy('SpaOther', alice, story).at(-1)).toBe('ReleasedAccount');
    expect(story.account(bob).tags).toMatchObject({ 'other-state': 'released' });
    expect(story.told.filter(({ label }) => label.endsWith('Exception'))).toEqual([]);
  });
});

describe('when two systems in one automation account write the same tags', () => {
  it('leads each account through the window of its own system only', async () => {
    const story = await twoSystems(automation, [gammaUnit], 'account-');

    await openWindow('SpaTest', automation, story);
    await openWindow('SpaOther', automation, story);
    await story.pass(10);

    expect([...new Set(toldBy('SpaTest', alice, story))]).toEqual(cycle);
    expect([...new Set(toldBy('SpaOther', bob, story))]).toEqual(cycle);
    expect(toldBy('SpaTest', bob, story)).toEqual([]);
    expect(toldBy('SpaOther', alice, story)).toEqual([]);
  });
});

async function openWindow(environment: string, account: AccountId, story: Story): Promise<void> {
  const FunctionName = `${environment}OnMaintenanceWindow`;
  await story.clients(account).lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
}
