import { DisableRuleCommand, PutRuleCommand, RemovePermissionCommand } from '@aws-sdk/client-eventbridge';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteFunctionCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { ListSubscriptionsByTopicCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand } from '@aws-sdk/client-ssm';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { Diagnosis } from '#domain/doctor/diagnosis.ts';
import { consult, managementProfile, notWell } from '#tests/doctor/consult.ts';
import {
  alice,
  alphaUnit,
  aReleasedAccount,
  automation,
  bob,
  gammaUnit,
  management,
  settingsOf,
  tell,
} from '#tests/worlds.ts';

const bothUnits = [aReleasedAccount(), aReleasedAccount({ id: bob, unit: gammaUnit })];
const withProfile = { profiles: [managementProfile] };
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

describe('when people would not be told', () => {
  it.each([
    ['the address', 'spa@example.com', 'ok'],
    ['its domain', 'example.com', 'ok'],
    ['another one', 'other@example.com', 'finding'],
  ])('looks for an address that SES has verified: %s', async (_, verified, status) => {
    const story = await tell(bothUnits);
    story.cloud.ses.verify(verified, { account: automation, region: 'eu-west-1' });
    const settings = settingsOf({ features: { with_origin_email_recipient: 'Accounts <spa@example.com>' } });

    const { mail } = await consult(story, { settings });

    expect(mail?.status).toBe(status);
  });

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
