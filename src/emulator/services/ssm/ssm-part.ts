import type { Call, Service } from '../../service.ts';

/** One of the capabilities of Systems Manager: its operations, what they need, and what of it bears tags. */
export interface SsmPart {
  readonly operations: Service['operations'];
  readonly access: NonNullable<Service['access']>;
  /** By resource type, as AddTagsToResource names it. */
  readonly taggable: Readonly<Record<string, Taggable>>;
}

export interface Taggable {
  arnOf(id: string, call: Call): string;
  /** The tags of a resource, to be changed in place; undefined when there is no such resource. */
  tagsOf(id: string, call: Call): Map<string, string> | undefined;
}
