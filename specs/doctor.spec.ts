import {
  DisableRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-eventbridge';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteFunctionCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { ListSubscriptionsByTopicCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { Diagnosis } from '#domain/doctor/diagnosis.ts';
import { consult, managementProfile, notWell } from '#tests/doctor/consult.ts';
import {
  alice,
  alphaUnit,
  anAccount,
  aReleasedAccount,
  automation,
  aWorld,
  bob,
  gammaUnit,
  management,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

const carol = accountId('200000000002');
const bothUnits = [aReleasedAccount(), aReleasedAccount({ id: bob, unit: gammaUnit })];
const withProfile = { profiles: [managementProfile] };
const centralBus = `arn:aws:events:eu-west-1:${automation}:event-bus/default`;

/** One visit that several sentences are about. */
function visited(open: () => Promise<Readonly<Record<string, Diagnosis>>>) {
  let diagnoses: Readonly<Record<string, Diagnosis>> = {};
  beforeAll(async () => {
    diagnoses = await open();
  });
  return (name: string): Diagnosis | undefined => diagnoses[name];
}

describe('when nothing is wrong', () => {
  it('finds nothing, with credentials of both accounts', async () => {
    const story = await tell(bothUnits);
    story.cloud.identityCenter.enable('us-east-1');
    story.cloud.identityCenter.admit({ email: 'alice@example.com', accounts: [alice, bob] });

    expect(notWell(await consult(story, withProfile))).toEqual([]);
  });

  it('says what it could not see from the automation account, and how it could', async () => {
    const story = await tell(bothUnits);

    const diagnoses = await consult(story);

    expect(notWell(diagnoses)).toEqual(['forwarding: unseen', 'holders: unseen']);
    expect(diagnoses['forwarding']).toEqual({
      status: 'unseen',
      found: 'not looked at: that needs credentials of management account 111111111111',
      remedy: 'add --with-profile, or look again with these',
    });
  });

  it('takes no more calls for more accounts than their lists do', async () => {
    const callsFor = async (count: number) => {
      const calls: string[] = [];
      const accounts = Array.from({ length: count }, (_, index) =>
        aReleasedAccount({
          id: accountId(String(300_000_000_000 + index)),
          unit: index % 2 ? alphaUnit : gammaUnit,
        }),
      );
      const story = await tell(accounts, {
        observe: (service, { operation, origin }) =>
          void (origin === 'client' && calls.push(`${service}.${operation}`)),
      });
      const before = calls.length;
      await consult(story);
      return calls.slice(before);
    };

    const [few, many] = [await callsFor(10), await callsFor(210)];

    const lists = (calls: readonly string[]) =>
      calls.filter((call) => /ListAccounts|GetResources/.test(call)).length;
    expect(lists(few)).toBe(2);
    expect(lists(many)).toBe(11 + 3);
    expect(many.length - lists(many)).toBe(few.length - lists(few));
  });
});

describe('when parts of the deployment are broken', () => {
  const told = visited(async () => {
    const settings = settingsOf({
      automation: {
        account_id: automation,
        region: 'eu-west-1',
        role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/SpaAccountsManagementRole`,
        maintenance_window_expression: 'cron(0 18 ? * SAT *)',
      },
      features: { with_email_subscriptions_on_alerts: ['ops@example.com', 'deaf@example.com'] },
    });
    const story = await tell(bothUnits, { settings });
    const { lambda, events, dynamodb, ssm, sqs, sns } = story.clients();
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'SpaTestOnException' }));
    await events.send(new DisableRuleCommand({ Name: 'SpaTestOnExpiredAccount' }));
    await events.send(
      new PutRuleCommand({ Name: 'SpaTestOnMaintenanceWindow', ScheduleExpression: 'rate(1 day)' }),
    );
    await events.send(
      new PutRuleCommand({ Name: 'SpaTestOnVanillaAccount', EventPattern: '{"source":["other"]}' }),
    );
    await events.send(new RemovePermissionCommand({ StatementId: 'Organization' }));
    const FunctionName = 'SpaTestOnAssignedAccountFromQueue';
    const { EventSourceMappings = [] } = await lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName }),
    );
    await lambda.send(
      new UpdateEventSourceMappingCommand({ UUID: EventSourceMappings[0]?.UUID, Enabled: false }),
    );
    await dynamodb.send(new DeleteTableCommand({ TableName: 'SpaTestProgressTable' }));
    await ssm.send(new DeleteParameterCommand({ Name: '/SpaTest/PurgeBuildspecTemplate' }));
    const { QueueUrl } = await sqs.send(
      new GetQueueUrlCommand({ QueueName: 'SpaTestOnExpiredAccountDeadLetters' }),
    );
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    const TopicArn = `arn:aws:sns:eu-west-1:${automation}:SpaTestExceptions`;
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const deaf = Subscriptions.find(({ Endpoint }) => Endpoint === 'deaf@example.com');
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: deaf?.SubscriptionArn }));
    return consult(story);
  });
  const redeploy = 'run npx spa deploy with credentials of account 123456789012';

  it('names the functions that are missing', () => {
    expect(told('functions')).toMatchObject({ status: 'finding', remedy: redeploy });
    expect(told('functions')?.found).toMatch(/^missing of \d+ functions: SpaTestOnException$/);
  });

  it.each([
    'rule SpaTestOnExpiredAccount is disabled',
    'rule SpaTestOnMaintenanceWindow runs at rate(1 day) and not at cron(0 18 ? * SAT *)',
    'rule SpaTestOnVanillaAccount chooses other events',
    'the queue of SpaTestOnAssignedAccountFromQueue does not feed it',
  ])('sees that %s', (found) => {
    expect(told('triggers')?.status).toBe('finding');
    expect(told('triggers')?.found).toContain(found);
  });

  it('sees that the bus lets nobody in', () => {
    expect(told('bus-policy')).toMatchObject({ status: 'finding', remedy: redeploy });
  });

  it('names the table that is missing', () => {
    expect(told('stores')).toEqual({
      status: 'finding',
      found: 'SpaTestProgressTable is missing',
      remedy: redeploy,
    });
  });

  it('names the parameter that is missing', () => {
    expect(told('settings')?.found).toContain('parameter /SpaTest/PurgeBuildspecTemplate is missing');
  });

  it('counts messages that were given up', () => {
    expect(told('dead-letters')).toMatchObject({
      status: 'finding',
      found: '1 message in SpaTestOnExpiredAccountDeadLetters',
    });
  });

  it('names who is not told of exceptions', () => {
    expect(told('subscribers')?.status).toBe('hint');
    expect(told('subscribers')?.found).toContain('deaf@example.com');
    expect(told('subscribers')?.found).not.toContain('ops@example.com');
  });

  it('leaves alone what is well', () => {
    for (const name of [
      'credentials',
      'management-role',
      'organization',
      'variables',
      'items',
      'member-role',
    ]) {
      expect(told(name)?.status).toBe('ok');
    }
  });
});

describe('when the settings file is not what is deployed', () => {
  it('names what differs', async () => {
    const story = await tell(bothUnits);
    const unit = { identifier: alphaUnit, account_tags: { 'cost-center': 'Other' } };
    const settings = settingsOf({
      organizational_units: [unit],
      accounts: [{ identifier: alice, note: 'new' }],
      features: { with_tag_prefix: 'other-' },
    });

    const diagnoses = await consult(story, { settings });

    expect(diagnoses['settings']).toMatchObject({
      status: 'finding',
      remedy: 'run npx spa deploy with credentials of account 123456789012',
    });
    for (const difference of ['tagPrefix', `unit ${alphaUnit}`, `unit ${gammaUnit}`, `account ${alice}`]) {
      expect(diagnoses['settings']?.found).toContain(difference);
    }
    expect(diagnoses['variables']?.found).toMatch(/TAG_PREFIX of \d+ functions/);
    expect(diagnoses['items']?.found).toContain(`parameter /SpaTest/Accounts/${alice} is missing`);
    expect(diagnoses['triggers']?.status).toBe('finding');
  });

  it('takes an empty account for one where nothing is deployed', async () => {
    const story = await tell(bothUnits);

    const diagnoses = await consult(story, { settings: settingsOf({ environment_identifier: 'SpaNew' }) });

    expect(diagnoses['functions']?.found).toBe('nothing is deployed: no function is there');
    expect(diagnoses['settings']?.found).toBe('no settings are deployed');
  });
});

describe('when events of the organization are not forwarded', () => {
  const rule = 'SpaTestOrganizationEvents';

  it.each([
    [
      'the rule is disabled',
      new DisableRuleCommand({ Name: rule }),
      'enable-rule --region us-east-1 --name SpaTestOrganizationEvents',
    ],
    [
      'the rule chooses too few of them',
      new PutRuleCommand({
        Name: rule,
        EventPattern:
          '{"source":["aws.organizations"],"detail":{"eventName":["MoveAccount","CreateAccountResult"]}}',
      }),
      'npx spa deploy',
    ],
    [
      'the rule sends them elsewhere',
      new PutTargetsCommand({
        Rule: rule,
        Targets: [
          {
            Id: 'AutomationAccount',
            Arn: centralBus.replace('eu-west-1', 'eu-west-3'),
            RoleArn: `arn:aws:iam::${management}:role/${rule}`,
          },
        ],
      }),
      'npx spa deploy with credentials of account 111111111111',
    ],
  ])('finds it when %s', async (_, command, remedy) => {
    const story = await tell(bothUnits);
    await story.clients(management, 'us-east-1').events.send(command as PutRuleCommand);

    const { forwarding } = await consult(story, withProfile);

    expect(forwarding?.status).toBe('finding');
    expect(forwarding?.remedy).toContain(remedy);
  });
});

describe('when the settings name what the organization does not have', () => {
  const told = visited(async () => {
    const suspended = anAccount({ id: carol, state: 'SUSPENDED' });
    const log = aReleasedAccount({ id: accountId('200000000009'), name: 'Log archive' });
    const story = await tell([], { world: aWorld([aReleasedAccount(), suspended, log]) });
    const settings = settingsOf({
      automation: {
        account_id: automation,
        region: 'eu-west-1',
        role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/SpaAccountsManagementRole`,
        protected_accounts: ['200000000009'],
      },
      organizational_units: [{ identifier: alphaUnit }, { identifier: gammaUnit }, { identifier: 'ou-gone' }],
      accounts: [{ identifier: alice }, { identifier: '200000000077' }],
    });
    const rows = { '200000000088': { accountTags: { color: 'red' } } };
    return consult(story, { settings: { ...settings, book: { ...settings.book, rows } } });
  });

  it('names the accounts, and where they are listed', () => {
    expect(told('listed-accounts')).toMatchObject({ status: 'finding' });
    expect(told('listed-accounts')?.found).toBe(
      'the organization has no such account: 200000000077 in accounts; 200000000088 in CSV files',
    );
  });

  it('tells units that do not exist from those that are empty', () => {
    expect(told('listed-units')).toMatchObject({
      status: 'finding',
      found: 'the organization has no such unit: ou-gone',
    });
    expect(told('empty-units')).toMatchObject({ status: 'hint', found: `no account is in ${gammaUnit}` });
  });

  it('points to accounts that are suspended, or protected inside of a managed unit', () => {
    expect(told('inactive-accounts')).toMatchObject({ status: 'hint' });
    expect(told('inactive-accounts')?.found).toContain(carol);
    expect(told('protected-accounts')).toMatchObject({ status: 'hint' });
    expect(told('protected-accounts')?.found).toContain('200000000009');
  });
});

describe('when accounts cannot be worked in', () => {
  it('names those that do not let the member role in', async () => {
    const story = await tell(bothUnits);
    const { iam } = story.clients(bob);
    const RoleName = 'AWSControlTowerExecution';
    await iam.send(
      new DetachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    );
    await iam.send(new DeleteRoleCommand({ RoleName }));

    const diagnoses = await consult(story);

    expect(diagnoses['member-role']).toMatchObject({
      status: 'finding',
      found: `AWSControlTowerExecution cannot be taken in ${bob}`,
    });
    expect(diagnoses['build-quota']).toEqual({ status: 'ok', found: 'builds may run in 1 account' });
  });

  it('names those where AWS lets no build run, and the request to make', async () => {
    const story = await tell(bothUnits);
    story.cloud.serviceQuotas.apply({ account: bob, region: 'eu-west-1', code: 'L-9D07B6EF', value: 0 });

    const { 'build-quota': quota } = await consult(story);

    expect(quota).toMatchObject({ status: 'finding', found: `no build may run in ${bob}` });
    expect(quota?.remedy).toContain(
      'aws service-quotas request-service-quota-increase --service-code codebuild --quota-code L-9D07B6EF --desired-value 1 --region eu-west-1',
    );
  });

  it('looks into no more accounts than it is told to', async () => {
    const story = await tell(bothUnits);
    story.cloud.serviceQuotas.apply({ account: bob, region: 'eu-west-1', code: 'L-9D07B6EF', value: 0 });

    const one = await consult(story, { sampleSize: 1 });
    const none = await consult(story, { sampleSize: 0 });

    expect(one['build-quota']).toEqual({ status: 'ok', found: 'builds may run in 1 account' });
    expect(none['member-role']?.status).toBe('ok');
  });

  it('names holders who are unknown to Identity Center, or not assigned to their account', async () => {
    const dave = aReleasedAccount({ id: carol, tags: { 'account-holder': 'dave@example.com' } });
    const story = await tell([...bothUnits, dave]);
    story.cloud.identityCenter.enable('eu-west-1');
    story.cloud.identityCenter.admit({ email: 'alice@example.com', accounts: [alice] });

    const { holders } = await consult(story, withProfile);

    expect(holders).toMatchObject({ status: 'finding' });
    expect(holders?.found).toContain('dave@example.com is not known');
    expect(holders?.found).toContain(`alice@example.com is not assigned to ${bob}`);
    expect(holders?.found).not.toContain(`assigned to ${alice}`);
  });
});

describe('when the management role lets functions in, and nobody else', () => {
  const trusting = (arn: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${automation}:root` },
          Action: 'sts:AssumeRole',
          Condition: { ArnLike: { 'aws:PrincipalArn': arn } },
        },
      ],
    });

  async function storyWithTrust(policy: string): Promise<Story> {
    const story = await tell(bothUnits);
    const RoleName = 'SpaAccountsManagementRole';
    const { iam } = story.clients(management);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: policy }));
    // IAM takes a while to tell everybody.
    await story.pass(1);
    return story;
  }

  /** Functions work on the simulated clock, which has to go on while the doctor asks one. */
  async function consultWhileTimePasses(story: Story) {
    let isDone = false;
    const consultation = consult(story).finally(() => (isDone = true));
    while (!isDone) {
      await story.settle();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return consultation;
  }

  it('asks a function', async () => {
    const story = await storyWithTrust(trusting(`arn:aws:iam::${automation}:role/SpaTest*`));

    const diagnoses = await consultWhileTimePasses(story);

    expect(diagnoses['management-role']?.status).toBe('ok');
    expect(diagnoses['management-role']?.found).toContain('functions take');
    expect(diagnoses['management-role']?.found).toContain('2 managed accounts');
    expect(diagnoses['member-role']?.status).toBe('unseen');
  });

  it('tells what the function tells', async () => {
    const story = await storyWithTrust(trusting(`arn:aws:iam::${automation}:role/SpaOther*`));

    const { 'management-role': role } = await consultWhileTimePasses(story);

    expect(role).toMatchObject({
      status: 'finding',
      remedy: 'run npx spa deploy with credentials of account 111111111111',
    });
    expect(role?.found).toContain('cannot be assumed');
  });

  it('reads whom it trusts, with credentials of the management account', async () => {
    const open = await storyWithTrust(trusting(`arn:aws:iam::${automation}:role/SpaTest*`));
    const shut = await storyWithTrust(trusting(`arn:aws:iam::${automation}:role/SpaOther*`));

    const [trusted, untrusted] = [await consult(open, withProfile), await consult(shut, withProfile)];

    expect(trusted['management-role']?.status).toBe('ok');
    expect(untrusted['management-role']?.status).toBe('finding');
    expect(untrusted['management-role']?.found).toContain('does not trust the functions');
    expect(trusted['member-role']?.status).toBe('ok');
  });
});

describe('when there are several systems in one organization', () => {
  const put = async (story: Story, name: string, Value: string) =>
    story.clients().ssm.send(new PutParameterCommand({ Name: name, Value, Type: 'String' }));

  async function putBook(story: Story, environment: string, book: object) {
    const pointer = { bucket: `cdk-hnb659fds-assets-${automation}-eu-west-1`, key: `${environment}.json` };
    const Body = JSON.stringify(book);
    await story.clients().s3.send(new PutObjectCommand({ Bucket: pointer.bucket, Key: pointer.key, Body }));
    await put(story, `/${environment}/Settings`, JSON.stringify(pointer));
  }

  it('names the accounts that another one manages too', async () => {
    const story = await tell(bothUnits);
    await putBook(story, 'SpaOther', {
      units: { [gammaUnit]: {} },
      accounts: {},
      rows: {},
      protectedAccounts: [],
    });

    const { 'other-systems': other } = await consult(story);

    expect(other?.status).toBe('finding');
    expect(other?.found).toBe(`SpaOther manages 1 account (${bob}, in ${gammaUnit}) too`);
    expect(other?.remedy).toContain('one environment only');
  });

  it('reads the parameters of older systems, which have no book', async () => {
    const story = await tell(bothUnits);
    await put(story, `/SpaBeta/Accounts/${alice}`, '{}');
    await put(story, '/SpaGamma/OrganizationalUnits/ou-outside', '{}');

    const { 'other-systems': other } = await consult(story);

    expect(other?.found).toBe(`SpaBeta manages 1 account (${alice}, in ${alphaUnit}) too`);
  });

  it('is content where they share nothing', async () => {
    const story = await tell(bothUnits);
    const protectedAccounts = [bob];
    await putBook(story, 'SpaOther', {
      units: { [gammaUnit]: {} },
      accounts: {},
      rows: {},
      protectedAccounts,
    });
    await put(story, '/cdk-bootstrap/hnb659fds/version', '21');
    await put(story, '/broken/Settings', 'no pointer');

    const { 'other-systems': other } = await consult(story);

    expect(other).toEqual({ status: 'ok', found: 'shares no account with SpaOther and broken' });
  });

  it('points to another bus that hears of the organization', async () => {
    const story = await tell(bothUnits);
    const { events } = story.clients(management, 'us-east-1');
    const Arn = `arn:aws:events:eu-west-1:${bob}:event-bus/default`;
    await events.send(
      new PutRuleCommand({ Name: 'Other', EventPattern: '{"source":["aws.organizations"]}' }),
    );
    await events.send(
      new PutTargetsCommand({
        Rule: 'Other',
        Targets: [{ Id: '1', Arn, RoleArn: `arn:aws:iam::${management}:role/R` }],
      }),
    );

    const { 'other-systems': other, forwarding } = await consult(story, withProfile);

    expect(other?.status).toBe('hint');
    expect(other?.found).toContain(Arn);
    expect(forwarding?.status).toBe('ok');
  });
});

describe('when people would not be told', () => {
  it('names the address that SES does not know, and a response plan that is not there', async () => {
    const story = await tell(bothUnits);
    const settings = settingsOf({
      features: {
        with_origin_email_recipient: 'Accounts <spa@example.com>',
        with_cost_email_recipients: ['boss@example.com'],
        with_response_plan_arn: `arn:aws:ssm-incidents::${automation}:response-plan/Plan`,
      },
    });

    const { mail, incidents } = await consult(story, { settings });

    expect(mail).toMatchObject({ status: 'finding' });
    expect(mail?.found).toContain('spa@example.com is not verified');
    expect(mail?.remedy).toContain(
      'aws sesv2 create-email-identity --email-identity spa@example.com --region eu-west-1',
    );
    expect(incidents).toMatchObject({ status: 'finding' });
    expect(incidents?.found).toContain('Incident Manager is not enabled');
  });
});

describe('when credentials are not what they should be', () => {
  it('finds that they belong elsewhere, and looks at nothing', async () => {
    const story = await tell(bothUnits);

    const diagnoses = await consult(story, {
      credentials: { accessKeyId: `LOCAL${bob}`, secretAccessKey: 'local' },
    });

    expect(diagnoses['credentials']).toMatchObject({ status: 'finding' });
    expect(diagnoses['credentials']?.found).toContain(`account ${bob}, which has no part here`);
    const { credentials: _, mail: __, ...others } = diagnoses;
    expect(new Set(Object.values(others).map(({ status }) => status))).toEqual(new Set(['unseen']));
  });

  it('finds that there are none', async () => {
    const story = await tell(bothUnits);
    const credentials = async () => {
      throw Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
    };

    const { credentials: found } = await consult(story, { credentials });

    expect(found).toMatchObject({ status: 'finding' });
    expect(found?.remedy).toContain('aws sso login');
  });

  it('finds a profile that is good for nothing here', async () => {
    const story = await tell(bothUnits);

    const { credentials } = await consult(story, { profiles: ['nobody'] });

    expect(credentials).toMatchObject({ status: 'finding' });
    expect(credentials?.found).toContain('profile nobody');
  });

  it('looks at all that it is allowed to, and says what it is not', async () => {
    const story = await tell(bothUnits);
    const denied = ['lambda:*', 'sqs:*', 'ssm:DescribeParameters'];
    story.cloud.iam.createRole({
      account: automation,
      name: 'Reader',
      trust: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${automation}:root` },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
      inlinePolicies: {
        Reading: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: '*', Resource: '*' },
            { Effect: 'Deny', Action: denied, Resource: '*' },
          ],
        }),
      },
    });
    await story.settle();
    const role = `arn:aws:iam::${automation}:role/Reader`;
    const by = { account: automation, arn: `arn:aws:iam::${automation}:user/administrator`, userId: 'AIDA' };
    const credentials = story.cloud.identity.assume(role, 'somebody', by, { seconds: 3600, clock: 'real' });

    const diagnoses = await consult(story, { credentials });

    for (const name of ['functions', 'variables', 'triggers', 'dead-letters', 'other-systems']) {
      expect(diagnoses[name], name).toMatchObject({ status: 'unseen' });
      expect(diagnoses[name]?.found).toContain('AccessDenied');
    }
    for (const name of [
      'management-role',
      'organization',
      'settings',
      'bus-policy',
      'member-role',
      'stores',
    ]) {
      expect(diagnoses[name], name).toMatchObject({ status: 'ok' });
    }
  });
});

describe('when the settings are those of another organization', () => {
  it('names the management account that it has', async () => {
    const story = await tell(bothUnits);
    const settings = settingsOf({
      automation: {
        account_id: automation,
        region: 'eu-west-1',
        role_arn_to_manage_accounts: 'arn:aws:iam::999999999999:role/SpaAccountsManagementRole',
      },
    });

    const { organization } = await consult(story, { settings });

    expect(organization).toMatchObject({ status: 'finding' });
    expect(organization?.found).toContain('is 111111111111, and not 999999999999');
  });
});
