import type { AccountId } from '#domain/account.ts';
import { compareUtf8 } from '../dynamodb/compare-values.ts';
import { createSortedList, type SortedList } from '../dynamodb/sorted-list.ts';
import type { Checksum } from './checksums.ts';
import type { Upload } from './multipart-upload.ts';
import type { XmlValue } from './xml.ts';

/** An object as it was uploaded, never changed afterwards but for its tags. */
export interface StoredObject {
  readonly kind: 'object';
  /** `null` when the bucket had no versioning then. */
  readonly version: string;
  readonly modifiedAt: Date;
  readonly body: Uint8Array;
  /** With its quotes. */
  readonly etag: string;
  /** Headers that come back with it: content type, metadata and the like. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum: Checksum | undefined;
  tags: ReadonlyMap<string, string>;
}

/** What stands for an object that was deleted in a bucket with versioning. */
export interface DeleteMarker {
  readonly kind: 'marker';
  readonly version: string;
  readonly modifiedAt: Date;
}

export type ObjectVersion = StoredObject | DeleteMarker;

/** All versions of one key, newest first; there is always one. */
export interface ObjectEntry {
  readonly key: string;
  readonly versions: readonly ObjectVersion[];
}

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export interface BucketEncryption {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly bucketKey: boolean;
}

export interface Bucket {
  readonly name: string;
  readonly owner: AccountId;
  readonly region: string;
  readonly createdAt: Date;
  readonly entries: SortedList<ObjectEntry>;
  readonly uploads: Map<string, Upload>;
  versioning: 'Enabled' | 'Suspended' | undefined;
  policy: string | undefined;
  publicAccessBlock: PublicAccessBlock | undefined;
  encryption: BucketEncryption;
  lifecycle: XmlValue | undefined;
  tags: ReadonlyMap<string, string>;
}

/** What S3 does for every new bucket of today. */
export const defaultEncryption: BucketEncryption = {
  algorithm: 'AES256',
  keyId: undefined,
  bucketKey: false,
};

const allBlocked: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export function createBucket(place: Pick<Bucket, 'name' | 'owner' | 'region' | 'createdAt'>): Bucket {
  return {
    ...place,
    entries: createSortedList((a, b) => compareUtf8(a.key, b.key)),
    uploads: new Map(),
    versioning: undefined,
    policy: undefined,
    publicAccessBlock: allBlocked,
    encryption: defaultEncryption,
    lifecycle: undefined,
    tags: new Map(),
  };
}

export function entryOf(bucket: Bucket, key: string): ObjectEntry | undefined {
  return bucket.entries.find({ key, versions: [] });
}

export const bucketArn = (bucket: string) => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string) => `arn:aws:s3:::${bucket}/${key}`;

/** The number by which S3 knows an account as owner. */
export const canonicalId = (account: AccountId) => account.padStart(64, '0');
