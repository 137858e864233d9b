import { describe, expect, it } from 'vitest';
import { decide, evaluate, type ResourceSide } from '#emulator/identity/policy-evaluation.ts';
import { asking, home, policySaying, queue, role, session, verdictOf } from './support-policies.ts';

describe('when a policy names actions', () => {
  it.each(['sqs:SendMessage', 'SQS:sendmessage', 'sqs:Send*', 'sqs:SendMessag?', '*'])(
    'grants by %s',
    (Action) => expect(verdictOf({ Action })).toBe('granted'),
  );

  it.each(['sqs:Send', 'sqs:SendMessage?', 'sns:*', 'sqs:sendmessagebatch'])('says nothing by %s', (Action) =>
    expect(verdictOf({ Action })).toBe('silent'),
  );

  it('grants what NotAction leaves, and nothing of what it names', () => {
    expect(verdictOf({ Action: undefined, NotAction: 'sns:*' })).toBe('granted');
    expect(verdictOf({ Action: undefined, NotAction: ['sns:*', 'sqs:Send*'] })).toBe('silent');
  });
});

describe('when a policy names resources', () => {
  it.each(['*', queue, 'arn:aws:sqs:*:*:alerts', 'arn:aws:sqs:eu-west-?:*', 'arn:aws:sqs:*'])(
    'grants by %s',
    (Resource) => expect(verdictOf({ Resource })).toBe('granted'),
  );

  it.each([`${queue}2`, 'arn:aws:sqs:eu-west-1:*:Alerts', 'arn:aws:sns:*'])(
    'says nothing by %s',
    (Resource) => expect(verdictOf({ Resource })).toBe('silent'),
  );

  it('grants what NotResource leaves, and nothing of what it names', () => {
    expect(verdictOf({ Resource: undefined, NotResource: 'arn:aws:sns:*' })).toBe('granted');
    expect(verdictOf({ Resource: undefined, NotResource: queue })).toBe('silent');
  });
});

describe('when a policy names principals', () => {
  it.each([
    '*',
    { AWS: '*' },
    { AWS: role },
    { AWS: session.arn },
    { AWS: ['arn:aws:iam::222222222222:role/Other', role] },
  ])('grants to %j, who is the caller', (Principal) => expect(verdictOf({ Principal })).toBe('granted'));

  it.each([{ AWS: home }, { AWS: `arn:aws:iam::${home}:root` }])(
    "leaves it to the account's own policies by %j",
    (Principal) => expect(verdictOf({ Principal })).toBe('delegated'),
  );

  it.each([
    { AWS: '333333333333' },
    { AWS: `arn:aws:iam::${home}:role/*` },
    { Service: 'events.amazonaws.com' },
    { Service: '*' },
    { Federated: '*' },
    { AWS: [] },
  ])('says nothing to the caller by %j', (Principal) => expect(verdictOf({ Principal })).toBe('silent'));

  it('grants by its name what another statement leaves to the account', () => {
    const to = (principal: string) => policySaying({ Principal: { AWS: principal } });

    expect(evaluate([to(role), to(home)], asking())).toBe('granted');
    expect(evaluate([to(home), to(role)], asking())).toBe('granted');
  });

  it('grants to a service by its name or to everybody, and not to another service or by its account', () => {
    const by = { service: 'events.amazonaws.com', account: home };

    expect(verdictOf({ Principal: { Service: by.service } }, asking({ by }))).toBe('granted');
    expect(verdictOf({ Principal: '*' }, asking({ by }))).toBe('granted');
    expect(verdictOf({ Principal: { Service: 'sns.amazonaws.com' } }, asking({ by }))).toBe('silent');
    expect(verdictOf({ Principal: { AWS: home } }, asking({ by }))).toBe('silent');
  });
});

describe('when a policy uses what the local cloud lacks', () => {
  it.each<[string, Record<string, unknown>]>([
    ['an unknown condition key', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }],
    ['an operator', { Condition: { IpAddress: { 'aws:securetransport': '10.0.0.0/8' } } }],
    ['NotPrincipal', { Effect: 'Deny', NotPrincipal: { AWS: role } }],
    ['a canonical user', { Principal: { CanonicalUser: 'abc' } }],
    ['a variable in a resource', { Resource: 'arn:aws:sqs:*:*:${aws:username}' }],
    ['a variable in a condition', { Condition: { StringLike: { 'aws:securetransport': '${aws:userid}' } } }],
  ])('refuses to answer about %s', (_, statement) => {
    const question = asking({ keys: { 'aws:securetransport': 'true' } });

    expect(() => verdictOf(statement, question)).toThrow(
      expect.objectContaining({ code: 'NotImplemented', status: 501 }),
    );
  });

  it('answers where the statement is about other actions', () => {
    const statement = { Action: 'sns:Publish', NotPrincipal: { AWS: role } };

    expect(verdictOf(statement)).toBe('silent');
  });
});

describe('when the policies of caller and resource are weighed', () => {
  const identities = ['denied', 'granted', 'silent'] as const;
  const side = (change: Partial<ResourceSide>): ResourceSide => ({
    verdict: 'silent',
    called: 'resource-based policy',
    mustGrant: false,
    foreign: false,
    ...change,
  });
  const allowed = (...weighed: [(typeof identities)[number], Partial<ResourceSide>]) =>
    decide('sqs:SendMessage', weighed[0], side(weighed[1])).allowed;

  it('takes either grant at home', () => {
    expect(allowed('granted', { verdict: 'silent' })).toBe(true);
    expect(allowed('silent', { verdict: 'granted' })).toBe(true);
    expect(allowed('silent', { verdict: 'silent' })).toBe(false);
    expect(allowed('silent', { verdict: 'delegated' })).toBe(false);
  });

  it('asks for both in another account', () => {
    const foreign = { foreign: true, mustGrant: true };

    expect(allowed('granted', { ...foreign, verdict: 'granted' })).toBe(true);
    expect(allowed('granted', { ...foreign, verdict: 'delegated' })).toBe(true);
    expect(allowed('granted', { ...foreign, verdict: 'silent' })).toBe(false);
    expect(allowed('silent', { ...foreign, verdict: 'granted' })).toBe(false);
  });

  it('always asks the trust policy of a role', () => {
    expect(allowed('granted', { mustGrant: true, verdict: 'silent' })).toBe(false);
    expect(allowed('granted', { mustGrant: true, verdict: 'delegated' })).toBe(true);
    expect(allowed('silent', { mustGrant: true, verdict: 'granted' })).toBe(true);
    expect(allowed('silent', { mustGrant: true, verdict: 'delegated' })).toBe(false);
  });

  it('lets a deny of either win', () => {
    for (const foreign of [true, false]) {
      for (const mustGrant of [true, false]) {
        expect(allowed('denied', { verdict: 'granted', foreign, mustGrant })).toBe(false);
        expect(allowed('granted', { verdict: 'denied', foreign, mustGrant })).toBe(false);
      }
    }
  });
});
