import { describe, expect, it } from 'vitest';
import { busLetsOrganizationIn } from '#domain/doctor/bus-policy.ts';
import { trusts } from '#domain/doctor/management-role.ts';
import { readPolicy } from '#domain/doctor/policy-reading.ts';

const organization = 'o-a1b2c3d4e5';
const account = '123456789012';
const role = `arn:aws:iam::${account}:role/SpaTest/SpaTestCheckAccounts`;

const policy = (statement: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

describe('the policy of the bus', () => {
  const letting = (given: Readonly<Record<string, unknown>>) =>
    policy({ Principal: '*', Action: 'events:PutEvents', Resource: 'arn:aws:events:*', ...given });
  const within = (operator: string, key: string, value: unknown) =>
    letting({ Condition: { [operator]: { [key]: value } } });
  const told = (text: string | undefined, id: string | undefined = organization) =>
    busLetsOrganizationIn(text, id, account).status;

  it.each([
    ['by its identifier', within('StringEquals', 'aws:PrincipalOrgID', organization)],
    ['among others', within('StringEquals', 'aws:PrincipalOrgID', ['o-other00000', organization])],
    ['whatever the case of the key', within('StringEquals', 'aws:principalorgid', organization)],
    ['by its paths', within('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${organization}/*`)],
    [
      'by a principal that is written at length',
      letting({
        Principal: { AWS: '*' },
        Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } },
      }),
    ],
    [
      'by an action among others',
      letting({
        Action: ['events:Put*'],
        Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } },
      }),
    ],
  ])('lets the organization in %s', (_, text) => {
    expect(told(text)).toBe('ok');
  });

  it.each([
    ['there is none', undefined],
    ['it is no policy', 'yes'],
    ['another organization is let in', within('StringEquals', 'aws:PrincipalOrgID', 'o-other00000')],
    ['all others are let in', within('StringNotEquals', 'aws:PrincipalOrgID', organization)],
    ['one account is let in', letting({ Principal: { AWS: `arn:aws:iam::${account}:root` } })],
    ['something else is allowed', letting({ Action: 'events:PutRule' })],
    ['it is denied', letting({ Effect: 'Deny' })],
    [
      'a second condition must be met',
      letting({ Condition: { StringEquals: { 'aws:PrincipalOrgID': organization, 'events:source': 'x' } } }),
    ],
  ])('does not let it in where %s', (_, text) => {
    expect(told(text)).toBe('finding');
  });

  it('is pointed to where it lets everybody in', () => {
    expect(told(letting({}))).toBe('hint');
  });

  it('is taken for right by any organization, where ours is not known', () => {
    expect(
      busLetsOrganizationIn(within('StringEquals', 'aws:PrincipalOrgID', 'o-other00000'), undefined, account)
        .status,
    ).toBe('ok');
  });
});

describe('the trust of the management role', () => {
  const trusting = (AWS: unknown, Condition?: unknown) =>
    policy({ Principal: { AWS }, Action: 'sts:AssumeRole', ...(Condition ? { Condition } : {}) });
  const root = `arn:aws:iam::${account}:root`;

  it.each([
    ['the whole account', trusting(root)],
    ['the account by its number', trusting([account])],
    ['the function itself', trusting(role)],
    [
      'roles of the environment',
      trusting(root, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/SpaTest/*` } }),
    ],
    ['accounts of the organization', trusting('*', { StringEquals: { 'aws:PrincipalOrgID': organization } })],
    ['the account by a condition', trusting('*', { StringEquals: { 'aws:PrincipalAccount': account } })],
  ])('lets functions in by %s', (_, text) => {
    expect(trusts(text, role, account)).toBe(true);
  });

  it.each([
    ['another account', trusting('arn:aws:iam::999999999999:root')],
    ['another role', trusting(`arn:aws:iam::${account}:role/Admin`)],
    [
      'roles of another environment',
      trusting(root, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/SpaOther/*` } }),
    ],
    ['those who know a secret', trusting(root, { StringEquals: { 'sts:ExternalId': 'secret' } })],
    ['a service', policy({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })],
    ['nobody', '{}'],
  ])('does not, when it trusts %s', (_, text) => {
    expect(trusts(text, role, account)).toBe(false);
  });
});

describe('a policy', () => {
  it('may hold one statement, one action, one value', () => {
    const text = JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Action: 'a:B',
        Principal: '*',
        Condition: { 'ForAllValues:StringLikeIfExists': { 'aws:Key': 'v' } },
      },
    });

    expect(readPolicy(text)).toEqual([
      {
        effect: 'Allow',
        actions: ['a:B'],
        principals: ['*'],
        conditions: [{ operator: 'StringLike', key: 'aws:key', values: ['v'] }],
      },
    ]);
  });
});
