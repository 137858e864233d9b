import { engineDate } from './engine-dates.ts';
import type { HeldResource } from './held-resource.ts';
import { protectedPattern } from './protection.ts';
import type { PurgeSettings } from './purge-settings.ts';
import type { Listing } from './resource-types.ts';
import { firstSeenTag, resourceType } from './resource-types.ts';

/** How a build finds the resources that it may have to stamp; none when no age is asked for. */
export const firstSeenListings = (settings: PurgeSettings): readonly Listing[] =>
  settings.maximumAgeInHours === undefined
    ? []
    : settings.types
        .map((name) => resourceType(name)?.age)
        .flatMap((age) => (age?.kind === 'first-seen' ? [age.listing] : []));

/** Holders may edit the tag: a date that can't be read would stop every purge, one to come would put it off. */
const isStamp = (text: string | undefined, now: Date) =>
  text !== undefined &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) &&
  (engineDate(text) ?? Infinity) <= now.getTime();

/** Whether a real purge must write down that it sees this resource for the first time. */
export function needsStamp(resource: HeldResource, settings: PurgeSettings, now: Date): boolean {
  const { type, region, id, tags } = resource;
  return (
    settings.maximumAgeInHours !== undefined &&
    settings.types.includes(type) &&
    resourceType(type)?.age.kind === 'first-seen' &&
    (settings.regions.includes('all') || settings.regions.includes(region)) &&
    !new RegExp(protectedPattern(settings.protectedResources)).test(id) &&
    !isStamp(tags[firstSeenTag], now)
  );
}

/** The same resource with its stamp, in seconds of UTC. */
export const stamped = <Resource extends HeldResource>(resource: Resource, now: Date): Resource => ({
  ...resource,
  tags: { ...resource.tags, [firstSeenTag]: `${now.toISOString().slice(0, 19)}Z` },
});
