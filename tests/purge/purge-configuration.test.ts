import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { purgeEngine } from '#domain/purge/engine.ts';
import { purgeBuildVariables, purgeInstructions } from '#domain/purge/purge-build.ts';
import {
  configurationText,
  NoProtectedAccount,
  ProtectedAccount,
  purgeConfiguration,
} from '#domain/purge/purge-configuration.ts';
import { readEngineConfiguration } from '#domain/purge/read-engine-configuration.ts';
import { ageProperty, resourceTypes } from '#domain/purge/resource-types.ts';
import { account, protectedAccounts, requestFrom, usualVariables } from './requests.ts';

const passes = (variables: Readonly<Record<string, string>>) => {
  const { tag, age } = purgeConfiguration(requestFrom(variables));
  return [tag, age].filter((pass) => pass !== undefined);
};

const typesOf = (variables: Readonly<Record<string, string>>) =>
  passes(variables).map((pass) => pass['resource-types'].includes);

describe('what the engine is told', () => {
  it('is two passes: one by tag, one by age', () => {
    expect(passes(usualVariables)).toHaveLength(2);
    expect(passes({ MAXIMUM_AGE: '1y' })).toHaveLength(1);
    expect(passes({})).toEqual([]);
  });

  it('names only types that bear what a pass judges by', () => {
    const { tag, age } = purgeConfiguration(requestFrom(usualVariables));

    expect(tag?.['resource-types'].includes).toEqual(
      resourceTypes.filter((one) => one.tagged).map(({ name }) => name),
    );
    expect(age?.['resource-types'].includes).toEqual(
      resourceTypes.filter((one) => one.tagged && ageProperty(one) !== undefined).map(({ name }) => name),
    );
    expect(age?.presets['selection']?.filters).toHaveProperty(
      'LambdaFunction.0.property',
      'tag:spa-first-seen',
    );
  });

  it('names a type whose tags it does not see only when an operator does', () => {
    expect(typesOf({ MAXIMUM_AGE: '1y' }).flat()).not.toContain('EMRCluster');
    expect(typesOf({ MAXIMUM_AGE: '1y', INCLUDED_TYPES: 'EMRCluster' })).toEqual([['EMRCluster']]);
  });

  it('is no pass rather than an empty list of types, which would stand for all', () => {
    expect(typesOf({ ...usualVariables, INCLUDED_TYPES: 'EMRCluster' })).toEqual([['EMRCluster']]);
    expect(typesOf({ ...usualVariables, INCLUDED_TYPES: 'KMSKey' })).toEqual([['KMSKey']]);
    expect(typesOf({ ...usualVariables, INCLUDED_TYPES: 'KMSKey', EXCLUDED_TYPES: 'KMSKey' })).toEqual([]);
  });

  it('holds for one account, never asks for its alias, and blocks the protected ones', () => {
    for (const pass of passes(usualVariables)) {
      expect(pass.blocklist).toEqual(protectedAccounts);
      expect(pass['bypass-alias-check-accounts']).toEqual([account]);
      expect(Object.keys(pass.accounts)).toEqual([account]);
    }
  });

  it('counts an age in hours before now', () => {
    const { age } = purgeConfiguration(requestFrom(usualVariables));

    expect(age?.presets['selection']?.filters['EC2Instance']).toEqual([
      { type: 'dateOlderThanNow', property: 'LaunchTime', value: '-6570h', invert: true },
    ]);
  });

  it('is refused for protected accounts, and without any', () => {
    const request = requestFrom(usualVariables);

    expect(() => purgeConfiguration({ ...request, account: accountId('111111111111') })).toThrow(
      ProtectedAccount,
    );
    expect(() => purgeConfiguration({ ...request, protectedAccounts: [] })).toThrow(NoProtectedAccount);
  });
});

describe('the file of the engine', () => {
  it.each([
    `me"`,
    `me'`,
    'no',
    '007',
    '2026-01-15',
    '*alias',
    '&anchor',
    '!!int 7',
    '- a: b',
    '# comment',
    '{a: b}',
    '${HOME} $(id) `id`',
    'é ✓ 𝄞',
    '\\n',
    '%YAML 1.1',
    '---',
    'null',
    '~',
  ])('keeps the tag %j as it is', (value) => {
    const { tag } = purgeConfiguration(requestFrom({ ...usualVariables, TAG_KEY: value, TAG_VALUE: value }));
    if (tag === undefined) throw new Error('no pass by tag');

    expect(readEngineConfiguration(configurationText(tag))).toEqual(tag);
  });

  it('quotes every text', () => {
    const text = passes(usualVariables).map(configurationText).join('');
    const values = text.split('\n').map((line) => line.replace(/^[\s-]*("(?:[^"\\]|\\.)*":)?\s*/, ''));

    expect(values.filter((value) => !/^("(?:[^"\\]|\\.)*"|true|)$/.test(value))).toEqual([]);
  });
});

describe('the variables that a purge build gets', () => {
  it('pin the engine by a checksum for each kind of machine', () => {
    for (const { url, sha256 } of Object.values(purgeEngine)) {
      expect(url).toMatch(/^https:\/\/github\.com\/ekristen\/aws-nuke\/releases\/download\/v3\./);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(new Set(Object.values(purgeEngine).map(({ sha256 }) => sha256)).size).toBe(2);
  });

  it('hold in 8 KB', () => {
    const variables = purgeBuildVariables(purgeInstructions(requestFrom(usualVariables)));

    expect(JSON.stringify(variables).length).toBeLessThan(8192);
  });
});
