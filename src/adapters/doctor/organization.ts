import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

const homeRegion = 'us-east-1';

/** What any member may ask of its organization. One call. */
export async function describeOrganization(
  access: AwsAccess,
): Promise<{ readonly id: string; readonly managementAccount: string }> {
  const client = new OrganizationsClient(clientConfig(access, homeRegion));
  const { Organization } = await client.send(new DescribeOrganizationCommand({}));
  return { id: Organization?.Id ?? '', managementAccount: Organization?.MasterAccountId ?? '' };
}
