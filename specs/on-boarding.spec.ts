import { describe, expect, it } from 'vitest';
import {
  CreateAccountCommand,
  MoveAccountCommand,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import {
  alice,
  alphaUnit,
  anAccount,
  bob,
  gammaUnit,
  management,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

const life = ['CreatedAccount', 'AssignedAccount', 'PreparationReport', 'PreparedAccount', 'ReleasedAccount'];

async function createAccount(story: Story, name: string): Promise<string> {
  const { organizations } = story.clients(management, 'us-east-1');
  await organizations.send(new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }));
  await story.settle();
  for await (const { Accounts = [] } of paginateListAccounts({ client: organizations }, {})) {
    const found = Accounts.find((account) => account.Name === name);
    if (found?.Id) return found.Id;
  }
  throw new Error(`${name} has not been created`);
}

async function move(story: Story, account: string, from: string, to: string): Promise<void> {
  const { organizations } = story.clients(management, 'us-east-1');
  const command = new MoveAccountCommand({
    AccountId: account,
    SourceParentId: from,
    DestinationParentId: to,
  });
  await organizations.send(command);
}

/** Managed policies of the role of preparations in Alice's account. */
async function policiesOfBuilds(story: Story) {
  const { iam } = story.clients(alice);
  const RoleName = 'SpaRoleForServerlessComputing';
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.map(({ PolicyName }) => PolicyName);
}

describe('when an account is created, and moved to a managed unit', () => {
  it('is given its holder and its tags, prepared, and released', async () => {
    const story = await tell([]);

    const zoe = await createAccount(story, 'zoe');
    expect(story.account(zoe).tags).toEqual({});
    await move(story, zoe, 'r-ab12', alphaUnit);
    await story.settle();

    expect(story.account(zoe).tags).toEqual({
      'account-state': 'released',
      'account-holder': 'zoe@example.com',
      'cost-center': 'Alpha',
    });
    expect(story.labels(zoe)).toEqual(life);
  });

  it('holds for units nested below a listed one', async () => {
    const story = await tell([anAccount({ unit: 'r-ab12' })]);

    await move(story, alice, 'r-ab12', 'ou-nested');
    await story.settle();

    expect(story.account(alice).state).toBe('released');
    expect(story.account(alice).tags['cost-center']).toBe('Alpha');
  });
});

describe('when an account is created that the settings list by its number', () => {
  it('is on-boarded under the root, without any move', async () => {
    const settings = settingsOf({
      accounts: [{ identifier: '700000000001', preparation: { feature: 'enabled' } }],
    });
    const story = await tell([], { settings });

    const zoe = await createAccount(story, 'zoe');

    expect(zoe).toBe('700000000001');
    expect(story.account(zoe).state).toBe('released');
  });
});

describe('when an operator tags an account vanilla', () => {
  it('keeps the holder who is there, and removes obsolete tags', async () => {
    const settings = settingsOf({
      defaults: { unset_tags: ['CostCenter', 'cost-center'], preparation: { feature: 'enabled' } },
    });
    const story = await tell(
      [anAccount({ tags: { 'account-holder': 'eve@example.com', CostCenter: 'old', note: 'mine' } })],
      {
        settings,
      },
    );

    await story.tag(alice, 'vanilla');
    await story.settle();

    expect(story.account(alice).tags).toEqual({
      'account-state': 'released',
      'account-holder': 'eve@example.com',
      'cost-center': 'Alpha',
      note: 'mine',
    });
  });

  it('is prepared by a build of its own account, with what the contract puts there', async () => {
    const story = await tell([anAccount()]);

    await story.tag(alice, 'vanilla');
    await story.settle();

    const { iam, events, sns } = story.clients(alice);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'SpaRoleForServerlessComputing' }));
    expect(Role?.Tags).toContainEqual({ Key: 'origin', Value: 'SustainablePersonalAccounts' });
    expect(await policiesOfBuilds(story)).toEqual([]);
    const { Rules = [] } = await events.send(new ListRulesCommand({}));
    expect(Rules.map(({ Name }) => Name)).toEqual([
      'SpaEventsRuleForCodebuild',
      'SpaEventsRuleForConsoleLogin',
    ]);
    const { Targets = [] } = await events.send(
      new ListTargetsByRuleCommand({ Rule: 'SpaEventsRuleForCodebuild' }),
    );
    expect(Targets).toMatchObject([
      { Id: 'SpaPhoneHome', Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/default' },
    ]);
    const TopicArn = `arn:aws:sns:eu-west-1:${alice}:SpaAlertTopic`;
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toMatchObject([
      { Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-1:123456789012:SpaTestAlerts' },
    ]);
  });

  it('is prepared by an administrator, where the settings say so', async () => {
    const settings = settingsOf({ worker: { preparation_with_administrator_access: true } });
    const story = await tell([anAccount()], { settings });

    await story.tag(alice, 'vanilla');
    await story.settle();

    expect(await policiesOfBuilds(story)).toEqual(['AdministratorAccess']);
  });

  it('goes straight to its holder, where the preparation is disabled', async () => {
    const settings = settingsOf({ organizational_units: [{ identifier: alphaUnit }] });
    const story = await tell([anAccount()], { settings });

    await story.tag(alice, 'vanilla');
    await story.settle();

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice)).toEqual(['CreatedAccount', 'AssignedAccount', 'ReleasedAccount']);
  });
});

describe('when accounts are none of ours', () => {
  it('leaves those outside of managed units as they are', async () => {
    const story = await tell([anAccount({ unit: 'ou-outside' })]);

    await story.tag(alice, 'vanilla');
    await story.settle();
    await story.tag(alice, 'expired');
    await story.pass(180);

    expect(story.account(alice).tags).toEqual({ 'account-state': 'expired' });
    expect(story.told).toEqual([]);
  });

  it('skips those that are suspended', async () => {
    const story = await tell([anAccount({ state: 'SUSPENDED' })]);

    await story.tag(alice, 'vanilla');
    await story.pass(180);

    expect(story.account(alice).state).toBe('vanilla');
    expect(story.told).toEqual([]);
  });
});

describe('when nobody has noticed an account of a managed unit', () => {
  it('is on-boarded by the sweep', async () => {
    const story = await tell([anAccount()]);

    await story.pass(90);
    await story.settle();

    expect(story.account(alice).state).toBe('released');
  });
});

describe('when an account moves from one managed unit to another', () => {
  it('gets the tags of its new unit, and is prepared again, without a second on-boarding', async () => {
    const story = await tell([anAccount()]);
    await story.tag(alice, 'vanilla');
    await story.settle();

    await move(story, alice, alphaUnit, gammaUnit);
    await story.settle();

    expect(story.account(alice).tags['cost-center']).toBe('Gamma');
    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice)).toEqual([...life, ...life.slice(1)]);
  });

  it('waits for the build that runs, and prepares it once more afterwards', async () => {
    const story = await tell([anAccount()]);
    await story.tag(alice, 'vanilla');
    await story.pass(0.5);
    expect(story.account(alice).state).toBe('assigned');

    await move(story, alice, alphaUnit, gammaUnit);
    await story.settle();

    expect(story.account(alice).tags['cost-center']).toBe('Gamma');
    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice).filter((label) => label === 'PreparationReport')).toHaveLength(2);
  });
});

describe('when a build cannot begin because the role cannot be assumed', () => {
  it('tells people once, tries three times, and leaves the account to them', async () => {
    const story = await tell([anAccount(), anAccount({ id: bob, name: 'Bob', email: 'bob@example.com' })]);
    const { iam } = story.clients(alice);
    const { DetachRolePolicyCommand, DeleteRoleCommand } = await import('@aws-sdk/client-iam');
    const RoleName = 'AWSControlTowerExecution';
    await iam.send(
      new DetachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    );
    await iam.send(new DeleteRoleCommand({ RoleName }));

    await story.tag(alice, 'vanilla');
    await story.tag(bob, 'vanilla');
    await story.pass(240);
    await story.settle();

    expect(story.account(bob).state).toBe('released');
    expect(story.account(alice).state).toBe('assigned');
    const exceptions = story.labels(alice).filter((label) => label.endsWith('Exception'));
    expect(exceptions).toEqual(['FailedCodebuildException', 'FailedOnBoardingException']);
  });
});
