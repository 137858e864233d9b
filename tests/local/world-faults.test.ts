import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidWorld } from '#local/world/invalid-world.ts';
import { parseWorld } from '#local/world/parse-world.ts';
import { aWorld } from './support-world.ts';

const file = 'world.json';

describe('a world with faults', () => {
  it.each<[string, (world: ReturnType<typeof aWorld>) => unknown, string]>([
    ['a list instead of an object', () => [], 'world.json: found a list, expected an object with the keys'],
    [
      'no organization',
      (world) => ({ ...world, organization: undefined }),
      'world.json organization: found nothing, expected an object',
    ],
    [
      'units that are no list',
      (world) => ({ ...world, units: {} }),
      'units: found an object, expected a list',
    ],
    [
      'an unknown key',
      (world) => ({ ...world, colour: null }),
      'colour: found an unknown key, expected one of',
    ],
    [
      'a number that is no text',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], id: 200000000000 }] }),
      'accounts[0].id: found 200000000000, expected 12 digits, as text',
    ],
    [
      'a missing e-mail address',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], email: undefined }] }),
      'accounts[0].email: found nothing, expected an e-mail address',
    ],
    [
      'an unknown state',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], state: 'released' }] }),
      'accounts[0].state: found "released", expected one of ACTIVE, SUSPENDED',
    ],
    [
      'an unknown key of an account',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], 'cost.center': 'x' }] }),
      'accounts[0]["cost.center"]: found an unknown key',
    ],
    [
      'a tag that is no text',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], tags: { budget: 200 } }] }),
      'accounts[0].tags.budget: found 200, expected text of at most 256 characters',
    ],
    [
      'a tag of AWS on an account',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], tags: { 'aws:x': 'y' } }] }),
      'accounts[0].tags["aws:x"]: found such a key',
    ],
    [
      'a tag whose value is too long',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], tags: { x: 'y'.repeat(257) } }] }),
      'accounts[0].tags.x: found',
    ],
    [
      '51 tags',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], tags: tags(51) }] }),
      'accounts[0].tags: found 51 tags, expected an object of at most 50 tags',
    ],
    [
      'an account twice',
      (world) => ({ ...world, accounts: [world.accounts[0], world.accounts[0]] }),
      'accounts[1].id: found "200000000000" again, expected an id other than that of accounts[0]',
    ],
    [
      'an account in a unit that is not there',
      (world) => ({ ...world, accounts: [{ ...world.accounts[0], unit: 'ou-9' }] }),
      'accounts[0].unit: found "ou-9", expected the root or one of the units',
    ],
    [
      'a unit twice',
      (world) => ({ ...world, units: [world.units[0], world.units[0]] }),
      'units[1].id: found "ou-1234" again',
    ],
    [
      'a unit that is not called so',
      (world) => ({ ...world, units: [...world.units, { id: 'unit', name: 'x', parent: 'r-ab12' }] }),
      'units[1].id: found "unit", expected text beginning with ou-',
    ],
    [
      'a unit without a parent',
      (world) => ({ ...world, units: [...world.units, { id: 'ou-9', name: 'x', parent: 'ou-8' }] }),
      'units[1].parent: found "ou-8", expected the root or one of the units',
    ],
    [
      'units that form a loop',
      (world) => ({
        ...world,
        units: [
          ...world.units,
          { id: 'ou-8', name: 'x', parent: 'ou-9' },
          { id: 'ou-9', name: 'y', parent: 'ou-8' },
        ],
      }),
      'units[2].parent: found the loop ou-9 in ou-8 in ou-9, expected a parent that leads to the root',
    ],
    [
      'an amount that is no text',
      (world) => ({ ...world, costs: [{ ...world.costs[0], amount: 1.5 }] }),
      'costs[0].amount: found 1.5, expected a decimal number, as text',
    ],
    [
      'an amount with a comma',
      (world) => ({ ...world, costs: [world.costs[0], { ...world.costs[0], amount: '1,5' }] }),
      'costs[1].amount: found "1,5", expected a decimal number, as text',
    ],
    [
      'a day that is on no calendar',
      (world) => ({ ...world, costs: [{ ...world.costs[0], date: '2026-02-30' }] }),
      'costs[0].date: found "2026-02-30", expected a date as YYYY-MM-DD',
    ],
    [
      'a rate of nothing',
      (world) => ({ ...world, rates: { EUR: 0 } }),
      'rates.EUR: found 0, expected a number',
    ],
    [
      'a currency in small letters',
      (world) => ({ ...world, rates: { eur: 1 } }),
      'rates.eur: found such a currency',
    ],
    [
      'a resource of nobody',
      (world) => ({ ...world, resources: [{ ...world.resources[0], account: '999999999999' }] }),
      'resources[0].account: found "999999999999", expected one of the accounts',
    ],
    [
      'a resource twice',
      (world) => ({ ...world, resources: [world.resources[0], world.resources[0]] }),
      'resources[1].id: found "i-0abc" again',
    ],
  ])('is refused for %s', (_, spoil, line) => {
    const refusal = refusalOf(JSON.stringify(spoil(aWorld())));

    expect(refusal?.message).toContain(line);
  });

  it('blames the units of a loop, and not those below it', () => {
    const units = [
      { id: 'ou-7', name: 'x', parent: 'ou-8' },
      { id: 'ou-8', name: 'y', parent: 'ou-9' },
      { id: 'ou-9', name: 'z', parent: 'ou-8' },
    ];

    const refusal = refusalOf(JSON.stringify({ ...aWorld(), units: [...aWorld().units, ...units] }));

    expect(refusal?.faults.map(({ path }) => path)).toEqual(['units[2].parent', 'units[3].parent']);
  });

  it('tells all of its faults at once', () => {
    const refusal = refusalOf(
      JSON.stringify({
        organization: { id: 1 },
        units: [{ id: 'x' }],
        accounts: 'none',
        costs: [{}],
        rates: [],
      }),
    );

    expect(refusal?.faults.map(({ path }) => path)).toEqual([
      'organization.id',
      'organization.managementAccount',
      'organization.root',
      'units[0].id',
      'units[0].name',
      'units[0].parent',
      'accounts',
      'costs[0].account',
      'costs[0].date',
      'costs[0].recordType',
      'costs[0].service',
      'costs[0].usageType',
      'costs[0].amount',
      'rates',
    ]);
    expect(refusal?.faults[0]).toEqual({
      file,
      path: 'organization.id',
      found: '1',
      expected: 'text beginning with o-',
    });
  });

  it('keeps the message readable however many there are', () => {
    const costs = Array.from({ length: 1000 }, () => ({ ...aWorld().costs[0], amount: 'much' }));

    const refusal = refusalOf(JSON.stringify({ ...aWorld(), costs }));

    expect(refusal?.faults).toHaveLength(1000);
    expect(refusal?.message.split('\n')).toHaveLength(102);
    expect(refusal?.message).toContain('… and 900 more');
  });

  it('is no JSON at all', () => {
    expect(refusalOf('{"units": [}')?.message).toMatch(
      /^world\.json has 1 fault:\nworld\.json: found .+, expected JSON$/s,
    );
  });

  it('never breaks the reader, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(refusalOf(text)).toBeInstanceOf(InvalidWorld);
      }),
    );
  });
});

function tags(count: number) {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, 'x']));
}

function refusalOf(text: string): InvalidWorld | undefined {
  try {
    parseWorld(text, file);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof InvalidWorld) return refusal;
    throw refusal;
  }
}
