import type { AwsError } from '../aws-error.ts';
import type { Pace } from './token-bucket.ts';

/** Who shares a bucket: every caller, those of one account, or those of one account in one region. */
export type Sharing = 'organization' | 'account' | 'account and region';

/** Operations that draw from the same buckets; a call passes when each of these has a token left. */
export interface Quota {
  readonly service: string;
  readonly operations: readonly string[];
  readonly limits: readonly (Pace & { readonly per: Sharing })[];
  /** What the service answers beyond the quota, in its own words. */
  readonly refusal: () => AwsError;
}
