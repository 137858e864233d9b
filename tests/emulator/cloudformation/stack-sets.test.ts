import { GetRoleCommand } from '@aws-sdk/client-iam';
import { CreateAccountCommand, ListAccountsCommand, MoveAccountCommand } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { accountId, type AccountId } from '#domain/account.ts';
import { alice, automation, management, openStackCloud } from './support-stacks.ts';

type StackCloud = ReturnType<typeof openStackCloud>;

const template = (description: string) =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'visitor',
          Description: description,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${management}:root` },
                Action: 'sts:AssumeRole',
              },
            ],
          },
        },
      },
    },
  });

const aSet = (properties: Readonly<Record<string, unknown>> = {}) => ({
  Resources: {
    Set: {
      Type: 'AWS::CloudFormation::StackSet',
      Properties: {
        StackSetName: 'visitors',
        PermissionModel: 'SERVICE_MANAGED',
        AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        StackInstancesGroup: [
          { DeploymentTargets: { OrganizationalUnitIds: ['ou-alpha'] }, Regions: ['eu-west-1'] },
        ],
        TemplateBody: template('first'),
        ...properties,
      },
    },
  },
});

async function roleIn(cloud: StackCloud, account: AccountId) {
  const { iam } = cloud.clients(account);
  return iam.send(new GetRoleCommand({ RoleName: 'visitor' })).then(
    ({ Role }) => Role?.Description,
    () => undefined,
  );
}

async function move(cloud: StackCloud, account: AccountId, from: string, to: string) {
  const { organizations } = cloud.clients(management, 'us-east-1');
  const command = { AccountId: account, SourceParentId: from, DestinationParentId: to };
  await organizations.send(new MoveAccountCommand(command));
  await cloud.clock.runUntilIdle();
}

describe('when a stack set is made for units', () => {
  it('makes a stack in each of their accounts, those of nested units included', async () => {
    const cloud = openStackCloud();

    const { status } = await cloud.create(aSet(), {}, management);

    expect(status).toBe('CREATE_COMPLETE');
    expect(await roleIn(cloud, alice)).toBe('first');
    expect(await roleIn(cloud, automation)).toBeUndefined();
    expect(await roleIn(cloud, management)).toBeUndefined();
  });

  it('follows accounts that come and go', async () => {
    const cloud = openStackCloud();
    await cloud.create(aSet(), {}, management);

    await move(cloud, alice, 'ou-nested', 'ou-other');
    expect(await roleIn(cloud, alice)).toBeUndefined();

    await move(cloud, alice, 'ou-other', 'ou-alpha');
    expect(await roleIn(cloud, alice)).toBe('first');
  });

  it('reaches accounts that are created later', async () => {
    const cloud = openStackCloud();
    await cloud.create(aSet(), {}, management);
    const { organizations } = cloud.clients(management, 'us-east-1');
    await organizations.send(new CreateAccountCommand({ Email: 'zoe@example.com', AccountName: 'Zoe' }));
    await cloud.clock.runUntilIdle();
    const { Accounts = [] } = await organizations.send(new ListAccountsCommand({}));
    const zoe = accountId(Accounts.find(({ Name }) => Name === 'Zoe')?.Id ?? '');

    await move(cloud, zoe, 'r-ab12', 'ou-nested');

    expect(await roleIn(cloud, zoe)).toBe('first');
  });

  it('leaves accounts alone where nothing is deployed by itself', async () => {
    const cloud = openStackCloud();
    await cloud.create(aSet({ AutoDeployment: { Enabled: false } }), {}, management);

    await move(cloud, automation, 'r-ab12', 'ou-alpha');

    expect(await roleIn(cloud, automation)).toBeUndefined();
  });

  it('brings another template everywhere', async () => {
    const cloud = openStackCloud();
    await cloud.create(aSet(), {}, management);

    await cloud.call(
      'UpdateStack',
      {
        StackName: 'Stack',
        TemplateBody: JSON.stringify(aSet({ TemplateBody: template('second') })),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
      },
      management,
    );

    expect(await cloud.settled('Stack', management)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await roleIn(cloud, alice)).toBe('second');
  });

  it('takes its stacks away with it', async () => {
    const cloud = openStackCloud();
    await cloud.create(aSet(), {}, management);

    await cloud.call('DeleteStack', { StackName: 'Stack' }, management);
    await cloud.clock.runUntilIdle();

    expect(await roleIn(cloud, alice)).toBeUndefined();
  });

  it('fails where a stack fails, unless failures are tolerated', async () => {
    const broken = { TemplateBody: template('first').replace('"visitor"', '"no role name"') };
    const tolerant = { ...broken, OperationPreferences: { FailureTolerancePercentage: 100 } };

    expect(await openStackCloud().create(aSet(broken), {}, management)).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
    });
    expect(await openStackCloud().create(aSet(tolerant), {}, management)).toMatchObject({
      status: 'CREATE_COMPLETE',
    });
  });

  it('is refused to members of the organization', async () => {
    const cloud = openStackCloud();

    const { faults } = await cloud.create(aSet());

    expect(faults).toEqual([expect.stringContaining('You must be the management account')]);
  });
});
