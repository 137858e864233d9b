import type { EngineResource } from './filter-model.ts';
import { resourceType } from './resource-types.ts';

/** A resource that an account holds, as a world file describes it. */
export interface HeldResource {
  readonly region: string;
  /** The engine's name of its type. */
  readonly type: string;
  /** Its identifier and its name. */
  readonly id: string;
  /** Value of the date property of its type; counts for nothing when its type has none. */
  readonly created?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the engine would see of it. Types that purges don't know have no properties: nothing but their name is safe. */
export function seenByEngine({ region, type, id, created = '', tags }: HeldResource): EngineResource {
  const known = resourceType(type);
  if (known === undefined) return { type, region, identifier: id, properties: undefined };
  const date = known.age.kind === 'property' ? { [known.age.property]: created } : {};
  const labels = known.tagged ? Object.entries(tags).map(([key, value]) => [`tag:${key}`, value]) : [];
  return { type, region, identifier: id, properties: { ...Object.fromEntries(labels), Name: id, ...date } };
}
