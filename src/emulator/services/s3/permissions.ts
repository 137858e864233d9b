import type { Platform } from '../../platform.ts';
import type { Access, Call } from '../../service.ts';
import { bucketArn, objectArn, type Bucket } from './bucket.ts';
import { policyFor } from './bucket-policy.ts';

/** Permissions that an operation needs beside its own: of the bucket, or of an object in it. */
export interface Permissions {
  /** Throws AccessDenied. */
  require(action: string, bucket: Bucket, key: string | undefined, call: Call): void;
  has(action: string, bucket: Bucket, key: string | undefined, call: Call): boolean;
}

export function createPermissions(identity: Platform['identity']): Permissions {
  return {
    require: (action, bucket, key, call) =>
      identity.authorize(call.caller, accessTo(action, bucket, key, call)),
    has: (action, bucket, key, call) => identity.allows(call.caller, accessTo(action, bucket, key, call)),
  };
}

function accessTo(action: string, bucket: Bucket, key: string | undefined, { account }: Call) {
  const resource = key === undefined ? bucketArn(bucket.name) : objectArn(bucket.name, key);
  const access: Access = { resourcePolicy: policyFor(bucket, account), owner: bucket.owner };
  return { ...access, action, resource };
}
