import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import {
  assume,
  automation,
  management,
  member,
  openIdentityWorld,
  permitting,
  stranger,
  trusting,
} from './support-identity.ts';

describe('when a call needs permission', () => {
  const parameter = `arn:aws:ssm:eu-west-1:${automation}:parameter/allowed`;

  it('passes for the resource that the policy names, and is refused in the words of AWS for another', async () => {
    const world = openIdentityWorld();
    const role = world.createRole({
      account: automation,
      name: 'Reader',
      trust: trusting({ AWS: automation }),
      inlinePolicies: { read: permitting('ssm:GetParameter', parameter) },
    });
    const { credentials } = await assume(world.stsClient(), role);
    const read = (Name: string) => world.parameterClient(credentials).send(new GetParameterCommand({ Name }));

    expect((await read('allowed')).Parameter?.Value).toBe('yes');
    await expect(read('other')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        `User: arn:aws:sts::${automation}:assumed-role/Reader/SPA-1 is not authorized to perform: ` +
        `ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:${automation}:parameter/other ` +
        'because no identity-based policy allows the ssm:GetParameter action',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('needs permission on each of several resources', () => {
    const { identity, createRole, administrator } = openIdentityWorld();
    const role = createRole({
      account: automation,
      name: 'Reader',
      trust: trusting({ AWS: automation }),
      inlinePolicies: { read: permitting('s3:Get*', ['arn:aws:s3:::a', 'arn:aws:s3:::b']) },
    });
    const session = identity.sessionOf(identity.assume(role, 'a1', administrator).accessKeyId);
    const may = (...names: string[]) => {
      const resource = names.map((name) => `arn:aws:s3:::${name}`);
      return session && identity.allows(session, { action: 's3:GetObject', resource });
    };

    expect(may('a', 'b')).toBe(true);
    expect(may('a', 'c')).toBe(false);
  });
});

describe('when a resource has a policy of its own', () => {
  const topic = `arn:aws:sns:eu-west-1:${member}:alerts`;
  const policy = (Principal: unknown, more: Record<string, unknown> = {}) =>
    JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal, Action: 'SNS:Publish', Resource: topic, ...more }],
    });
  const publish = (resourcePolicy?: string) => ({
    action: 'sns:Publish',
    resource: topic,
    resourcePolicy,
    owner: member,
  });

  it('lets in administrators of its account, unless it denies', () => {
    const { identity, administrator } = openIdentityWorld();
    const local = { ...administrator, account: member };

    expect(identity.allows(local, publish())).toBe(true);
    expect(identity.allows(local, publish(policy({ Service: 'budgets.amazonaws.com' })))).toBe(true);
    expect(identity.allows(local, publish(policy('*', { Effect: 'Deny' })))).toBe(false);
  });

  it('lets in those of other accounts only by name', () => {
    const { identity, administrator } = openIdentityWorld();
    const reason = 'because no resource-based policy allows the sns:Publish action';

    expect(identity.allows(administrator, publish(policy({ AWS: automation })))).toBe(true);
    expect(() => identity.authorize(administrator, publish())).toThrow(reason);
    expect(() => identity.authorize(administrator, publish(policy({ AWS: management })))).toThrow(reason);
    expect(() => identity.authorize(administrator, publish(policy('*', { Effect: 'Deny' })))).toThrow(
      'with an explicit deny in a resource-based policy',
    );
  });

  it('lets in services by name, from where it says', () => {
    const { identity } = openIdentityWorld();
    const by = { service: 'budgets.amazonaws.com', account: member, source: 'arn:aws:budgets::1:budget/a' };
    const when = (key: string, value: string) => ({ Condition: { ArnLike: { [key]: value } } });
    const named = { Service: by.service };

    expect(identity.allows(by, publish())).toBe(false);
    expect(identity.allows(by, publish(policy(named)))).toBe(true);
    expect(identity.allows({ ...by, service: 'events.amazonaws.com' }, publish(policy(named)))).toBe(false);
    expect(identity.allows(by, publish(policy(named, when('aws:SourceArn', 'arn:aws:budgets::1:*'))))).toBe(
      true,
    );
    expect(identity.allows(by, publish(policy(named, when('aws:SourceArn', 'arn:aws:sns::1:*'))))).toBe(
      false,
    );
    expect(identity.allows(by, publish(policy(named, when('aws:SourceAccount', member))))).toBe(true);
    expect(identity.allows(by, publish(policy(named, when('aws:SourceAccount', stranger))))).toBe(false);
  });

  it('knows the organization of its callers', () => {
    const { identity, administrator } = openIdentityWorld();
    const ours = policy('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } });
    const outsider = { ...administrator, account: stranger };

    expect(identity.allows(administrator, publish(ours))).toBe(true);
    expect(identity.allows(outsider, publish(ours))).toBe(false);
    expect(identity.allows({ service: 'sns.amazonaws.com', account: member }, publish(ours))).toBe(false);
  });

  it('knows the region, the service that a role is passed to, and what else the call tells', () => {
    const { identity, administrator } = openIdentityWorld();
    const when = (condition: Record<string, string>, context: Record<string, string> = {}) =>
      identity.allows(administrator, {
        ...publish(policy('*', { Condition: { StringEquals: condition } })),
        context,
      });

    expect(when({ 'aws:RequestedRegion': 'eu-west-1' })).toBe(true);
    expect(when({ 'aws:RequestedRegion': 'us-east-1' })).toBe(false);
    expect(when({ 'iam:PassedToService': 'lambda.amazonaws.com' })).toBe(false);
    expect(when({ 'iam:PassedToService': 'a' }, { 'iam:PassedToService': 'a' })).toBe(true);
    expect(when({ 'SNS:Protocol': 'sqs' }, { 'sns:protocol': 'sqs' })).toBe(true);
    expect(() => when({ 'sns:Protocol': 'sqs' })).toThrow('does not know iam the condition key sns:protocol');
  });
});
