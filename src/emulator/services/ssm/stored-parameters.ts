import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';
import type { Call } from '../../service.ts';
import { keyOf } from './parameter-name.ts';

export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  readonly type: ParameterType;
  readonly tier: Extract<ParameterTier, 'Standard' | 'Advanced'>;
  readonly description?: string | undefined;
  readonly allowedPattern?: string | undefined;
  readonly keyId?: string | undefined;
  readonly modified: Date;
  readonly modifiedBy: string;
}

export interface StoredParameter {
  readonly name: string;
  /** The oldest first; never empty. */
  readonly versions: readonly ParameterVersion[];
  readonly tags: Map<string, string>;
}

/** The parameters of one account and region, in the order of their names. */
export interface Shelf {
  find(name: string): StoredParameter | undefined;
  put(parameter: StoredParameter): void;
  remove(name: string): boolean;
  all(): readonly StoredParameter[];
  /** At most so many parameters whose name begins with a prefix, after the given one. */
  range(prefix: string, after: string | undefined, most: number): readonly StoredParameter[];
  count(tier: ParameterVersion['tier']): number;
}

export const currentOf = ({ versions }: StoredParameter): ParameterVersion | undefined => versions.at(-1);

export type ShelfOf = (call: Pick<Call, 'account' | 'region'>) => Shelf;

export function createShelves(): ShelfOf {
  const shelves = new Map<string, Shelf>();
  return ({ account, region }) => {
    const key = `${account} ${region}`;
    const shelf = shelves.get(key) ?? createShelf();
    shelves.set(key, shelf);
    return shelf;
  };
}

function createShelf(): Shelf {
  const parameters = new Map<string, StoredParameter>();
  const counts = { Standard: 0, Advanced: 0 };
  const keys: string[] = [];

  /** Position of the first key that is not before the given one. */
  function positionOf(key: string): number {
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function count(parameter: StoredParameter | undefined, change: 1 | -1) {
    const tier = parameter && currentOf(parameter)?.tier;
    if (tier) counts[tier] += change;
  }

  const existing = (key: string | undefined) => (key === undefined ? undefined : parameters.get(key));

  return {
    find: (name) => parameters.get(keyOf(name)),
    put(parameter) {
      const key = keyOf(parameter.name);
      const former = parameters.get(key);
      if (!former) keys.splice(positionOf(key), 0, key);
      count(former, -1);
      count(parameter, 1);
      parameters.set(key, parameter);
    },
    remove(name) {
      const key = keyOf(name);
      const former = parameters.get(key);
      if (!former) return false;
      keys.splice(positionOf(key), 1);
      count(former, -1);
      return parameters.delete(key);
    },
    all: () => keys.map(existing).filter((parameter) => parameter !== undefined),
    range(prefix, after, most) {
      // The smallest text after a key is the key and a zero character.
      const from = positionOf(after === undefined ? prefix : `${keyOf(after)}\0`);
      const found = keys.slice(from, from + most).filter((key) => key.startsWith(prefix));
      return found.map(existing).filter((parameter) => parameter !== undefined);
    },
    count: (tier) => counts[tier],
  };
}
