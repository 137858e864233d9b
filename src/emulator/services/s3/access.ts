import type { Access, Call } from '../../service.ts';
import { bucketArn, objectArn } from './bucket.ts';
import { policyFor } from './bucket-policy.ts';
import type { Buckets, S3Input } from './buckets.ts';

type Rule = (input: S3Input, call: Call) => Access;

const objectActions: Readonly<Record<string, string>> = {
  GetObject: 'GetObject',
  HeadObject: 'GetObject',
  PutObject: 'PutObject',
  CopyObject: 'PutObject',
  DeleteObject: 'DeleteObject',
  GetObjectTagging: 'GetObjectTagging',
  PutObjectTagging: 'PutObjectTagging',
  DeleteObjectTagging: 'DeleteObjectTagging',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  UploadPartCopy: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  AbortMultipartUpload: 'AbortMultipartUpload',
  ListParts: 'ListMultipartUploadParts',
};

const bucketActions: Readonly<Record<string, string>> = {
  CreateBucket: 'CreateBucket',
  DeleteBucket: 'DeleteBucket',
  HeadBucket: 'ListBucket',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  GetBucketLocation: 'GetBucketLocation',
  GetBucketVersioning: 'GetBucketVersioning',
  PutBucketVersioning: 'PutBucketVersioning',
  GetBucketPolicy: 'GetBucketPolicy',
  PutBucketPolicy: 'PutBucketPolicy',
  DeleteBucketPolicy: 'DeleteBucketPolicy',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  GetBucketTagging: 'GetBucketTagging',
  PutBucketTagging: 'PutBucketTagging',
  DeleteBucketTagging: 'PutBucketTagging',
};

/** Actions that have a permission of their own when a version is named. */
const versioned = new Set([
  'GetObject',
  'DeleteObject',
  'GetObjectTagging',
  'PutObjectTagging',
  'DeleteObjectTagging',
]);

/** S3's operations and its permissions have different names. Deleting many asks for each object by itself. */
export function s3Access(buckets: Buckets): Readonly<Record<string, Rule | 'everybody'>> {
  function at(name: string, call: Call): Pick<Access, 'resourcePolicy' | 'owner'> {
    const bucket = buckets.byName.get(name);
    return bucket ? { resourcePolicy: policyFor(bucket, call.account), owner: bucket.owner } : {};
  }

  const onObject =
    (action: string): Rule =>
    ({ Bucket = '', Key = '' }, call) => {
      const withVersion = versioned.has(action) && call.http.query.has('versionId');
      return {
        action: withVersion ? versionAction(action) : `s3:${action}`,
        resource: objectArn(Bucket, Key),
        ...at(Bucket, call),
      };
    };

  const onBucket =
    (action: string): Rule =>
    ({ Bucket = '' }, call) => ({
      action: `s3:${action}`,
      resource: bucketArn(Bucket),
      ...at(Bucket, call),
      ...(action.startsWith('ListBucket') && { context: listingContext(call) }),
    });

  // Another account that makes a bucket of the same name must hear that it is taken, not that it may not.
  const onNewBucket: Rule = ({ Bucket = '' }) => ({ action: 's3:CreateBucket', resource: bucketArn(Bucket) });

  return {
    ...Object.fromEntries(Object.entries(objectActions).map(([name, action]) => [name, onObject(action)])),
    ...Object.fromEntries(Object.entries(bucketActions).map(([name, action]) => [name, onBucket(action)])),
    CreateBucket: onNewBucket,
    ListBuckets: () => ({ action: 's3:ListAllMyBuckets' }),
    DeleteObjects: 'everybody',
  };
}

function versionAction(action: string): string {
  return action.endsWith('Tagging')
    ? `s3:${action.replace('Tagging', 'VersionTagging')}`
    : `s3:${action}Version`;
}

/** What policies may say about listings: under which prefix, with which delimiter. */
function listingContext({ http: { query } }: Call): Record<string, string> {
  return {
    's3:prefix': query.get('prefix') ?? '',
    's3:delimiter': query.get('delimiter') ?? '',
  };
}
