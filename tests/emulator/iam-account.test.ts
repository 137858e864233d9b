import {
  CreateAccountAliasCommand,
  CreatePolicyCommand,
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  GetPolicyCommand,
  GetRoleCommand,
  ListAccountAliasesCommand,
  ListGroupsCommand,
  ListRolesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import {
  administratorAccess,
  automation,
  member,
  openIam,
  permitting,
  refusal,
  trusting,
} from './support-identity.ts';

describe('when an account has a password policy', () => {
  it('is what was last set, with the rest by default', async () => {
    const { iam } = openIam();
    await iam.send(new UpdateAccountPasswordPolicyCommand({ RequireNumbers: true }));
    await iam.send(
      new UpdateAccountPasswordPolicyCommand({
        MinimumPasswordLength: 14,
        RequireSymbols: true,
        MaxPasswordAge: 90,
      }),
    );

    const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));

    expect(PasswordPolicy).toEqual({
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: false,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: false,
      MaxPasswordAge: 90,
      ExpirePasswords: true,
    });
  });

  it('is none before, and none after it was deleted', async () => {
    const { iam } = openIam();
    const absent = refusal(
      'NoSuchEntityException',
      `The Password Policy with domain name ${automation} cannot be found.`,
    );
    await expect(iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toEqual(absent);
    await iam.send(new UpdateAccountPasswordPolicyCommand({}));

    await iam.send(new DeleteAccountPasswordPolicyCommand({}));

    await expect(iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toEqual(absent);
    await expect(iam.send(new DeleteAccountPasswordPolicyCommand({}))).rejects.toEqual(
      refusal('NoSuchEntityException'),
    );
  });
});

describe('when an account has an alias', () => {
  it('has one, the latest, which no other account can have', async () => {
    const { iam, iamClient, administratorOf } = openIam();
    const alias = (AccountAlias: string, client = iam) =>
      client.send(new CreateAccountAliasCommand({ AccountAlias }));
    await alias('first');
    await alias('second');

    const { AccountAliases } = await iam.send(new ListAccountAliasesCommand({}));

    expect(AccountAliases).toEqual(['second']);
    const elsewhere = iamClient(administratorOf(member));
    await alias('first', elsewhere);
    await expect(alias('second', elsewhere)).rejects.toEqual(
      refusal('EntityAlreadyExistsException', 'The account alias second already exists.'),
    );
    await expect(alias('Bad--Name')).rejects.toEqual(refusal('ValidationError'));
  });
});

describe('when users are listed', () => {
  it('finds none', async () => {
    const { Users, IsTruncated } = await openIam().iam.send(new ListUsersCommand({}));

    expect({ Users, IsTruncated }).toEqual({ Users: [], IsTruncated: false });
  });
});

describe('when an operation is unknown', () => {
  it('is refused with 501', async () => {
    await expect(openIam().iam.send(new ListGroupsCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
  });
});

describe('when a role with few permissions calls IAM', () => {
  it('passes where its policy names the resource, and nowhere else', async () => {
    const { iamClient, createRole, openRole, identity, administrator } = openIam();
    await createRole('Builder', { Path: '/spa/' });
    await createRole('Other');
    const clerk = openRole({
      account: automation,
      name: 'Clerk',
      trust: trusting({ AWS: automation }),
      inlinePolicies: {
        own: permitting(
          ['iam:GetRole', 'iam:PutRolePolicy', 'iam:ListRoles', 'iam:CreatePolicy', 'iam:GetPolicy'],
          [`arn:aws:iam::${automation}:role/spa/*`, `arn:aws:iam::${automation}:policy/spa/*`],
        ),
      },
    });
    const iam = iamClient(identity.assume(clerk, 'SPA-1', administrator));
    const denied = (action: string, resource: string) =>
      refusal(
        'AccessDenied',
        `User: arn:aws:sts::${automation}:assumed-role/Clerk/SPA-1 is not authorized to perform: iam:${action} ` +
          `on resource: ${resource} because no identity-based policy allows the iam:${action} action`,
      );

    const PolicyDocument = permitting('s3:*');
    await iam.send(new GetRoleCommand({ RoleName: 'Builder' }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'Builder', PolicyName: 'a', PolicyDocument }));
    await iam.send(new ListRolesCommand({ PathPrefix: '/spa/' }));
    const own = await iam.send(new CreatePolicyCommand({ PolicyName: 'a', Path: '/spa/', PolicyDocument }));
    await iam.send(new GetPolicyCommand({ PolicyArn: own.Policy?.Arn }));

    await expect(iam.send(new GetRoleCommand({ RoleName: 'Other' }))).rejects.toEqual(
      denied('GetRole', `arn:aws:iam::${automation}:role/Other`),
    );
    await expect(iam.send(new ListRolesCommand({}))).rejects.toEqual(
      denied('ListRoles', `arn:aws:iam::${automation}:role/`),
    );
    await expect(iam.send(new CreatePolicyCommand({ PolicyName: 'b', PolicyDocument }))).rejects.toEqual(
      denied('CreatePolicy', `arn:aws:iam::${automation}:policy/b`),
    );
    await expect(iam.send(new GetPolicyCommand({ PolicyArn: administratorAccess }))).rejects.toEqual(
      denied('GetPolicy', administratorAccess),
    );
    await expect(iam.send(new ListUsersCommand({}))).rejects.toEqual(
      denied('ListUsers', `arn:aws:iam::${automation}:user/`),
    );
    await expect(iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toEqual(
      denied('GetAccountPasswordPolicy', '*'),
    );
  });
});
