import { compareUtf8 } from '../dynamodb/compare-values.ts';
import type { Bucket, ObjectVersion } from './bucket.ts';
import { commonPrefixOf, type KeyQuery } from './list-keys.ts';

export interface VersionQuery extends Omit<KeyQuery, 'after'> {
  /** The page begins behind this version of this key; behind all versions of the key when the version is empty. */
  readonly keyMarker: string;
  readonly versionMarker: string;
}

export interface ListedVersion {
  readonly key: string;
  readonly version: ObjectVersion;
  readonly isLatest: boolean;
}

export interface VersionPage {
  readonly versions: readonly ListedVersion[];
  readonly prefixes: readonly string[];
  readonly last: { readonly key: string; readonly version: string | undefined } | undefined;
}

/** All versions of all keys: keys in order, and of each the newest first. */
export function listVersions(bucket: Pick<Bucket, 'entries'>, query: VersionQuery): VersionPage {
  const versions: ListedVersion[] = [];
  const prefixes: string[] = [];
  let last: VersionPage['last'];
  for (const step of stepsOf(bucket, query)) {
    if (versions.length + prefixes.length === query.size) return { versions, prefixes, last };
    if (typeof step === 'string') prefixes.push(step);
    else versions.push(step);
    last =
      typeof step === 'string'
        ? { key: step, version: undefined }
        : { key: step.key, version: step.version.version };
  }
  return { versions, prefixes, last: undefined };
}

function* stepsOf(
  { entries }: Pick<Bucket, 'entries'>,
  query: VersionQuery,
): Iterable<ListedVersion | string> {
  const { prefix, keyMarker, versionMarker } = query;
  const begin = compareUtf8(keyMarker, prefix) > 0 ? keyMarker : prefix;
  let shown = '';
  for (const { key, versions } of entries.ascending((entry) => compareUtf8(entry.key, begin) < 0)) {
    if (!key.startsWith(prefix)) return;
    const common = commonPrefixOf(key, query);
    if (common !== undefined) {
      if (common !== shown && (keyMarker === '' || compareUtf8(common, keyMarker) > 0)) yield common;
      shown = common;
      continue;
    }
    const from = key === keyMarker ? versions.findIndex(({ version }) => version === versionMarker) + 1 : 0;
    const rest = key === keyMarker && from === 0 ? [] : versions.slice(from);
    for (const version of rest) yield { key, version, isLatest: version === versions[0] };
  }
}
