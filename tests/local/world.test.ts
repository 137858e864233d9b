import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { loadWorld } from '#local/world/load-world.ts';
import { parseWorld } from '#local/world/parse-world.ts';
import { plainDecimal } from '#local/world/plain-decimal.ts';
import { readWorld } from '#local/world/read-world.ts';
import { worldFaults } from '#local/world/world-faults.ts';
import { aWorld } from './support-world.ts';

const file = 'world.json';

describe('a sound world', () => {
  it('is read as it is written', () => {
    expect(parseWorld(JSON.stringify(aWorld()), file)).toEqual(aWorld());
  });

  it('may leave out costs, rates and resources, and tags and dates of resources', () => {
    const { organization, units, accounts } = aWorld();
    const bare = { account: '200000000000', region: 'global', type: 'IAMRole', id: 'x' };

    const world = parseWorld(JSON.stringify({ organization, units, accounts }), file);
    const withBare = parseWorld(JSON.stringify({ ...aWorld(), resources: [bare] }), file);

    expect(world).toEqual({ organization, units, accounts, costs: [], rates: {}, resources: [] });
    expect(withBare.resources).toEqual([{ ...bare, tags: {} }]);
  });

  it('bills accounts that have left, for usage without a type, in any decimal form', () => {
    const line = { ...aWorld().costs[0], account: '999999999999', usageType: '', amount: '-1.25e-7' };

    const { costs } = parseWorld(JSON.stringify({ ...aWorld(), costs: [line] }), file);

    expect(costs).toEqual([{ ...line, amount: '-0.000000125' }]);
  });

  it('nests units, keeps resources in the management account, and names things strangely', () => {
    const units = [
      { id: 'ou-1', name: 'Équipe, "Paris"', parent: 'ou-2' },
      { id: 'ou-2', name: '=1+1', parent: 'r-ab12' },
    ];
    const resources = [{ ...aWorld().resources[0], account: '111111111111', tags: { 'aws:cdk': 'x' } }];
    const accounts = [{ ...aWorld().accounts[0], unit: 'ou-1', tags: { 'cost-center': 'a\\b/c|\u0007' } }];

    expect(() => parseWorld(JSON.stringify({ ...aWorld(), units, resources, accounts }), file)).not.toThrow();
  });
});

describe('a world file', () => {
  let folder = '';
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'world-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('is read from disk, with a byte order mark too', async () => {
    const path = join(folder, 'world.json');
    await writeFile(path, `\uFEFF${JSON.stringify(aWorld())}`);

    expect(await readWorld(path)).toEqual(aWorld());
  });

  it('is refused with its path when it is not there', async () => {
    const path = join(folder, 'missing.json');

    await expect(readWorld(path)).rejects.toMatchObject({ name: 'InvalidWorld', faults: [{ file: path }] });
  });

  it('is refused when its management account is not that of the role in the settings', async () => {
    const path = join(folder, 'world.json');
    await writeFile(path, JSON.stringify(aWorld()));
    const under = (number: string) => ({ automation: { managementAccount: accountId(number) } });

    await expect(loadWorld(path, under('111111111111'))).resolves.toEqual(aWorld());
    await expect(loadWorld(path, under('222222222222'))).rejects.toMatchObject({
      name: 'InvalidWorld',
      message: expect.stringContaining(
        'organization.managementAccount: found "111111111111", expected "222222222222"',
      ),
    });
    expect(worldFaults(parseWorld(JSON.stringify(aWorld()), file), under('111111111111'), file)).toEqual([]);
  });
});

describe('a decimal number', () => {
  it.each([
    ['1e3', '1000'],
    ['1.5e-7', '0.00000015'],
    ['-12.5E+1', '-125'],
    ['0.5e1', '5'],
    ['1.25e1', '12.5'],
    ['12', '12'],
    ['-0.0759', '-0.0759'],
  ])('%s is %s without exponent', (text, plain) => {
    expect(plainDecimal(text)).toBe(plain);
  });

  it('keeps its value', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -30, max: 30 }), (mantissa, exponent) => {
        const text = `${mantissa}e${exponent}`;
        const plain = plainDecimal(text);

        expect(plain).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(plain)).toBe(Number(text));
      }),
    );
  });
});
