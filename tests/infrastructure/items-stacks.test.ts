import { describe, expect, it } from 'vitest';
import { systemOf, type Resource } from './system-of.ts';
import { settingsFrom } from './settings-from.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, n) => String(300_000_000_000 + n));
const accountsOf = (ids: readonly string[], note = 'a note') =>
  `accounts:\n${ids.map((id) => `  - { identifier: '${id}', note: ${note} }`).join('\n')}`;

/** Names of the parameters of each stack of items. */
async function parametersOf(more: string, files?: Readonly<Record<string, string>>) {
  const system = systemOf(await settingsFrom(more, files));
  const names = system.stacks
    .map(({ stack }) => stack.stackName)
    .filter((name) => name.startsWith('SpaTestItems'));
  return names.map((name) => Object.values(system.resourcesOf(name.slice('SpaTest'.length))));
}

const nameOf = ({ Properties }: Resource) => Properties['Name'];

describe('items that people write in the YAML file', () => {
  it('are parameters, with defaults filled in, for people and scripts', async () => {
    const [parameters = []] = await parametersOf(
      `defaults: { account_tags: { managed-by: SPA } }
organizational_units: [{ identifier: ou-1234, note: Alpha, purge: { feature: enabled } }]
accounts: [{ identifier: '300000000000' }]
features: { with_end_user_documents: { terms: terms.md } }`,
      { 'terms.md': '# Terms' },
    );
    const values = Object.fromEntries(parameters.map((one) => [nameOf(one), one.Properties['Value']]));

    expect(Object.keys(values)).toEqual([
      '/SpaTest/Accounts/300000000000',
      '/SpaTest/OrganizationalUnits/ou-1234',
      '/SpaTest/Documents/terms',
    ]);
    expect(values['/SpaTest/Documents/terms']).toBe('# Terms');
    expect(JSON.parse(String(values['/SpaTest/OrganizationalUnits/ou-1234']))).toEqual({
      identifier: 'ou-1234',
      note: 'Alpha',
      account_tags: { 'managed-by': 'SPA' },
      unset_tags: [],
      preparation: { feature: 'disabled', variables: {} },
      purge: { feature: 'enabled', variables: {} },
    });
  });

  it('make no stack, where there are none', async () => {
    expect(await parametersOf('')).toEqual([]);
  });

  it('are each in one stack that CloudFormation takes, however many they are', async () => {
    const stacks = await parametersOf(accountsOf(numbers(1000)));

    expect(new Set(stacks.flat().map(nameOf))).toEqual(
      new Set(numbers(1000).map((id) => `/SpaTest/Accounts/${id}`)),
    );
    expect(stacks.flat()).toHaveLength(1000);
    for (const stack of stacks) expect(stack.length).toBeLessThanOrEqual(500);
  });

  it('make more stacks when they are long', async () => {
    const stacks = await parametersOf(accountsOf(numbers(200), 'n'.repeat(7000)));

    for (const stack of stacks) expect(JSON.stringify(stack).length).toBeLessThan(1_000_000);
    expect(stacks.length).toBeGreaterThan(1);
  });

  it('stay in their stack when others are added', async () => {
    const before = await parametersOf(accountsOf(numbers(460)));
    const after = await parametersOf(accountsOf(['299999999999', ...numbers(460)]));

    for (const [index, stack] of before.entries()) {
      expect(after[index]?.map(nameOf)).toEqual(expect.arrayContaining(stack.map(nameOf)));
    }
  });
});
