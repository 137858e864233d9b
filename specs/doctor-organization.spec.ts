import { DisableRuleCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { Diagnosis } from '#domain/doctor/diagnosis.ts';
import { consult, managementProfile } from '#tests/doctor/consult.ts';
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

describe('when events are forwarded otherwise than our stack does', () => {
  it('is content with any rule that lets them through', async () => {
    const story = await tell(bothUnits);
    const EventPattern = JSON.stringify({ account: [management] });
    const rule = new PutRuleCommand({ Name: 'SpaTestOrganizationEvents', EventPattern });
    await story.clients(management, 'us-east-1').events.send(rule);

    const { forwarding } = await consult(story, withProfile);

    expect(forwarding?.status).toBe('ok');
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

  it('sees accounts that only CSV files of the other name', async () => {
    const story = await tell(bothUnits);
    await putBook(story, 'SpaOther', {
      units: {},
      accounts: {},
      rows: { [alice]: {} },
      protectedAccounts: [],
    });

    const { 'other-systems': other } = await consult(story);

    expect(other?.found).toContain(alice);
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
