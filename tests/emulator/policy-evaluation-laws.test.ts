import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesArn, matchesGlob } from '#emulator/identity/glob.ts';
import { parsePolicy } from '#emulator/identity/policy-document.ts';
import { evaluate, type Question } from '#emulator/identity/policy-evaluation.ts';
import { asking, home, queue, role, session } from './support-policies.ts';

const piece = fc.constantFrom('*', 's', 'sqs:', 'Send', 'Message', 'arn:aws:sqs:', '?', 'alerts', home);
const pattern = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
const principal = fc.constantFrom(
  undefined,
  '*',
  { AWS: role },
  { AWS: home },
  { Service: 'sns.amazonaws.com' },
  { AWS: '*' },
);
const condition = fc.constantFrom(
  undefined,
  { Bool: { 'aws:securetransport': 'true' } },
  { StringNotEquals: { 'sts:externalid': 'a' } },
  { StringEquals: { 'sts:externalid': 'a' } },
);
const listOr = <T>(one: fc.Arbitrary<T>) => fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
const anyStatement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    actions: listOr(fc.oneof(pattern, fc.constantFrom('*', 'sqs:SendMessage'))),
    resources: listOr(fc.oneof(pattern, fc.constantFrom('*', queue))),
    exceptActions: fc.boolean(),
    exceptResources: fc.boolean(),
    Principal: principal,
    Condition: condition,
  })
  .map(({ actions, resources, exceptActions, exceptResources, ...rest }) =>
    Object.assign(rest, {
      [exceptActions ? 'NotAction' : 'Action']: actions,
      [exceptResources ? 'NotResource' : 'Resource']: resources,
    }),
  );
const anyStatements = fc.array(anyStatement, { maxLength: 5 });
const anyQuestion = fc
  .record({
    action: fc.constantFrom('sqs:SendMessage', 'sqs:ReceiveMessage', 'sns:Publish'),
    resource: fc.constantFrom(queue, '*', 'arn:aws:sns:eu-west-1:222222222222:topic'),
    by: fc.constantFrom(session, { service: 'sns.amazonaws.com', account: home }),
    externalId: fc.constantFrom(undefined, 'a', 'b'),
  })
  .map(({ externalId, ...rest }) =>
    asking({ ...rest, keys: { 'aws:securetransport': 'true', 'sts:externalid': externalId } }),
  );

const document = (statements: readonly unknown[]) =>
  statements.map((statement) => parsePolicy(JSON.stringify({ Statement: statement })));
const strength = { denied: 0, silent: 1, delegated: 2, granted: 3 };
const opened = (statements: readonly unknown[], question: Question) =>
  strength[evaluate(document(statements), question)];

describe('whatever policies say', () => {
  it('a further deny never opens anything', () => {
    fc.assert(
      fc.property(anyStatements, anyStatement, anyQuestion, (statements, more, question) => {
        const denied = { ...more, Effect: 'Deny' };
        return opened([...statements, denied], question) <= opened(statements, question);
      }),
    );
  });

  it('a further allow never closes anything', () => {
    fc.assert(
      fc.property(anyStatements, anyStatement, anyQuestion, (statements, more, question) => {
        const allowed = { ...more, Effect: 'Allow' };
        return opened([...statements, allowed], question) >= opened(statements, question);
      }),
    );
  });

  it('the order of statements, and their spread over policies, are of no matter', () => {
    fc.assert(
      fc.property(anyStatement, anyStatements, anyQuestion, (first, others, question) => {
        const together = parsePolicy(JSON.stringify({ Statement: [...others, first].reverse() }));
        return evaluate([together], question) === evaluate(document([first, ...others]), question);
      }),
    );
  });

  it('the case of action names is of no matter', () => {
    fc.assert(
      fc.property(anyStatements, anyQuestion, (statements, question) => {
        const shouted = { ...question, action: question.action.toUpperCase() };
        return opened(statements, shouted) === opened(statements, question);
      }),
    );
  });

  it('a statement that excludes is the opposite of one that includes', () => {
    fc.assert(
      fc.property(pattern, anyQuestion, (action, question) => {
        const including = opened([{ Effect: 'Allow', Action: action, Resource: '*' }], question);
        const excluding = opened([{ Effect: 'Allow', NotAction: action, Resource: '*' }], question);
        return including !== excluding;
      }),
    );
  });
});

describe('when a pattern has wildcards', () => {
  it('matches as the regular expression that means the same', () => {
    const letters = fc.constantFrom('a', 'b', ':', '*', '?');
    const text = fc.array(fc.constantFrom('a', 'b', ':'), { maxLength: 8 }).map((all) => all.join(''));
    const glob = fc.array(letters, { maxLength: 8 }).map((all) => all.join(''));

    fc.assert(
      fc.property(glob, text, (pattern, text) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
        return matchesGlob(pattern, text) === same;
      }),
      { numRuns: 1000 },
    );
  });

  it('stays within its part of an ARN, where ARNs are compared', () => {
    expect(matchesGlob('arn:aws:sqs:*:alerts', queue)).toBe(true);
    expect(matchesArn('arn:aws:sqs:*:alerts', queue)).toBe(false);
    expect(matchesArn('arn:aws:sqs:*:*:alerts', queue)).toBe(true);
    expect(matchesArn('arn:aws:logs:*:*:*', 'arn:aws:logs:eu-west-1:222222222222:log-group:a:*')).toBe(true);
  });
});
