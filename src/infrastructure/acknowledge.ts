import { Aws, Validations, type CfnResource } from 'aws-cdk-lib';
import type { Grant } from './grants.ts';

export class WildcardWithoutReason extends Error {
  override readonly name = 'WildcardWithoutReason';
  readonly grant: Grant;
  constructor(grant: Grant) {
    super(
      `${grant.actions.join(', ')} on ${grant.resources.join(', ')}: name the resource, or give a reason`,
    );
    this.grant = grant;
  }
}

/** Tells auditors why a rule of cdk-nag does not hold for a resource. */
export function acknowledge(resource: CfnResource, rule: string, reason: string): void {
  Validations.of(resource).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** Gives the reasons of grants to auditors, wildcard by wildcard. Throws WildcardWithoutReason. */
export function acknowledgeWildcards(resource: CfnResource, grants: readonly Grant[]): void {
  for (const grant of grants) {
    for (const named of grant.resources.filter((one) => one.includes('*'))) {
      if (grant.reason === undefined) throw new WildcardWithoutReason(grant);
      const asAuditorsReadIt = named.replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
      acknowledge(resource, `IAM5[Resource::${asAuditorsReadIt}]`, grant.reason);
    }
  }
}
