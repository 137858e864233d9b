import { ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { GetAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import { TagResourceCommand } from '@aws-sdk/client-organizations';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HeldResource } from '#domain/purge/held-resource.ts';
import { simulatePurge } from '#domain/purge/simulate-purge.ts';
import { member } from '#events/shape.ts';
import { buildPrograms, describeWith } from '#tests/purge/build-machine.ts';
import { protectedAccounts } from '#tests/purge/requests.ts';
import { alice, alphaUnit, anAccount, management, settingsOf } from '#tests/worlds.ts';
import { tellForReal, type RealStory } from './real-builds.ts';

const asked = {
  PURGE_MODE: '--force',
  MAXIMUM_AGE: '1w',
  TAG_KEY: 'purge',
  TAG_VALUE: 'me',
  INCLUDED_TYPES: 'EC2Instance EC2Volume SNSTopic S3Bucket',
  PROTECTED_RESOURCES: 'vault-*',
};

const settings = settingsOf({
  organizational_units: [
    {
      identifier: alphaUnit,
      preparation: {
        feature: 'enabled',
        variables: {
          BUDGET_NAME: `It's "hers" $(id)`,
          BUDGET_AMOUNT: 150,
          ALERT_THRESHOLD: 75,
          WITH_START_STOP_EC2_INSTANCES: 'enabled',
          STOP_CRON_EXPRESSION: '0 20 ? * * *',
          ALTERNATE_CONTACT_BILLING: 'Alice;FinOps;finops@example.com;+33 1',
          ALTERNATE_CONTACT_OPERATIONS: 'Bob; Operations; ops@example.com; +33 2',
          ALTERNATE_CONTACT_SECURITY: 'Carol;CISO;ciso@example.com;+33 3',
        },
      },
      purge: { feature: 'enabled', variables: asked },
    },
  ],
});

const resource = { region: 'eu-west-1', created: '2026-11-15', tags: {} };
const held: readonly HeldResource[] = [
  { ...resource, type: 'EC2Instance', id: 'i-old', created: '2026-01-01' },
  { ...resource, type: 'EC2Instance', id: 'i-new' },
  { ...resource, type: 'EC2Volume', id: 'vol-marked', tags: { purge: 'me' } },
  { ...resource, type: 'S3Bucket', id: 'vault-1', created: '2026-01-01' },
  { ...resource, type: 'KinesisStream', id: 'stream', tags: { purge: 'me' } },
  { ...resource, type: 'IAMRole', id: 'AWSControlTowerExecution', created: '2020-01-01', region: 'global' },
];

describeWith(
  [...buildPrograms, 'aws'],
  'when builds run for real, by their own specification and role',
  () => {
    let real: RealStory;
    let first: Prepared;
    let second: Prepared;
    let purgedAt: Date;

    interface Prepared {
      readonly budgets: unknown;
      readonly notifications: unknown;
      readonly subscribers: unknown;
      readonly contacts: readonly unknown[];
    }

    const look = (service: string, operation: string, input: object) =>
      real.story.cloud.operate({ service, operation, input, account: alice, region: 'eu-west-1' });

    async function whatIsThere(): Promise<Prepared> {
      const named = { AccountId: alice, BudgetName: `It's "hers" $(id)` };
      const notifications = member(
        await look('budgets', 'DescribeNotificationsForBudget', named),
        'Notifications',
      );
      const [Notification] = notifications as readonly object[];
      const types = ['BILLING', 'OPERATIONS', 'SECURITY'];
      return {
        budgets: member(await look('budgets', 'DescribeBudgets', { AccountId: alice }), 'Budgets'),
        notifications,
        subscribers: member(
          await look('budgets', 'DescribeSubscribersForNotification', { ...named, Notification }),
          'Subscribers',
        ),
        contacts: await Promise.all(
          types.map((AlternateContactType) =>
            look('account', 'GetAlternateContact', { AlternateContactType }),
          ),
        ),
      };
    }

    beforeAll(async () => {
      real = await tellForReal([anAccount()], { settings }, [Buffer.from('another engine')]);
      const { story } = real;
      await story.tag(alice, 'vanilla');
      await story.settle();
      first = await whatIsThere();

      await story.clients(alice).sns.send(new CreateTopicCommand({ Name: 'news' }));
      const Tags = [{ Key: 'account-holder', Value: 'bob@example.com' }];
      await story
        .clients(management, 'us-east-1')
        .organizations.send(new TagResourceCommand({ ResourceId: alice, Tags }));
      real.held.set(alice, held);
      await story.tag(alice, 'expired');
      await story.settle();
      second = await whatIsThere();
      purgedAt = new Date(story.cloud.clock.now());
    }, 120_000);

    afterAll(() => real.close());

    it('goes through its whole life, the engine that is not the pinned one being refused once', () => {
      expect(real.story.account(alice).state).toBe('released');
      expect(
        real.builds.map(({ project, status }) => `${project.slice('SpaProjectForAccount'.length)} ${status}`),
      ).toEqual(['Preparation 0', 'Purge 1', 'Purge 0', 'Preparation 0']);
      const told = real.story.told.filter(({ label }) => label === 'FailedCodebuildException');
      expect(told.map(({ detail }) => member(detail, 'Payload', 'message'))).toEqual([
        expect.stringContaining('its build ended as FAILED: the engine is not the one that is pinned'),
      ]);
    });

    it('has a budget with threshold and subscribers', () => {
      expect(first.budgets).toMatchObject([
        { BudgetName: `It's "hers" $(id)`, BudgetLimit: { Amount: '150', Unit: 'USD' }, TimeUnit: 'MONTHLY' },
      ]);
      expect(first.notifications).toMatchObject([{ NotificationType: 'ACTUAL', Threshold: 75 }]);
      expect(first.subscribers).toEqual([
        { SubscriptionType: 'EMAIL', Address: 'alice@example.com' },
        { SubscriptionType: 'SNS', Address: `arn:aws:sns:eu-west-1:${alice}:SpaAlertTopic` },
      ]);
    });

    it('has its alternate contacts, and a password policy', async () => {
      const { iam } = real.story.clients(alice);
      const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));

      expect(first.contacts.map((contact) => member(contact, 'AlternateContact', 'EmailAddress'))).toEqual([
        'finops@example.com',
        'ops@example.com',
        'ciso@example.com',
      ]);
      expect(PasswordPolicy).toMatchObject({ MinimumPasswordLength: 14, RequireSymbols: true });
    });

    it('starts and stops its instances on schedules', async () => {
      const { Rules = [] } = await real.story
        .clients(alice)
        .events.send(new ListRulesCommand({ NamePrefix: 'SpaStartStopEc2Instances-' }));

      expect(new Set(Rules.map(({ ScheduleExpression }) => ScheduleExpression))).toEqual(
        new Set(['cron(0 20 ? * * *)', 'cron(0 5 ? * MON-FRI *)']),
      );
      expect(Rules).toHaveLength(2);
    });

    it('is brought up to date by another preparation, and has nothing twice', () => {
      expect(second.budgets).toEqual(first.budgets);
      expect(second.notifications).toEqual(first.notifications);
      expect(second.contacts).toEqual(first.contacts);
      expect(second.subscribers).toContainEqual({ SubscriptionType: 'EMAIL', Address: 'bob@example.com' });
      expect(second.subscribers).toHaveLength(2);
      expect(real.builds.at(-1)?.output).toContain('No changes to deploy');
    });

    it('loses what a simulated purge says, and reports it in the same words', () => {
      const simulated = simulatePurge({
        account: alice,
        variables: asked,
        resources: held,
        protectedAccounts,
        now: purgedAt,
      });

      const left = real.held.get(alice)?.map(({ id }) => id);
      expect(left).toEqual(['i-new', 'vault-1', 'stream', 'AWSControlTowerExecution']);
      expect(left).toEqual(simulated.kept.map(({ id }) => id));
      const reports = real.story.told.filter(({ label }) => label === 'PurgeReport');
      expect(member(reports.at(-1)?.detail, 'Message')).toBe(simulated.report);
    });

    it('has a date put on what has none, but on nothing of ours', () => {
      const stamps = real.beyond.filter((one) => one.startsWith('tagging '));

      expect(stamps).toHaveLength(1);
      expect(stamps[0]).toContain(`"arn:aws:sns:eu-west-1:${alice}:news"`);
      expect(stamps[0]).toMatch(/"spa-first-seen": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/);
      expect(stamps[0]).not.toContain('SpaAlertTopic');
    });

    it('has both reports on its shadow', async () => {
      const shadow = JSON.stringify(await shadowOf());

      expect(shadow).toContain('alert above 75 % to bob@example.com');
      expect(shadow).toContain('Purge (--force) of account 200000000000: 2 deleted');
    });

    async function shadowOf(): Promise<unknown> {
      const { ScanCommand } = await import('@aws-sdk/client-dynamodb');
      const { Items = [] } = await real.story
        .clients()
        .dynamodb.send(new ScanCommand({ TableName: 'SpaTestShadowsTable' }));
      return JSON.parse(Items[0]?.['Value']?.S ?? 'null');
    }
  },
);
