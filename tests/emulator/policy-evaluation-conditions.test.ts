import { describe, expect, it } from 'vitest';
import { asking, verdictOf } from './support-policies.ts';

describe('when a statement has conditions', () => {
  const keys = {
    'aws:principalorgid': 'o-1',
    'aws:sourcearn': 'arn:aws:events:eu-west-1:222222222222:rule/Nightly',
    'aws:securetransport': 'true',
    'aws:epochtime': '1795348800',
    'aws:currenttime': '2026-11-22T12:00:00Z',
    's3:max-keys': '10',
    'sts:externalid': undefined,
  };
  const met = (operator: string, key: string, value: unknown) =>
    verdictOf({ Condition: { [operator]: { [key]: value } } }, asking({ keys })) === 'granted';

  it.each<[string, string, unknown]>([
    ['StringEquals', 'aws:PrincipalOrgID', 'o-1'],
    ['StringEquals', 'AWS:principalOrgId', ['o-2', 'o-1']],
    ['StringNotEquals', 'aws:PrincipalOrgID', ['o-2', 'o-3']],
    ['StringEqualsIgnoreCase', 'aws:PrincipalOrgID', 'O-1'],
    ['StringNotEqualsIgnoreCase', 'aws:PrincipalOrgID', 'O-2'],
    ['StringLike', 'aws:PrincipalOrgID', 'o-?'],
    ['StringNotLike', 'aws:PrincipalOrgID', 'p-*'],
    ['ArnEquals', 'aws:SourceArn', 'arn:aws:events:*:222222222222:rule/Nightly'],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:events:*:*:rule/*'],
    ['ArnNotLike', 'aws:SourceArn', 'arn:aws:events:*:*:archive/*'],
    ['ArnNotEquals', 'aws:SourceArn', 'arn:aws:sns:*:*:*'],
    ['Bool', 'aws:SecureTransport', true],
    ['Bool', 'aws:SecureTransport', 'true'],
    ['Null', 'sts:ExternalId', 'true'],
    ['Null', 'aws:SourceArn', 'false'],
    ['NumericEquals', 's3:max-keys', 10],
    ['NumericNotEquals', 's3:max-keys', '11'],
    ['NumericLessThan', 's3:max-keys', '10.5'],
    ['NumericLessThanEquals', 's3:max-keys', '10'],
    ['NumericGreaterThan', 's3:max-keys', '9'],
    ['NumericGreaterThanEquals', 's3:max-keys', '10'],
    ['DateEquals', 'aws:EpochTime', '2026-11-22T12:00:00Z'],
    ['DateNotEquals', 'aws:CurrentTime', '2026-11-22'],
    ['DateLessThan', 'aws:CurrentTime', '2026-11-23'],
    ['DateLessThanEquals', 'aws:CurrentTime', '1795348800'],
    ['DateGreaterThan', 'aws:CurrentTime', '2026-11-22T11:59:59Z'],
    ['DateGreaterThanEquals', 'aws:CurrentTime', '2026-11-22T12:00:00Z'],
    ['ForAnyValue:StringEquals', 'aws:PrincipalOrgID', ['o-1', 'o-2']],
    ['ForAllValues:StringLike', 'aws:PrincipalOrgID', 'o-*'],
    ['ForAllValues:StringEquals', 'sts:ExternalId', 'any'],
    ['StringEqualsIfExists', 'sts:ExternalId', 'any'],
    ['ForAnyValue:StringLikeIfExists', 'sts:ExternalId', 'any'],
    ['StringNotEquals', 'sts:ExternalId', 'any'],
  ])('%s on %s is met by %j', (operator, key, value) => expect(met(operator, key, value)).toBe(true));

  it.each<[string, string, unknown]>([
    ['StringEquals', 'aws:PrincipalOrgID', 'O-1'],
    ['StringEquals', 'aws:PrincipalOrgID', 'o-*'],
    ['StringEquals', 'aws:PrincipalOrgID', []],
    ['StringNotEquals', 'aws:PrincipalOrgID', ['o-2', 'o-1']],
    ['StringEqualsIgnoreCase', 'aws:PrincipalOrgID', 'O-2'],
    ['StringNotLike', 'aws:PrincipalOrgID', 'o-*'],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:*:rule/Nightly'],
    ['ArnEquals', 'aws:SourceArn', 'arn:aws:events:*:*:rule/Daily'],
    ['Bool', 'aws:SecureTransport', false],
    ['Null', 'sts:ExternalId', 'false'],
    ['NumericEquals', 's3:max-keys', 'ten'],
    ['NumericLessThan', 's3:max-keys', '10'],
    ['NumericGreaterThan', 's3:max-keys', '10'],
    ['DateLessThan', 'aws:CurrentTime', '2026-11-22T12:00:00Z'],
    ['DateGreaterThan', 'aws:CurrentTime', 'yesterday'],
    ['ForAnyValue:StringEquals', 'sts:ExternalId', 'any'],
    ['ForAnyValue:StringNotEquals', 'sts:ExternalId', 'any'],
    ['StringEquals', 'sts:ExternalId', 'any'],
    ['StringLikeIfExists', 'aws:PrincipalOrgID', 'p-*'],
  ])('%s on %s is not met by %j', (operator, key, value) => expect(met(operator, key, value)).toBe(false));

  it('asks that all of them are met', () => {
    const first = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

    expect(
      verdictOf({ Condition: { ...first, Bool: { 'aws:SecureTransport': 'true' } } }, asking({ keys })),
    ).toBe('granted');
    expect(
      verdictOf({ Condition: { ...first, Bool: { 'aws:SecureTransport': 'false' } } }, asking({ keys })),
    ).toBe('silent');
  });
});
