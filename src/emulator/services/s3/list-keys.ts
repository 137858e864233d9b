import { compareUtf8 } from '../dynamodb/compare-values.ts';
import type { Bucket, StoredObject } from './bucket.ts';

export interface KeyQuery {
  readonly prefix: string;
  /** Keys that have it behind the prefix are shown as one common prefix; none when empty. */
  readonly delimiter: string;
  /** Only what comes after this key or common prefix; everything when empty. */
  readonly after: string;
  readonly size: number;
}

export interface KeyPage {
  readonly objects: readonly ListedObject[];
  readonly prefixes: readonly string[];
  /** Key or common prefix with which the page ends, when there is more. */
  readonly last: string | undefined;
}

export interface ListedObject {
  readonly key: string;
  readonly object: StoredObject;
}

/** Objects as they are read now, in the order of the bytes of their keys. */
export function listKeys(bucket: Pick<Bucket, 'entries'>, query: KeyQuery): KeyPage {
  const objects: ListedObject[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  for (const step of stepsOf(bucket, query)) {
    if (objects.length + prefixes.length === query.size) return { objects, prefixes, last };
    if (typeof step === 'string') prefixes.push(step);
    else objects.push(step);
    last = typeof step === 'string' ? step : step.key;
  }
  return { objects, prefixes, last: undefined };
}

/** However many keys have a common prefix, it costs one step. */
function* stepsOf({ entries }: Pick<Bucket, 'entries'>, query: KeyQuery): Iterable<ListedObject | string> {
  const { prefix, after } = query;
  let passed: ((key: string) => boolean) | undefined = (key) =>
    compareUtf8(key, prefix) < 0 || (after !== '' && compareUtf8(key, after) <= 0);
  while (passed) {
    const isPassed: (key: string) => boolean = passed;
    passed = undefined;
    for (const { key, versions } of entries.ascending((entry) => isPassed(entry.key))) {
      if (!key.startsWith(prefix)) return;
      const [newest] = versions;
      if (newest?.kind !== 'object') continue;
      const common = commonPrefixOf(key, query);
      if (common === undefined) {
        yield { key, object: newest };
        continue;
      }
      if (after === '' || compareUtf8(common, after) > 0) yield common;
      passed = (other) => other.startsWith(common) || compareUtf8(other, common) < 0;
      break;
    }
  }
}

/** The key up to the first delimiter behind the prefix, delimiter included. */
export function commonPrefixOf(
  key: string,
  { prefix, delimiter }: Pick<KeyQuery, 'prefix' | 'delimiter'>,
): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
