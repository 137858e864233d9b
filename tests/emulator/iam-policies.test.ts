import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { administratorAccess, automation, openIam, permitting, refusal } from './support-identity.ts';

describe('when a role has policies of its own', () => {
  it('shows them by name, URL-encoded', async () => {
    const { iam, createRole } = openIam();
    const RoleName = 'Builder';
    await createRole(RoleName);
    for (const PolicyName of ['b', 'a']) {
      const PolicyDocument = permitting('events:PutEvents', `arn:aws:events:*:*:event-bus/${PolicyName}`);
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    }

    const listed = await iam.send(new ListRolePoliciesCommand({ RoleName, MaxItems: 1 }));
    const own = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'b' }));

    expect(listed).toMatchObject({ PolicyNames: ['a'], IsTruncated: true });
    expect(own).toMatchObject({ RoleName, PolicyName: 'b' });
    expect(own.PolicyDocument).not.toContain('*');
    expect(decodeURIComponent(own.PolicyDocument ?? '')).toContain('event-bus/b');
    await expect(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'c' }))).rejects.toEqual(
      refusal('NoSuchEntityException', 'The role policy with name c cannot be found.'),
    );
  });

  const statement = (change: Record<string, unknown>) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', ...change }] });

  it.each<[string, string, string]>([
    ['a principal', statement({ Principal: '*' }), 'Policy document should not specify a principal.'],
    ['no resource', statement({ Resource: undefined }), 'Policy statement must contain resources.'],
    ['no action', statement({ Action: [] }), 'Policy statement must contain actions.'],
    ['an action without service', statement({ Action: 'GetObject' }), 'Actions/Conditions must be prefaced'],
    [
      'an action of three parts',
      statement({ Action: 'a:b:c' }),
      'Actions/Condition can contain only one colon.',
    ],
    ['a wildcard as service', statement({ Action: 's*:Get' }), 'Vendor s* is not valid'],
    [
      'a name as resource',
      statement({ Resource: 'bucket' }),
      'Resource bucket must be in ARN format or "*".',
    ],
  ])('refuses one with %s', async (_, PolicyDocument, message) => {
    const { iam, createRole } = openIam();
    await createRole('Builder');
    const put = new PutRolePolicyCommand({ RoleName: 'Builder', PolicyName: 'own', PolicyDocument });

    await expect(iam.send(put)).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: expect.stringContaining(message),
    });
  });

  it('has room for 10,240 characters in all, blanks apart', async () => {
    const { iam, createRole } = openIam();
    await createRole('Builder');
    const put = (PolicyName: string, resources: number) => {
      const Resource = Array.from({ length: resources }, (_, at) => `arn:aws:s3:::${'b'.repeat(80)}${at}`);
      const PolicyDocument = permitting('s3:*', Resource).replaceAll(',', ',\n   ');
      return iam.send(new PutRolePolicyCommand({ RoleName: 'Builder', PolicyName, PolicyDocument }));
    };

    await put('first', 60);
    await expect(put('second', 60)).rejects.toEqual(
      refusal('LimitExceededException', 'Maximum policy size of 10240 bytes exceeded for role Builder'),
    );
    await put('first', 90);
  });
});

describe('when managed policies are attached', () => {
  it('shows those of AWS and of the account', async () => {
    const { iam, createRole } = openIam();
    const RoleName = 'Builder';
    await createRole(RoleName);
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'Own', Path: '/spa/', PolicyDocument: permitting('s3:*') }),
    );
    const arn = Policy?.Arn ?? '';

    for (const PolicyArn of [administratorAccess, arn, arn]) {
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }

    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    const own = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    const attached = await iam.send(new ListPoliciesCommand({ OnlyAttached: true }));
    expect(AttachedPolicies).toEqual([
      { PolicyName: 'AdministratorAccess', PolicyArn: administratorAccess },
      { PolicyName: 'Own', PolicyArn: arn },
    ]);
    expect(own.Policy).toMatchObject({ AttachmentCount: 1, IsAttachable: true, DefaultVersionId: 'v1' });
    expect(attached.Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['AdministratorAccess', 'Own']);
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn: arn }))).rejects.toEqual(
      refusal('DeleteConflictException', 'Cannot delete a policy attached to entities.'),
    );
  });

  it('refuses policies that are not there, and tells which ones of AWS are known', async () => {
    const { iam, createRole } = openIam();
    const RoleName = 'Builder';
    await createRole(RoleName);
    const attach = (PolicyArn: string) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));

    await expect(attach(`arn:aws:iam::${automation}:policy/None`)).rejects.toEqual(
      refusal(
        'NoSuchEntityException',
        `Policy arn:aws:iam::${automation}:policy/None does not exist or is not attachable.`,
      ),
    );
    await expect(attach('arn:aws:iam::aws:policy/ReadOnlyAccess')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: expect.stringContaining('only AdministratorAccess, AWSLambdaBasicExecutionRole'),
    });
    await expect(
      iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: administratorAccess })),
    ).rejects.toEqual(refusal('NoSuchEntityException', `Policy ${administratorAccess} was not found.`));
  });

  it('takes ten of them', async () => {
    const { iam, createRole } = openIam();
    await createRole('Builder');
    const attach = async (at: number) => {
      const { Policy } = await iam.send(
        new CreatePolicyCommand({ PolicyName: `P${at}`, PolicyDocument: permitting('s3:*') }),
      );
      await iam.send(new AttachRolePolicyCommand({ RoleName: 'Builder', PolicyArn: Policy?.Arn }));
    };
    for (let at = 0; at < 10; at += 1) await attach(at);

    await expect(attach(10)).rejects.toEqual(
      refusal('LimitExceededException', 'Cannot exceed quota for PoliciesPerRole: 10'),
    );
  });
});

describe('when managed policies are kept', () => {
  it('shows the document of their one version', async () => {
    const { iam } = openIam();
    const version = (VersionId: string) =>
      iam.send(new GetPolicyVersionCommand({ PolicyArn: administratorAccess, VersionId }));

    const { PolicyVersion } = await version('v1');

    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['*'], Resource: '*' }],
    });
    await expect(version('v2')).rejects.toEqual(refusal('NoSuchEntityException'));
  });

  it('lists them by scope, and forgets those that are deleted', async () => {
    const { iam } = openIam();
    const create = (PolicyName: string) =>
      iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: permitting('s3:*') }));
    const { Policy } = await create('Own');
    const names = async (Scope: 'All' | 'AWS' | 'Local') => {
      const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope }));
      return Policies.map(({ PolicyName }) => PolicyName);
    };

    expect(await names('Local')).toEqual(['Own']);
    expect(await names('AWS')).toEqual([
      'AdministratorAccess',
      'AWSLambdaBasicExecutionRole',
      'SecurityAudit',
      'ViewOnlyAccess',
    ]);
    expect(await names('All')).toHaveLength(5);
    await expect(create('Own')).rejects.toEqual(refusal('EntityAlreadyExistsException'));

    await iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }));
    expect(await names('Local')).toEqual([]);
  });

  it('asks for the version of 2012', async () => {
    const { iam } = openIam();
    const PolicyDocument = JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } });

    await expect(iam.send(new CreatePolicyCommand({ PolicyName: 'Old', PolicyDocument }))).rejects.toEqual(
      refusal('MalformedPolicyDocumentException', 'Policy document must be version 2012-10-17 or greater.'),
    );
  });
});
