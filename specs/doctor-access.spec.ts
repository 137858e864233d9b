import {
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { consult, managementProfile } from '#tests/doctor/consult.ts';
import {
  alice,
  aReleasedAccount,
  automation,
  bob,
  gammaUnit,
  management,
  tell,
  type Story,
  alphaUnit,
  settingsOf,
} from '#tests/worlds.ts';

const carol = accountId('200000000002');
const bothUnits = [aReleasedAccount(), aReleasedAccount({ id: bob, unit: gammaUnit })];
const withProfile = { profiles: [managementProfile] };

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

  it('asks nothing of accounts in which no build is wanted', async () => {
    const settings = settingsOf({
      organizational_units: [{ identifier: alphaUnit }, { identifier: gammaUnit }],
    });
    const story = await tell(bothUnits, { settings });
    story.cloud.serviceQuotas.apply({ account: bob, region: 'eu-west-1', code: 'L-9D07B6EF', value: 0 });

    const { 'build-quota': quota } = await consult(story);

    expect(quota).toEqual({ status: 'ok', found: 'no account of the sample is prepared or purged' });
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
    const open = await storyWithTrust(trusting(`arn:aws:iam::${automation}:role/SpaTest/*`));
    const shut = await storyWithTrust(trusting(`arn:aws:iam::${automation}:role/SpaOther*`));

    const [trusted, untrusted] = [await consult(open, withProfile), await consult(shut, withProfile)];

    expect(trusted['management-role']?.status).toBe('ok');
    expect(untrusted['management-role']?.status).toBe('finding');
    expect(untrusted['management-role']?.found).toContain('does not trust the functions');
    expect(trusted['member-role']?.status).toBe('ok');
  });
});

describe('when the member role is looked at from the management account only', () => {
  const told = async (memberRole: string) => {
    const settings = settingsOf({
      automation: {
        account_id: automation,
        region: 'eu-west-1',
        role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/SpaAccountsManagementRole`,
        role_name_to_manage_codebuild: memberRole,
      },
    });
    const story = await tell(bothUnits, { settings });
    const { iam } = story.clients(bob);
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.send(new DetachRolePolicyCommand({ RoleName: memberRole, PolicyArn }));
    await iam.send(new DeleteRoleCommand({ RoleName: memberRole }));
    const credentials = { accessKeyId: `LOCAL${management}`, secretAccessKey: 'local' };
    return (await consult(story, { credentials }))['member-role'];
  };

  it('is a finding where the role is that of Control Tower, which trusts the whole account', async () => {
    expect((await told('AWSControlTowerExecution'))?.status).toBe('finding');
  });

  it('is none where the role may trust the management role only', async () => {
    expect((await told('SpaRole'))?.status).toBe('unseen');
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
