import { GetParameterCommand } from '@aws-sdk/client-ssm';
import {
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  type AssumeRoleCommandInput,
} from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import {
  administratorArn,
  assume,
  automation,
  everything,
  management,
  member,
  openIdentityWorld,
  permitting,
  trusting,
} from './support-identity.ts';

const denied = (who: string, role: string, because = '') =>
  expect.objectContaining({
    name: 'AccessDenied',
    message: `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${role}${because}`,
    $metadata: expect.objectContaining({ httpStatusCode: 403 }),
  });

const noTrust = ' because no role trust policy allows the sts:AssumeRole action';
const noPermission = ' because no identity-based policy allows the sts:AssumeRole action';

describe('when a client assumes a role', () => {
  it('acts as that role in its account', async () => {
    const world = openIdentityWorld();
    const role = world.createRole({
      account: member,
      name: 'Manager',
      path: '/spa/',
      trust: trusting({ AWS: automation }),
      ...everything,
    });

    const { credentials, AssumedRoleUser } = await assume(world.stsClient(), role);

    const arn = `arn:aws:sts::${member}:assumed-role/Manager/SPA-1`;
    expect(role).toBe(`arn:aws:iam::${member}:role/spa/Manager`);
    expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(credentials.secretAccessKey).toHaveLength(40);
    expect(AssumedRoleUser).toEqual({ Arn: arn, AssumedRoleId: expect.stringMatching(/^AROA\w+:SPA-1$/) });
    const identity = await world.stsClient(credentials).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Arn: arn, Account: member, UserId: AssumedRoleUser?.AssumedRoleId });
    const key = await world
      .stsClient()
      .send(new GetAccessKeyInfoCommand({ AccessKeyId: credentials.accessKeyId }));
    expect(key.Account).toBe(member);
  });

  it('acts as administrator of the automation account with keys of its own', async () => {
    const sts = openIdentityWorld().stsClient();

    const identity = await sts.send(new GetCallerIdentityCommand({}));
    const key = await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }));

    expect(identity).toMatchObject({ Arn: administratorArn, Account: automation });
    expect(key.Account).toBe(automation);
  });

  it.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ['a session name of one letter', { RoleSessionName: 'a' }, 'greater than or equal to 2'],
    ['a session name with blanks', { RoleSessionName: 'a b' }, 'regular expression'],
    ['no session name', { RoleSessionName: undefined }, "Value null at 'roleSessionName'"],
    ['a short duration', { DurationSeconds: 899 }, 'greater than or equal to 900'],
    ['more than twelve hours', { DurationSeconds: 43_201 }, 'less than or equal to 43200'],
    ['more than the role allows', { DurationSeconds: 3601 }, 'MaxSessionDuration set for this role'],
    ['tags', { Tags: [{ Key: 'a', Value: 'b' }] }, 'does not know sts AssumeRole with Tags'],
    ['a session policy', { Policy: permitting('s3:*') }, 'does not know sts AssumeRole with Policy'],
  ])('is refused with %s', async (_, more, message) => {
    const world = openIdentityWorld();
    const role = world.createRole({ account: member, name: 'Manager', trust: trusting({ AWS: automation }) });

    await expect(assume(world.stsClient(), role, more)).rejects.toThrow(message);
  });
});

describe('when a role does not trust the caller', () => {
  it('is refused, and so is a role that is not there', async () => {
    const world = openIdentityWorld();
    const trust = trusting({ AWS: management });
    const role = world.createRole({ account: member, name: 'Manager', trust });

    await expect(assume(world.stsClient(), role)).rejects.toEqual(denied(administratorArn, role, noTrust));
    await expect(assume(world.stsClient(), `${role}2`)).rejects.toEqual(denied(administratorArn, `${role}2`));
  });

  it('is refused in an account that left the organization', async () => {
    const world = openIdentityWorld();
    const trust = trusting({ AWS: automation });
    const role = world.createRole({ account: member, name: 'Manager', trust });
    await assume(world.stsClient(), role);

    world.suspend(member);

    await expect(assume(world.stsClient(), role)).rejects.toEqual(denied(administratorArn, role));
  });

  it('is refused when the trust policy denies what it grants', async () => {
    const world = openIdentityWorld();
    const statement = { Effect: 'Allow', Principal: { AWS: automation }, Action: 'sts:AssumeRole' };
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [statement, { ...statement, Effect: 'Deny' }],
    });
    const role = world.createRole({ account: member, name: 'Manager', trust });

    await expect(assume(world.stsClient(), role)).rejects.toEqual(
      denied(administratorArn, role, ' with an explicit deny in a role trust policy'),
    );
  });

  it.each([undefined, 'wrong'])('is refused with the external id %s', async (ExternalId) => {
    const world = openIdentityWorld();
    const condition = { StringEquals: { 'sts:ExternalId': 'right' } };
    const trust = trusting({ AWS: automation }, condition);
    const role = world.createRole({ account: member, name: 'Manager', trust });

    await assume(world.stsClient(), role, { ExternalId: 'right' });
    await expect(assume(world.stsClient(), role, { ExternalId })).rejects.toEqual(
      denied(administratorArn, role, noTrust),
    );
  });

  it('takes members of the organization only, where the trust policy says so', async () => {
    const condition = (organization: string) => ({ StringEquals: { 'aws:PrincipalOrgID': organization } });
    const world = openIdentityWorld();
    const open = (name: string, organization: string) =>
      world.createRole({ account: member, name, trust: trusting({ AWS: '*' }, condition(organization)) });

    await assume(world.stsClient(), open('Ours', 'o-a1b2c3d4e5'));
    await expect(assume(world.stsClient(), open('Theirs', 'o-other'))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('when a role assumes another one', () => {
  function openChain(permissions: Record<string, string>, trusted: unknown = { AWS: automation }) {
    const world = openIdentityWorld();
    const function_ = world.createRole({
      account: automation,
      name: 'Function',
      trust: trusting({ Service: 'lambda.amazonaws.com' }),
      inlinePolicies: permissions,
    });
    const target = (account: typeof member) =>
      world.createRole({ account, name: 'Target', trust: trusting(trusted), ...everything });
    const credentials = world.identity.assume(function_, 'run', {
      service: 'lambda.amazonaws.com',
      account: automation,
    });
    return { ...world, target, sts: world.stsClient(credentials, 'function') };
  }
  const session = `arn:aws:sts::${automation}:assumed-role/Function/run`;

  it('asks for the permission of the first and the trust of the second, in another account', async () => {
    const permission = { assume: permitting('sts:AssumeRole', 'arn:aws:iam::*:role/Target') };
    const both = openChain(permission);
    await expect(assume(both.sts, both.target(member))).resolves.toBeDefined();

    const named = openChain({}, { AWS: `arn:aws:iam::${automation}:role/Function` });
    const role = named.target(member);
    await expect(assume(named.sts, role)).rejects.toEqual(denied(session, role, noPermission));

    const untrusted = openChain(permission, { AWS: management });
    await expect(assume(untrusted.sts, untrusted.target(member))).rejects.toEqual(
      denied(session, role, noTrust),
    );
  });

  it('needs the trust alone at home, where it names the role', async () => {
    const named = openChain({}, { AWS: `arn:aws:iam::${automation}:role/Function` });
    await expect(assume(named.sts, named.target(automation))).resolves.toBeDefined();

    const delegated = openChain({});
    const role = delegated.target(automation);
    await expect(assume(delegated.sts, role)).rejects.toEqual(denied(session, role, noPermission));
  });

  it('lasts no longer than an hour', async () => {
    const { sts, target } = openChain({ assume: permitting('sts:AssumeRole') });
    const role = target(member);

    await expect(assume(sts, role, { DurationSeconds: 3601 })).rejects.toThrow('1 hour session limit');
    await expect(assume(sts, role, { DurationSeconds: 3600 })).resolves.toBeDefined();
  });

  it('acts within the permissions of the last role of the chain', async () => {
    const { sts, target, parameterClient } = openChain({ assume: permitting('sts:AssumeRole') });
    const { credentials } = await assume(sts, target(member));

    const answer = await parameterClient(credentials).send(new GetParameterCommand({ Name: 'a' }));

    expect(answer.Parameter?.Value).toBe('yes');
  });
});
