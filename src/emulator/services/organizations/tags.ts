import type { SimulatedClock } from '../../clock.ts';
import { AwsError } from '../../aws-error.ts';

export type Tags = Readonly<Record<string, string>>;

type GivenTags = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

/** Tags of accounts, units, the root and policies, with the index that the Resource Groups Tagging API reads. */
export interface TagStore {
  of(id: string): Tags;
  /** Throws as Organizations does when a key or a value breaks its limits. */
  put(id: string, tags: GivenTags): void;
  remove(id: string, keys: readonly string[]): void;
  /** Tags that have long been there when the cloud opens, whatever they are: those of AWS among them. */
  open(id: string, tags: Tags): void;
  forget(id: string): void;
  /** Tags as the index shows them: some seconds late; undefined for what was never tagged. */
  indexed(id: string): Tags | undefined;
}

/** The index follows the tags after this long. */
export const indexDelayInSeconds = 3;

const tagsPerResource = 50;

export function createTagStore(clock: SimulatedClock): TagStore {
  const current = new Map<string, Tags>();
  const former = new Map<string, { until: number; tags: Tags | undefined }>();

  function change(id: string, tags: Tags) {
    former.set(id, { until: clock.now() + indexDelayInSeconds * 1000, tags: indexed(id) });
    current.set(id, tags);
  }

  function indexed(id: string): Tags | undefined {
    const earlier = former.get(id);
    if (earlier && clock.now() < earlier.until) return earlier.tags;
    former.delete(id);
    return current.get(id);
  }

  return {
    of: (id) => current.get(id) ?? {},
    put(id, tags) {
      change(id, mergedTags(current.get(id), tags));
    },
    remove(id, keys) {
      const left = Object.entries(current.get(id) ?? {}).filter(([key]) => !keys.includes(key));
      change(id, Object.fromEntries(left));
    },
    open: (id, tags) => void current.set(id, tags),
    forget(id) {
      current.delete(id);
      former.delete(id);
    },
    indexed,
  };
}

/** Throws as Organizations does when a key or a value breaks its limits, or when there are too many. */
export function mergedTags(present: Tags | undefined, given: GivenTags): Tags {
  const merged = {
    ...present,
    ...Object.fromEntries(given.map(({ Key, Value }) => validTag(Key, Value))),
  };
  if (Object.keys(merged).length <= tagsPerResource) return merged;
  throw new AwsError(
    'ConstraintViolationException',
    'You have exceeded the number of tags allowed on a resource.',
    400,
    { Reason: 'MAX_TAG_LIMIT_EXCEEDED' },
  );
}

function validTag(key: string | undefined, value: string | undefined): [string, string] {
  const sound =
    key !== undefined && value !== undefined && key.length >= 1 && key.length <= 128 && value.length <= 256;
  if (!sound || /^aws:/i.test(key) || !allowed.test(key) || !allowed.test(value)) {
    const reason =
      key !== undefined && /^aws:/i.test(key) ? 'INVALID_SYSTEM_TAGS_PARAMETER' : 'INVALID_PATTERN';
    throw new AwsError('InvalidInputException', 'You provided a tag with an invalid key or value.', 400, {
      Reason: reason,
    });
  }
  return [key, value];
}

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
