import type { EngineConfiguration, EngineFilter } from './engine-configuration.ts';
import { everyType } from './engine-configuration.ts';
import { EngineAborts, keeps } from './filter-match.ts';

/** A resource as the engine sees it. */
export interface EngineResource {
  readonly type: string;
  /** `global` for services without regions. */
  readonly region: string;
  /** The engine's own identifier; undefined for types that have none. */
  readonly identifier: string | undefined;
  /** Undefined for types without properties: their filters are skipped, and nothing keeps them. */
  readonly properties: Readonly<Record<string, string>> | undefined;
}

export interface Judgement {
  readonly verdict: 'delete' | 'keep';
  readonly reason: string;
}

type Property = { readonly found: string } | 'no such thing';

function propertyOf(resource: EngineResource, name: string): Property {
  if (name === '')
    return resource.identifier === undefined ? 'no such thing' : { found: resource.identifier };
  if (resource.properties === undefined) return 'no such thing';
  return { found: Object.hasOwn(resource.properties, name) ? (resource.properties[name] ?? '') : '' };
}

function isKeptBy(filter: EngineFilter, resource: EngineResource, now: number): boolean {
  const property = propertyOf(resource, filter.property ?? '');
  return property !== 'no such thing' && keeps(filter, property.found, now);
}

function filtersOf(
  configuration: EngineConfiguration,
  account: string,
  type: string,
): readonly EngineFilter[] {
  const presets = (configuration.accounts[account]?.presets ?? []).map((name) => {
    const preset = configuration.presets[name];
    if (preset === undefined) throw new EngineAborts(`The engine finds no preset ${name}`);
    return preset.filters;
  });
  return [everyType, type].flatMap((key) => presets.flatMap((filters) => filters[key] ?? []));
}

const describe = ({ property = 'identifier', type = 'exact', value = '', invert }: EngineFilter) =>
  `${property} ${invert === true ? 'not ' : ''}${type} ${value}`;

const isAskedFor = (asked: readonly string[], region: string) =>
  asked.includes('all') || asked.includes(region);

/** The engine takes an empty list of types for all types. */
const isIncluded = (includes: readonly string[], type: string) =>
  includes.length === 0 || includes.includes(type);

function refuseAccount({ blocklist, accounts }: EngineConfiguration, account: string): void {
  if (blocklist.length === 0)
    throw new EngineAborts('The engine asks for at least one account in its blocklist');
  if (blocklist.includes(account)) throw new EngineAborts(`The engine finds ${account} in its blocklist`);
  if (accounts[account] === undefined)
    throw new EngineAborts(`The engine isn't told about account ${account}`);
}

/**
 * What one run of the engine would do with each of the resources of an account, in their order, and why.
 * Follows the documented semantics of libnuke's filters, groups left out. Throws EngineAborts.
 */
export function judge(
  configuration: EngineConfiguration,
  account: string,
  resources: readonly EngineResource[],
  now: Date,
): readonly Judgement[] {
  refuseAccount(configuration, account);
  const includes = configuration['resource-types'].includes;
  return resources.map((resource) => {
    if (!isAskedFor(configuration.regions, resource.region))
      return { verdict: 'keep', reason: 'other region' };
    if (!isIncluded(includes, resource.type)) return { verdict: 'keep', reason: 'type left out' };
    const filters = filtersOf(configuration, account, resource.type);
    const keeper = filters.find((filter) => isKeptBy(filter, resource, now.getTime()));
    return keeper === undefined
      ? { verdict: 'delete', reason: 'no filter keeps it' }
      : { verdict: 'keep', reason: describe(keeper) };
  });
}
