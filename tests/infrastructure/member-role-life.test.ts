import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { policyOf, type Grant } from '#infrastructure/grants.ts';
import { memberGrants } from '#infrastructure/member-grants.ts';
import { clientsOf } from '#local/account-clients.ts';
import { countByState, managedAccountsOf } from '#local/managed-accounts.ts';
import { openWorld } from '#local/open-world.ts';
import { onboardAll, openWindowByHand, settle } from '#local/run-until-idle.ts';
import { alice, anAccount, aWorld, settingsOf } from '#tests/worlds.ts';

const settings = settingsOf();
const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * An organization with one account, whose role may do what is given and nothing else. Builds have been administrators
 * there, as earlier versions had it.
 */
async function openWorldWith(grants: readonly Grant[]) {
  const world = await openWorld({ settings, world: aWorld([anAccount()]) });
  const { iam } = clientsOf(world.cloud, alice, 'eu-west-1');
  const builds = { RoleName: 'SpaRoleForServerlessComputing' };
  await iam.send(new CreateRoleCommand({ ...builds, AssumeRolePolicyDocument: trust }));
  await iam.send(new AttachRolePolicyCommand({ ...builds, PolicyArn }));
  const RoleName = settings.automation.memberRoleName;
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  const PolicyDocument = JSON.stringify(policyOf(grants));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Needs', PolicyDocument }));
  await world.cloud.clock.runUntilIdle(world.cloud.clock.now() + 60_000);
  return world;
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** On-boarding, then one maintenance window. */
async function live(grants: readonly Grant[]) {
  const world = await openWorldWith(grants);
  await onboardAll(world);
  await settle(world);
  await openWindowByHand(world);
  await settle(world);
  return countByState(managedAccountsOf(world));
}

const all = memberGrants({ account: alice, region: 'eu-west-1' });

/** The grants without one action. */
const without = (action: string) =>
  all
    .map((grant) => ({ ...grant, actions: grant.actions.filter((one) => one !== action) }))
    .filter(({ actions }) => actions.length > 0);

describe('the permissions of the role in a member account', () => {
  it('are enough for the whole life of the account', async () => {
    expect(await live(all)).toEqual({ released: 1 });
  });

  it.each(['iam:PassRole', 'iam:DetachRolePolicy', 'events:PutTargets', 'codebuild:StartBuild'])(
    'are not enough without %s',
    async (action) => {
      expect(await live(without(action))).not.toEqual({ released: 1 });
    },
  );
});
