import { malformed, type Policy, type Principal, type Statement } from '../../identity/policy-document.ts';
import { quotaExceeded } from './iam-faults.ts';

/** Characters that count for IAM's quotas on the size of policies. */
export const sizeOf = (policy: Policy) => policy.text.replace(/\s/g, '').length;

/** Refuses what IAM does not take as permissions of a role. Throws MalformedPolicyDocument. */
export function checkPermissions(policy: Policy): Policy {
  for (const statement of policy.statements) {
    if (statement.principals) throw malformed('Policy document should not specify a principal.');
    if (!statement.resources) throw malformed('Policy statement must contain resources.');
    statement.actions.patterns.forEach(checkAction);
    statement.resources.patterns.forEach(checkResource);
  }
  return policy;
}

function checkAction(action: string) {
  const [vendor = '', ...names] = action.split(':');
  if (action === '*') return;
  if (names.length === 0) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  if (names.length > 1) throw malformed('Actions/Condition can contain only one colon.');
  if (vendor !== '*' && !/^[a-z0-9.-]+$/.test(vendor)) throw malformed(`Vendor ${vendor} is not valid`);
}

function checkResource(resource: string) {
  if (resource !== '*' && !/^arn:(aws|aws-cn|aws-us-gov|\*):/.test(resource)) {
    throw malformed(`Resource ${resource} must be in ARN format or "*".`);
  }
}

const trustSizeLimit = 2048;

/**
 * Refuses what IAM does not take as trust policy of a role; `exists` tells whether the ARN of a principal names
 * somebody. Throws MalformedPolicyDocument and LimitExceeded.
 */
export function checkTrust(policy: Policy, exists: (arn: string) => boolean): Policy {
  if (sizeOf(policy) > trustSizeLimit) throw quotaExceeded('ACLSizePerRole', trustSizeLimit);
  for (const statement of policy.statements) checkTrustStatement(statement, exists);
  return policy;
}

function checkTrustStatement(statement: Statement, exists: (arn: string) => boolean) {
  if (statement.resources) throw malformed('Has prohibited field Resource');
  if (!statement.principals) throw malformed('Missing required field Principal');
  if (!statement.actions.patterns.every((action) => action.startsWith('sts:'))) {
    throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
  }
  if (statement.principals.length === 0 && !statement.unknown) {
    throw malformed('Missing required field Principal cannot be empty!');
  }
  for (const principal of statement.principals) checkPrincipal(principal, exists);
}

function checkPrincipal({ kind, name }: Principal, exists: (arn: string) => boolean) {
  const valid =
    kind === 'Federated' ||
    (kind === 'Service' && /^[a-z0-9.-]+\.amazonaws\.com$/.test(name)) ||
    (kind === 'AWS' && (name === '*' || /^(\d{12}|arn:aws:iam::\d{12}:root)$/.test(name) || exists(name)));
  const called = kind === 'Service' ? 'SERVICE' : kind;
  if (!valid) throw malformed(`Invalid principal in policy: "${called}":"${name}"`);
}
