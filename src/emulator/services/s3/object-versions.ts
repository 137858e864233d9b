import { AwsError } from '../../aws-error.ts';
import { entryOf, type Bucket, type ObjectVersion, type StoredObject } from './bucket.ts';
import { noSuchKey, noSuchVersion } from './s3-errors.ts';

const longestKey = 1024;

/** The version that a write has to bear now. */
export function nextVersion(bucket: Bucket, nextId: () => string): string {
  return bucket.versioning === 'Enabled' ? nextId().replaceAll('-', '') : 'null';
}

/** Puts a version on top of a key; without versioning it takes the place of the one before. */
export function addVersion(bucket: Bucket, key: string, version: ObjectVersion): void {
  if (Buffer.byteLength(key) > longestKey) {
    throw new AwsError('KeyTooLongError', 'Your key is too long', 400, { MaxSizeAllowed: longestKey });
  }
  const before = entryOf(bucket, key)?.versions ?? [];
  const others = before.filter(({ version: other }) => other !== version.version);
  bucket.entries.put({ key, versions: [version, ...others] });
}

/** Takes one version away for good. */
export function removeVersion(bucket: Bucket, key: string, version: string): ObjectVersion | undefined {
  const entry = entryOf(bucket, key);
  const removed = entry?.versions.find((other) => other.version === version);
  if (!entry || !removed) return undefined;
  const versions = entry.versions.filter((other) => other !== removed);
  if (versions.length > 0) bucket.entries.put({ key, versions });
  else bucket.entries.remove(entry);
  return removed;
}

/** The object that is read under a key now; undefined when it is deleted or never was. */
export function currentObject(bucket: Bucket, key: string): StoredObject | undefined {
  const newest = entryOf(bucket, key)?.versions[0];
  return newest?.kind === 'object' ? newest : undefined;
}

/** Throws NoSuchKey, NoSuchVersion or, for a version that marks a deletion, MethodNotAllowed. */
export function findObject(bucket: Bucket, key: string, version: string | null): StoredObject {
  const versions = entryOf(bucket, key)?.versions ?? [];
  if (version === null) {
    const [newest] = versions;
    if (newest?.kind === 'object') return newest;
    const missing = noSuchKey(key);
    if (!newest) throw missing;
    throw new AwsError(missing.code, missing.message, missing.status, {
      ...missing.members,
      DeleteMarker: true,
      VersionId: newest.version,
    });
  }
  const found = versions.find((other) => other.version === version);
  if (!found) throw noSuchVersion(key, version);
  if (found.kind === 'object') return found;
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
    DeleteMarker: true,
    VersionId: version,
  });
}
