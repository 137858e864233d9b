import { inWords, isRecord } from './shape.ts';
import type { Report } from './world-fault.ts';

type Item = Readonly<Record<string, unknown>>;

/** Checks what the parts of a world say of each other: identifiers once each, units and accounts that are there. */
export function checkReferences(world: Item, report: Report) {
  const units = itemsOf(world['units']);
  const accounts = itemsOf(world['accounts']);
  const resources = itemsOf(world['resources']);
  const { root, managementAccount } = itemOf(world['organization']);
  checkOnce(units, 'units', (unit) => unit['id'], report);
  checkOnce(accounts, 'accounts', (account) => account['id'], report);
  checkOnce(resources, 'resources', identityOf, report);
  checkParents(units, root, report);
  const places = new Set([root, ...units.map((unit) => unit['id'])]);
  checkKnown(accounts, 'accounts', 'unit', places, 'the root or one of the units', report);
  const numbers = new Set([managementAccount, ...accounts.map((account) => account['id'])]);
  checkKnown(resources, 'resources', 'account', numbers, 'one of the accounts', report);
}

const itemOf = (value: unknown): Item => (isRecord(value) ? value : {});
const itemsOf = (value: unknown): readonly Item[] => (Array.isArray(value) ? value.map(itemOf) : []);

/** A resource is known by its identifier among those of its type, region and account. */
const identityOf = ({ account, region, type, id }: Item) =>
  [account, region, type, id].every((part) => typeof part === 'string')
    ? JSON.stringify([account, region, type, id])
    : undefined;

function checkOnce(
  items: readonly Item[],
  section: string,
  identityOf: (item: Item) => unknown,
  report: Report,
) {
  const seen = new Map<unknown, number>();
  for (const [index, item] of items.entries()) {
    const identity = identityOf(item);
    if (typeof identity !== 'string') continue;
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, index);
    else
      report(
        [section, index, 'id'],
        `${inWords(item['id'])} again`,
        `an id other than that of ${section}[${first}]`,
      );
  }
}

function checkKnown(
  items: readonly Item[],
  section: string,
  key: string,
  known: ReadonlySet<unknown>,
  expected: string,
  report: Report,
) {
  for (const [index, item] of items.entries()) {
    const value = item[key];
    if (typeof value === 'string' && !known.has(value))
      report([section, index, key], inWords(value), expected);
  }
}

/** Every unit must lead up to the root. */
function checkParents(units: readonly Item[], root: unknown, report: Report) {
  const parents = new Map(units.map(({ id, parent }) => [id, parent]));
  for (const [index, { id, parent }] of units.entries()) {
    if (typeof parent !== 'string') continue;
    const path = ['units', index, 'parent'];
    if (parent !== root && !parents.has(parent)) {
      report(path, inWords(parent), 'the root or one of the units');
    }
    const loop = loopFrom(id, parents);
    if (loop) report(path, `the loop ${loop.map(String).join(' in ')}`, 'a parent that leads to the root');
  }
}

/** The way from a unit up to itself; undefined when it ends elsewhere. */
function loopFrom(unit: unknown, parents: ReadonlyMap<unknown, unknown>): readonly unknown[] | undefined {
  const way = new Set([unit]);
  let next = parents.get(unit);
  for (; next !== undefined && !way.has(next); next = parents.get(next)) way.add(next);
  return next === unit ? [...way, unit] : undefined;
}
