import { AwsError } from '../aws-error.ts';
import type { Quota } from './quota.ts';
import type { Pace } from './token-bucket.ts';

interface Published {
  readonly account: Pace;
  readonly organization?: Pace;
}

const pace = (perSecond: number, burst: number): Pace => ({ perSecond, burst });

/**
 * AWS's published throttling of Organizations (user guide, "Quotas and service limits", read in November 2026).
 * Operations named in one line are taken to share its buckets, since AWS does not say and that is the safe reading.
 */
export const organizationsQuotas: readonly Quota[] = [
  quota(['ListAccounts'], { account: pace(8, 12), organization: pace(9, 15) }),
  quota(['ListAccountsForParent', 'ListParents', 'ListOrganizationalUnitsForParent'], {
    account: pace(5, 8),
    organization: pace(6, 10),
  }),
  quota(['ListChildren'], { account: pace(6, 10), organization: pace(7, 12) }),
  quota(['DescribeAccount'], { account: pace(20, 30), organization: pace(24, 36) }),
  quota(['ListTagsForResource'], { account: pace(10, 15), organization: pace(12, 18) }),
  quota(['TagResource', 'UntagResource'], { account: pace(4, 6) }),
  quota(['DescribeOrganizationalUnit'], { account: pace(2, 2), organization: pace(2, 3) }),
  quota(['MoveAccount', 'UpdateOrganizationalUnit', 'DeleteOrganizationalUnit'], { account: pace(2, 3) }),
  quota(['CreateOrganizationalUnit', 'DescribeOrganization'], { account: pace(1, 2) }),
  quota(['CreatePolicy', 'DeletePolicy', 'AttachPolicy', 'DetachPolicy'], { account: pace(2, 3) }),
  quota(['UpdatePolicy'], { account: pace(2, 3) }),
  quota(['DescribePolicy'], { account: pace(2, 2), organization: pace(2, 3) }),
  quota(['ListPolicies', 'ListPoliciesForTarget', 'ListTargetsForPolicy'], {
    account: pace(5, 8),
    organization: pace(6, 10),
  }),
  quota(['ListRoots'], { account: pace(1, 2), organization: pace(1, 3) }),
  quota(['CreateAccount', 'CreateGovCloudAccount'], { account: pace(0.1, 3) }),
  quota(['CloseAccount'], { account: pace(0.05, 1) }),
  quota(['DescribeCreateAccountStatus'], { account: pace(2, 2), organization: pace(2, 3) }),
];

function quota(operations: readonly string[], { account, organization }: Published): Quota {
  return {
    service: 'organizations',
    operations,
    limits: [
      { per: 'account', ...account },
      ...(organization ? [{ per: 'organization' as const, ...organization }] : []),
    ],
    refusal: () =>
      new AwsError(
        'TooManyRequestsException',
        'You have sent too many requests in too short a period of time. The quota helps protect against ' +
          'denial-of-service attacks. Try again later.',
      ),
  };
}
