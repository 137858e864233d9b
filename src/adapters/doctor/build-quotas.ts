import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { buildQuotas, type BuildQuota } from '#domain/doctor/build-quota.ts';
import type { Architecture } from '#domain/equipment.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { atATime } from './at-a-time.ts';
import { look } from './look.ts';

const accountsAtATime = 8;

/** How many builds may run at once in each account, as Service Quotas tells there. One call each. */
export async function readBuildQuotas(
  members: readonly { readonly account: string; readonly access: AwsAccess }[],
  architecture: Architecture,
): Promise<readonly BuildQuota[]> {
  const command = () =>
    new GetServiceQuotaCommand({ ServiceCode: 'codebuild', QuotaCode: buildQuotas[architecture] });
  return atATime(accountsAtATime, members, async ({ account, access }) => ({
    account,
    builds: await look(async () => {
      const { Quota } = await new ServiceQuotasClient(clientConfig(access)).send(command());
      return Quota?.Value ?? 0;
    }),
  }));
}
