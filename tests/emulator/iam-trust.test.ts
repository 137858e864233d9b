import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { automation, member, openIam, refusal, trusting } from './support-identity.ts';

describe('when a trust policy is malformed', () => {
  const trust = (statement: Record<string, unknown>) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }],
    });

  it.each<[string, string, string]>([
    ['no JSON', '{', 'This policy contains invalid Json'],
    ['no statement', '{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
    ['no principal', trust({}), 'Missing required field Principal'],
    ['an empty principal', trust({ Principal: {} }), 'Missing required field Principal cannot be empty!'],
    ['a resource', trust({ Principal: '*', Resource: '*' }), 'Has prohibited field Resource'],
    [
      'an action of another service',
      trust({ Principal: '*', Action: 's3:GetObject' }),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [
      'a role that is not there',
      trusting({ AWS: `arn:aws:iam::${automation}:role/Nobody` }),
      `Invalid principal in policy: "AWS":"arn:aws:iam::${automation}:role/Nobody"`,
    ],
    [
      'a wildcard in an ARN',
      trusting({ AWS: `arn:aws:iam::${automation}:role/*` }),
      `Invalid principal in policy: "AWS":"arn:aws:iam::${automation}:role/*"`,
    ],
    [
      'no name of a service',
      trusting({ Service: 'codebuild' }),
      'Invalid principal in policy: "SERVICE":"codebuild"',
    ],
  ])('refuses %s', async (_, AssumeRolePolicyDocument, message) => {
    const { createRole, iam } = openIam();
    const fault = refusal('MalformedPolicyDocumentException', message);

    await expect(createRole('Builder', { AssumeRolePolicyDocument })).rejects.toEqual(fault);

    await createRole('Builder');
    const update = { RoleName: 'Builder', PolicyDocument: AssumeRolePolicyDocument };
    await expect(iam.send(new UpdateAssumeRolePolicyCommand(update))).rejects.toEqual(fault);
  });

  it('takes roles that are there, their sessions, accounts by number and root, and the administrator', async () => {
    const { createRole } = openIam();
    await createRole('Worker', { Path: '/spa/' });
    const principals = [
      `arn:aws:iam::${automation}:role/spa/Worker`,
      `arn:aws:sts::${automation}:assumed-role/Worker/SPA-1`,
      `arn:aws:iam::${automation}:user/administrator`,
      `arn:aws:iam::${member}:root`,
      '123456789012',
    ];

    const trust = (AWS: unknown) => createRole('Trusting', { AssumeRolePolicyDocument: trusting({ AWS }) });
    await expect(trust(`arn:aws:iam::${automation}:role/Worker`)).rejects.toEqual(
      refusal('MalformedPolicyDocumentException'),
    );
    await expect(trust(principals)).resolves.toBeDefined();
  });
});
