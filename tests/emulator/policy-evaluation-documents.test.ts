import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '#emulator/aws-error.ts';
import { parsePolicy } from '#emulator/identity/policy-document.ts';

describe('when policies are written badly', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

  it.each<[string, unknown, string]>([
    ['no JSON', undefined, 'This policy contains invalid Json'],
    ['a list', [], 'Syntax errors in policy.'],
    ['no statement', { Version: '2012-10-17' }, 'Syntax errors in policy.'],
    ['an empty list of statements', { Statement: [] }, 'Syntax errors in policy.'],
    ['another version', { Version: '2020-01-01', Statement: statement }, 'Syntax errors in policy.'],
    ['an unknown member', { Statement: { ...statement, Resources: '*' } }, 'Syntax errors in policy.'],
    ['another effect', { Statement: { ...statement, Effect: 'allow' } }, 'Syntax errors in policy.'],
    [
      'both Action and NotAction',
      { Statement: { ...statement, NotAction: 's3:*' } },
      'Syntax errors in policy.',
    ],
    ['a number as action', { Statement: { ...statement, Action: 1 } }, 'Syntax errors in policy.'],
    [
      'an unknown operator',
      { Statement: { ...statement, Condition: { Equals: {} } } },
      'Syntax errors in policy.',
    ],
    [
      'NullIfExists',
      { Statement: { ...statement, Condition: { NullIfExists: {} } } },
      'Syntax errors in policy.',
    ],
    [
      'no action',
      { Statement: { Effect: 'Allow', Resource: '*' } },
      'Policy statement must contain actions.',
    ],
    [
      'one Sid twice',
      {
        Statement: [
          { ...statement, Sid: 'A' },
          { ...statement, Sid: 'A' },
        ],
      },
      'Statement IDs (SID) in a single policy must be unique.',
    ],
  ])('refuses %s', (_, document, message) => {
    const text = document === undefined ? '{' : JSON.stringify(document);

    expect(() => parsePolicy(text)).toThrow(new AwsError('MalformedPolicyDocument', message));
  });

  it('refuses any JSON that is no policy with MalformedPolicyDocument, and with nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parsePolicy(text);
          return true;
        } catch (fault) {
          return fault instanceof AwsError && fault.code === 'MalformedPolicyDocument';
        }
      }),
    );
  });
});
