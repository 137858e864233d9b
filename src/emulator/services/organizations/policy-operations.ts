import type {
  AttachPolicyCommandInput,
  CreatePolicyCommandInput,
  DescribePolicyCommandInput,
  DetachPolicyCommandInput,
  ListPoliciesCommandInput,
  ListPoliciesForTargetCommandInput,
  ListTargetsForPolicyCommandInput,
  PolicyType,
} from '@aws-sdk/client-organizations';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { recorded } from '../../trail.ts';
import { pageSize } from './page-size.ts';
import type { Directory } from './directory.ts';

interface Policy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: PolicyType;
  readonly content: string;
  readonly awsManaged: boolean;
  readonly targets: Set<string>;
}

const source = 'aws.organizations';
const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** Organization policies are kept and attached; none of them is enforced on calls. */
export function policyOperations(platform: Platform, directory: Directory) {
  const policies = new Map<string, Policy>([
    [
      'p-FullAWSAccess',
      {
        id: 'p-FullAWSAccess',
        name: 'FullAWSAccess',
        description: 'Allows access to every operation',
        type: 'SERVICE_CONTROL_POLICY',
        content: everything,
        awsManaged: true,
        targets: new Set([directory.root]),
      },
    ],
  ]);

  function find(id: string | undefined): Policy {
    const policy = policies.get(id ?? '');
    if (!policy) throw new AwsError('PolicyNotFoundException', "We can't find a policy with that ID.");
    return policy;
  }

  const summary = (policy: Policy) => ({
    Id: policy.id,
    Arn: `arn:aws:organizations::${directory.managementAccount}:policy/${directory.organizationId}/${policy.type.toLowerCase()}/${policy.id}`,
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: policy.awsManaged,
  });

  function listed(
    found: readonly Policy[],
    input: { NextToken?: string | undefined; MaxResults?: number | undefined },
  ) {
    const page = pageOf(found, input.NextToken, pageSize(input.MaxResults));
    return { Policies: page.items.map(summary), NextToken: page.next };
  }

  return {
    CreatePolicy(input: CreatePolicyCommandInput, call: Call) {
      return recorded(platform, call, { source, parameters: { name: input.Name, type: input.Type } }, () => {
        if ([...policies.values()].some(({ name, type }) => name === input.Name && type === input.Type)) {
          throw new AwsError('DuplicatePolicyException', 'A policy with the same name already exists.');
        }
        const id = `p-${platform.nextId().replaceAll('-', '').slice(0, 8)}`;
        const policy: Policy = {
          id,
          name: input.Name ?? id,
          description: input.Description ?? '',
          content: input.Content ?? '',
          type: input.Type ?? 'SERVICE_CONTROL_POLICY',
          awsManaged: false,
          targets: new Set<string>(),
        };
        policies.set(id, policy);
        return { Policy: { PolicySummary: summary(policy), Content: policy.content } };
      });
    },
    DescribePolicy(input: DescribePolicyCommandInput) {
      const policy = find(input.PolicyId);
      return { Policy: { PolicySummary: summary(policy), Content: policy.content } };
    },
    ListPolicies: (input: ListPoliciesCommandInput) =>
      listed(
        [...policies.values()].filter(({ type }) => type === input.Filter),
        input,
      ),
    ListPoliciesForTarget: (input: ListPoliciesForTargetCommandInput) =>
      listed(
        [...policies.values()].filter(
          ({ type, targets }) => type === input.Filter && targets.has(input.TargetId ?? ''),
        ),
        input,
      ),
    ListTargetsForPolicy(input: ListTargetsForPolicyCommandInput) {
      const page = pageOf([...find(input.PolicyId).targets], input.NextToken, pageSize(input.MaxResults));
      return { Targets: page.items.map((id) => ({ TargetId: id })), NextToken: page.next };
    },
    AttachPolicy(input: AttachPolicyCommandInput, call: Call) {
      return recorded(
        platform,
        call,
        { source, parameters: { policyId: input.PolicyId, targetId: input.TargetId } },
        () => {
          find(input.PolicyId).targets.add(input.TargetId ?? '');
          return {};
        },
      );
    },
    DetachPolicy(input: DetachPolicyCommandInput, call: Call) {
      return recorded(
        platform,
        call,
        { source, parameters: { policyId: input.PolicyId, targetId: input.TargetId } },
        () => {
          if (!find(input.PolicyId).targets.delete(input.TargetId ?? '')) {
            throw new AwsError(
              'PolicyNotAttachedException',
              "The policy isn't attached to the specified target.",
            );
          }
          return {};
        },
      );
    },
  };
}
