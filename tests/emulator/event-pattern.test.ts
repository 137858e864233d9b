import { describe, expect, it } from 'vitest';
import { compilePattern, parsePattern } from '#emulator/services/events/event-pattern.ts';

const event = {
  source: 'aws.organizations',
  'detail-type': 'AWS API Call via CloudTrail',
  resources: [] as string[],
  detail: {
    eventName: 'TagResource',
    errorCode: null,
    count: 42,
    ratio: 0.5,
    done: true,
    address: '10.0.3.7',
    address6: '2001:db8::7',
    regions: ['eu-west-1', 'us-east-1'],
    requestParameters: {
      resourceId: '123456789012',
      tags: [
        { key: 'account-state', value: 'expired' },
        { key: 'cost-center', value: 'vanilla' },
      ],
    },
  },
};

const matches = (detail: unknown) => compilePattern({ detail }).matches(event);

describe('a pattern of EventBridge', () => {
  it.each([
    ['an exact text', { eventName: ['TagResource'] }],
    ['one of several texts', { eventName: ['MoveAccount', 'TagResource'] }],
    ['null', { errorCode: [null] }],
    ['a number', { count: [42] }],
    ['a boolean', { done: [true] }],
    ['a prefix', { eventName: [{ prefix: 'Tag' }] }],
    ['a prefix in any case', { eventName: [{ prefix: { 'equals-ignore-case': 'tAG' } }] }],
    ['a suffix', { eventName: [{ suffix: 'Resource' }] }],
    ['a suffix in any case', { eventName: [{ suffix: { 'equals-ignore-case': 'RESOURCE' } }] }],
    ['a text in any case', { eventName: [{ 'equals-ignore-case': 'tagresource' }] }],
    ['a wildcard', { eventName: [{ wildcard: 'T*g*e' }] }],
    ['anything but a text', { eventName: [{ 'anything-but': 'MoveAccount' }] }],
    ['anything but several numbers', { count: [{ 'anything-but': [1, 2] }] }],
    ['anything but a prefix', { eventName: [{ 'anything-but': { prefix: 'Move' } }] }],
    ['anything but several suffixes', { eventName: [{ 'anything-but': { suffix: ['Account', 'Unit'] } }] }],
    [
      'anything but a text in any case',
      { eventName: [{ 'anything-but': { 'equals-ignore-case': 'move' } }] },
    ],
    ['anything but a wildcard', { eventName: [{ 'anything-but': { wildcard: '*Account' } }] }],
    ['a number in a range', { count: [{ numeric: ['>', 0, '<=', 42] }] }],
    ['a number that equals', { ratio: [{ numeric: ['=', 0.5] }] }],
    ['a field that is there', { eventName: [{ exists: true }] }],
    ['a field that is null', { errorCode: [{ exists: true }] }],
    ['a field that is not there', { errorMessage: [{ exists: false }] }],
    ['a field that is not there, deep down', { responseElements: { id: [{ exists: false }] } }],
    ['an object where only leaves exist', { requestParameters: [{ exists: false }] }],
    ['an address in a network', { address: [{ cidr: '10.0.0.0/16' }] }],
    ['an address of version 6 in a network', { address6: [{ cidr: '2001:db8::/32' }] }],
    ['one element of a list', { regions: ['us-east-1'] }],
    ['one object of a list', { requestParameters: { tags: { key: ['account-state'], value: ['expired'] } } }],
    ['one of the alternatives', { $or: [{ count: [1] }, { eventName: ['TagResource'] }] }],
  ])('matches %s', (_, detail) => expect(matches(detail)).toBe(true));

  it.each([
    ['another text', { eventName: ['tagresource'] }],
    ['a number written as text', { count: ['42'] }],
    ['a missing field, where it asks for a value', { errorMessage: ['no'] }],
    ['a missing field, where it asks for anything but a value', { errorMessage: [{ 'anything-but': 'no' }] }],
    ['a missing field, where it must exist', { errorMessage: [{ exists: true }] }],
    ['a field that must not exist', { eventName: [{ exists: false }] }],
    ['an object, where only leaves exist', { requestParameters: [{ exists: true }] }],
    ['an empty list, which holds no value', { none: [{ exists: true }] }],
    ['a dot for a wildcard', { eventName: [{ wildcard: 'T.gResource' }] }],
    ['a number out of the range', { count: [{ numeric: ['>', 42] }] }],
    ['a text, where it asks for a number', { eventName: [{ numeric: ['>', 0] }] }],
    ['an address of another network', { address: [{ cidr: '10.1.0.0/16' }] }],
    ['no address at all', { eventName: [{ cidr: '10.0.0.0/8' }] }],
    [
      'key and value of different objects of a list',
      { requestParameters: { tags: { key: ['account-state'], value: ['vanilla'] } } },
    ],
    ['none of the alternatives', { $or: [{ count: [1] }, { eventName: ['MoveAccount'] }] }],
    [
      'an alternative alone, when another field differs',
      { done: [false], $or: [{ count: [42] }, { count: [1] }] },
    ],
    ['a name that every object inherits', { constructor: [{ exists: true }] }],
  ])('does not match %s', (_, detail) => expect(matches(detail)).toBe(false));

  it('treats a star after a backslash as a star', () => {
    const pattern = compilePattern({ name: [{ wildcard: 'a\\*b*' }] });

    expect(pattern.matches({ name: 'a*bc' })).toBe(true);
    expect(pattern.matches({ name: 'axbc' })).toBe(false);
  });

  it('tells which sources can match', () => {
    expect(compilePattern({ source: ['a', 'b'] }).sources).toEqual(['a', 'b']);
    expect(compilePattern({ source: [{ prefix: 'a' }] }).sources).toBeUndefined();
    expect(compilePattern({ detail: { x: [1] } }).sources).toBeUndefined();
  });
});

describe('a pattern that is not valid', () => {
  it.each([
    ['no JSON', '{', 'Filter is not an object'],
    ['a list', '[]', 'Filter is not an object'],
    ['an empty object', '{}', 'Empty objects are not allowed'],
    ['a value without a list', '{"source": "a"}', '"source" must be an object or an array'],
    ['an empty list', '{"source": []}', 'Empty arrays are not allowed'],
    ['an unknown comparison', '{"source": [{"starts": "a"}]}', 'Unrecognized match type starts'],
    [
      'a name that every object inherits',
      '{"source": [{"constructor": "a"}]}',
      'Unrecognized match type constructor',
    ],
    ['two comparisons in one', '{"source": [{"prefix": "a", "suffix": "b"}]}', 'Only one key allowed'],
    ['a prefix that is no text', '{"source": [{"prefix": 1}]}', 'prefix match pattern must be a string'],
    ['two wildcards in a row', '{"source": [{"wildcard": "a**"}]}', 'Consecutive wildcard'],
    ['a lone backslash', '{"source": [{"wildcard": "a\\\\b"}]}', 'Invalid escape'],
    ['mixed values', '{"source": [{"anything-but": ["a", 1]}]}', 'mixed type is not supported'],
    [
      'an unknown negation',
      '{"source": [{"anything-but": {"numeric": ["=", 1]}}]}',
      'Unsupported anything-but',
    ],
    ['an unknown operator', '{"count": [{"numeric": ["!", 1]}]}', 'Unrecognized numeric range operator'],
    ['a range the wrong way', '{"count": [{"numeric": ["<", 1, ">", 0]}]}', 'Bad numeric range'],
    ['a bound that is no number', '{"count": [{"numeric": ["=", "1"]}]}', 'must be numeric'],
    ['a network without an address', '{"ip": [{"cidr": "ten/8"}]}', 'Malformed CIDR'],
    ['too long a prefix', '{"ip": [{"cidr": "10.0.0.0/33"}]}', 'Malformed CIDR'],
    ['a single alternative', '{"$or": [{"a": [1]}]}', '"$or" must be'],
    ['an existence that is no boolean', '{"a": [{"exists": "no"}]}', 'must be either true or false'],
  ])('is refused: %s', (_, text, reason) => expect(() => parsePattern(text)).toThrow(reason));
});
