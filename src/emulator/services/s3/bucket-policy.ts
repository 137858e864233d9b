import { AwsError } from '../../aws-error.ts';
import { parsePolicy } from '../../identity/policy-document.ts';
import { bucketArn, type Bucket } from './bucket.ts';

/** Throws MalformedPolicy unless the text is a policy about this bucket and its objects. */
export function checkBucketPolicy(text: string, bucket: string): void {
  const { statements } = readPolicy(text);
  for (const { resources, principals } of statements) {
    if (!principals) throw malformed('Missing required field Principal');
    if (!resources) throw malformed('Missing required field Resource');
    const foreign = resources.patterns.some((pattern) => !isOf(pattern, bucket));
    if (foreign) throw malformed('Policy has invalid resource');
  }
}

/** Whether anybody at all is let in, without a condition. */
export function isPublic(text: string): boolean {
  return readPolicy(text).statements.some(
    ({ effect, principals = [], conditions }) =>
      effect === 'Allow' && conditions.length === 0 && principals.some(({ name }) => name === '*'),
  );
}

/** The policy that holds for calls from outside: a public one is no use while the bucket is restricted. */
export function policyFor(bucket: Bucket, caller: string): string | undefined {
  const { policy, publicAccessBlock, owner } = bucket;
  const restricted = caller !== owner && publicAccessBlock?.RestrictPublicBuckets;
  return policy !== undefined && restricted && isPublic(policy) ? undefined : policy;
}

function readPolicy(text: string) {
  try {
    return parsePolicy(text);
  } catch (cause) {
    if (cause instanceof AwsError && cause.status < 500) throw malformed(cause.message);
    throw cause;
  }
}

function isOf(pattern: string, bucket: string): boolean {
  const arn = bucketArn(bucket);
  return pattern === arn || pattern.startsWith(`${arn}/`) || pattern === `${arn}*`;
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicy', message);
}
