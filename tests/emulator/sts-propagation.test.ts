import {
  CreateRoleCommand,
  DeleteRoleCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { administratorArn, automation, openIdentityWorld, permitting, trusting } from './support-identity.ts';

describe('when a role is new or changed', () => {
  const RoleName = 'Builder';
  const role = `arn:aws:iam::${automation}:role/${RoleName}`;
  const byCodebuild = { service: 'codebuild.amazonaws.com', account: automation };
  const trustOf = (service: string) => trusting({ Service: `${service}.amazonaws.com` });
  const asked = { action: 'sts:AssumeRole', resource: role };

  async function openNew(trust = trustOf('codebuild')) {
    const world = openIdentityWorld();
    const iam = world.iamClient();
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    return { ...world, iam };
  }

  it('can be assumed after eight seconds', async () => {
    const { identity, passSeconds } = await openNew();

    await passSeconds(7.9);
    expect(identity.allows(byCodebuild, asked)).toBe(false);
    expect(() => identity.assume(role, 'build', byCodebuild)).toThrow(
      `User: codebuild.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${role}`,
    );

    await passSeconds(0.1);
    expect(identity.allows(byCodebuild, asked)).toBe(true);
    expect(identity.assume(role, 'build', byCodebuild).accessKeyId).toMatch(/^ASIA/);
  });

  it('trusts as before until then', async () => {
    const { identity, iam, passSeconds } = await openNew();
    const byLambda = { ...byCodebuild, service: 'lambda.amazonaws.com' };
    await passSeconds(8);

    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustOf('lambda') }));

    expect(identity.allows(byCodebuild, asked)).toBe(true);
    expect(identity.allows(byLambda, asked)).toBe(false);
    await passSeconds(8);
    expect(identity.allows(byCodebuild, asked)).toBe(false);
    expect(identity.allows(byLambda, asked)).toBe(true);
  });

  it('is not held up by a further change', async () => {
    const { identity, iam, passSeconds } = await openNew();
    await passSeconds(7);

    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustOf('codebuild') }));

    await passSeconds(1);
    expect(identity.allows(byCodebuild, asked)).toBe(true);
  });

  it('has its permissions after eight seconds too, and none once it is deleted', async () => {
    const { identity, iam, passSeconds, administrator } = await openNew(trusting({ AWS: administratorArn }));
    const PolicyDocument = permitting('s3:*');
    await passSeconds(8);
    const session =
      identity.sessionOf(identity.assume(role, 'a1', administrator).accessKeyId) ?? administrator;
    const may = () => identity.allows(session, { action: 's3:GetObject', resource: 'arn:aws:s3:::a/b' });

    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
    expect(may()).toBe(false);
    await passSeconds(8);
    expect(may()).toBe(true);

    const other = await openNew(trusting({ AWS: administratorArn }));
    await other.passSeconds(8);
    const gone = other.identity.sessionOf(other.identity.assume(role, 'a1', administrator).accessKeyId);
    await other.iam.send(new DeleteRoleCommand({ RoleName }));
    expect(gone && other.identity.allows(gone, { action: 's3:GetObject', resource: '*' })).toBe(false);
    expect(other.identity.allows(administrator, asked)).toBe(false);
  });

  it('counts at once where the world has no propagation', async () => {
    const world = openIdentityWorld({ propagationInSeconds: 0 });
    const create = { RoleName, AssumeRolePolicyDocument: trustOf('codebuild') };
    await world.iamClient().send(new CreateRoleCommand(create));

    expect(world.identity.allows(byCodebuild, asked)).toBe(true);
  });
});
