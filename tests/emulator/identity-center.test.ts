import {
  GetUserIdCommand,
  IdentitystoreClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-identitystore';
import {
  ListAccountAssignmentsForPrincipalCommand,
  ListInstancesCommand,
  ResourceNotFoundException as NoInstance,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import {
  createIdentityCenter,
  type IdentityCenter,
} from '#emulator/services/identity-center/create-identity-center.ts';
import { openSmallCloud } from './support-small-cloud.ts';

const management = accountId('111111111111');
const [alice, bob] = [accountId('200000000000'), accountId('200000000001')];

function open() {
  let center: IdentityCenter | undefined;
  const { platform } = openSmallCloud((cloud) => (center = createIdentityCenter(cloud)).services);
  const configOf = (account: string, region: string) => ({
    region,
    credentials: { accessKeyId: administratorKey(accountId(account)), secretAccessKey: 'local' },
    requestHandler: inProcessHandler(platform, 'client'),
  });
  const instances = async (account: string = management, region = 'eu-west-1') =>
    (await new SSOAdminClient(configOf(account, region)).send(new ListInstancesCommand({}))).Instances;
  return {
    center: center ?? createIdentityCenter(platform),
    instances,
    admin: new SSOAdminClient(configOf(management, 'eu-west-1')),
    store: new IdentitystoreClient(configOf(management, 'eu-west-1')),
  };
}

const byMail = (AttributeValue: string) => ({
  UniqueAttribute: { AttributePath: 'emails.value', AttributeValue },
});

describe('Identity Center', () => {
  it('is in one region of the management account, once it is enabled', async () => {
    const { center, instances } = open();
    expect(await instances()).toEqual([]);

    center.enable('eu-west-1');

    expect(await instances()).toMatchObject([{ OwnerAccountId: management, Status: 'ACTIVE' }]);
    expect(await instances(management, 'us-east-1')).toEqual([]);
    expect(await instances(alice)).toEqual([]);
  });

  it('knows people by their mail, and the accounts where they may log in', async () => {
    const { center, instances, admin, store } = open();
    center.enable('eu-west-1');
    center.admit({ email: 'alice@example.com', accounts: [alice, bob] });
    const [{ InstanceArn = '', IdentityStoreId = '' } = {}] = (await instances()) ?? [];

    const { UserId } = await store.send(
      new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier: byMail('alice@example.com') }),
    );
    const assigned = async (AccountId?: string) => {
      const of = { InstanceArn, PrincipalId: UserId, PrincipalType: 'USER' as const };
      const Filter = AccountId === undefined ? {} : { Filter: { AccountId } };
      const answer = await admin.send(new ListAccountAssignmentsForPrincipalCommand({ ...of, ...Filter }));
      return answer.AccountAssignments?.map((one) => one.AccountId);
    };

    expect(await assigned()).toEqual([alice, bob]);
    expect(await assigned(bob)).toEqual([bob]);
    expect(await assigned(management)).toEqual([]);
  });

  it('knows nobody else', async () => {
    const { center, instances, admin, store } = open();
    center.enable('eu-west-1');
    const [{ IdentityStoreId = '' } = {}] = (await instances()) ?? [];
    const stranger = new GetUserIdCommand({
      IdentityStoreId,
      AlternateIdentifier: byMail('bob@example.com'),
    });
    const elsewhere = new ListAccountAssignmentsForPrincipalCommand({
      InstanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000',
      PrincipalId: '00000000-0000-4000-8000-000000000000',
      PrincipalType: 'USER',
    });

    await expect(store.send(stranger)).rejects.toThrow(ResourceNotFoundException);
    await expect(admin.send(elsewhere)).rejects.toThrow(NoInstance);
  });
});
