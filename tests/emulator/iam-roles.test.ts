import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListRoleTagsCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  paginateListRoles,
  type CreateRoleCommandInput,
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
  codebuildTrust,
} from './support-identity.ts';

describe('when a role is created', () => {
  it('is there as it was asked for, with its trust policy URL-encoded', async () => {
    const { iam, createRole } = openIam();
    await createRole('Builder', {
      Path: '/spa/',
      Description: 'Builds & more',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'origin', Value: 'here' }],
    });

    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'Builder' }));

    expect(Role).toMatchObject({
      RoleName: 'Builder',
      Path: '/spa/',
      Arn: `arn:aws:iam::${automation}:role/spa/Builder`,
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      CreateDate: new Date('2026-11-22T12:00:00Z'),
      Description: 'Builds & more',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'origin', Value: 'here' }],
    });
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version/);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(codebuildTrust);
  });

  it('is refused when there is one of that name already, whatever its path', async () => {
    const { createRole } = openIam();
    await createRole('Builder');

    await expect(createRole('Builder', { Path: '/other/' })).rejects.toEqual(
      refusal('EntityAlreadyExistsException', 'Role with name Builder already exists.'),
    );
  });

  it('belongs to the account of the caller only', async () => {
    const { iamClient, administratorOf, createRole } = openIam();
    await createRole('Builder');
    const elsewhere = iamClient(administratorOf(member));

    await expect(elsewhere.send(new GetRoleCommand({ RoleName: 'Builder' }))).rejects.toEqual(
      refusal('NoSuchEntityException', 'The role with name Builder cannot be found.'),
    );
  });

  it.each<[string, Partial<CreateRoleCommandInput>, string, string]>([
    ['a bad name', { RoleName: 'a b' }, 'ValidationError', "'roleName' failed to satisfy constraint"],
    ['a long name', { RoleName: 'a'.repeat(65) }, 'ValidationError', 'less than or equal to 64'],
    ['a bad path', { Path: 'spa' }, 'ValidationError', "'path' failed to satisfy"],
    ['a short session', { MaxSessionDuration: 60 }, 'ValidationError', 'greater than or equal to 3600'],
    [
      'one tag twice',
      { Tags: ['a', 'A'].map((Key) => ({ Key, Value: '' })) },
      'InvalidInput',
      'Duplicate tag',
    ],
    ['a tag of AWS', { Tags: [{ Key: 'aws:a', Value: '' }] }, 'InvalidInput', 'aws: prefixed'],
    [
      'a long trust policy',
      { AssumeRolePolicyDocument: longTrust() },
      'LimitExceeded',
      'ACLSizePerRole: 2048',
    ],
    ['a boundary', { PermissionsBoundary: administratorAccess }, 'NotImplemented', 'PermissionsBoundary'],
  ])('is refused with %s', async (_, more, code, message) => {
    const { createRole } = openIam();

    await expect(createRole('Builder', more)).rejects.toMatchObject({
      name: expect.stringContaining(code),
      message: expect.stringContaining(message),
    });
  });
});

function longTrust() {
  const accounts = Array.from({ length: 60 }, () => `arn:aws:iam::${automation}:root`);
  return trusting({ AWS: accounts });
}

describe('when a role is changed', () => {
  it('has another trust policy, description and duration', async () => {
    const { iam, createRole } = openIam();
    await createRole('Builder', { Description: 'Builds' });
    const lambda = trusting({ Service: 'lambda.amazonaws.com' });

    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'Builder', PolicyDocument: lambda }));
    await iam.send(new UpdateRoleCommand({ RoleName: 'Builder', MaxSessionDuration: 7200 }));

    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'Builder' }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(lambda);
    expect(Role).toMatchObject({ Description: 'Builds', MaxSessionDuration: 7200 });
  });

  it('bears tags, whose keys differ by more than their case', async () => {
    const { iam, createRole } = openIam();
    const RoleName = 'Builder';
    await createRole(RoleName, { Tags: [{ Key: 'origin', Value: 'a' }] });

    const Tags = [
      { Key: 'Origin', Value: 'b' },
      { Key: 'team', Value: '' },
    ];
    await iam.send(new TagRoleCommand({ RoleName, Tags }));
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['TEAM', 'other'] }));
    await iam.send(new TagRoleCommand({ RoleName, Tags: [] }));

    const tagged = await iam.send(new ListRoleTagsCommand({ RoleName }));
    expect(tagged).toMatchObject({ Tags: [{ Key: 'origin', Value: 'b' }], IsTruncated: false });
  });

  it('bears 50 tags at most', async () => {
    const { iam, createRole } = openIam();
    await createRole('Builder', { Tags: [{ Key: 'first', Value: '' }] });
    const Tags = Array.from({ length: 50 }, (_, at) => ({ Key: `k${at}`, Value: '' }));

    await expect(iam.send(new TagRoleCommand({ RoleName: 'Builder', Tags }))).rejects.toEqual(
      refusal('LimitExceededException', 'Cannot exceed quota for TagsPerResource: 50'),
    );
  });
});

describe('when roles are listed', () => {
  it('comes by name, in pages of 100, and by the beginning of the path', async () => {
    const { iam, createRole } = openIam();
    for (let at = 101; at > 0; at -= 1) {
      await createRole(`Role${String(at).padStart(3, '0')}`, { Path: at % 2 ? '/odd/' : '/even/' });
    }

    const first = await iam.send(new ListRolesCommand({}));
    const names: (string | undefined)[] = [];
    for await (const { Roles = [] } of paginateListRoles(
      { client: iam, pageSize: 7 },
      { PathPrefix: '/odd' },
    )) {
      names.push(...Roles.map((role) => role.RoleName));
    }

    expect(first.Roles).toHaveLength(100);
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) });
    expect(names).toHaveLength(51);
    expect(names).toEqual(names.toSorted((a = '', b = '') => a.localeCompare(b)));
    await expect(iam.send(new ListRolesCommand({ Marker: 'made up' }))).rejects.toEqual(
      refusal('ValidationError', 'Invalid Marker.'),
    );
  });
});

describe('when a role is deleted', () => {
  it('is kept as long as it has policies', async () => {
    const { iam, createRole } = openIam();
    const RoleName = 'Builder';
    await createRole(RoleName);
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: administratorAccess }));
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: permitting('s3:*') }),
    );
    const remove = () => iam.send(new DeleteRoleCommand({ RoleName }));

    await expect(remove()).rejects.toEqual(
      refusal('DeleteConflictException', 'Cannot delete entity, must detach all policies first.'),
    );
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: administratorAccess }));
    await expect(remove()).rejects.toEqual(
      refusal('DeleteConflictException', 'Cannot delete entity, must delete policies first.'),
    );
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'own' }));

    await remove();
    await expect(remove()).rejects.toEqual(refusal('NoSuchEntityException'));
  });
});
