import {
  GetServiceQuotaCommand,
  NoSuchResourceException,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import { createServiceQuotas } from '#emulator/services/service-quotas/create-service-quotas.ts';
import { openSmallCloud } from './support-small-cloud.ts';

const [alice, bob] = [accountId('200000000000'), accountId('200000000001')];

function open() {
  const quotas = createServiceQuotas();
  const { platform } = openSmallCloud(() => [quotas.service]);
  const builds = async (account = alice, region = 'eu-west-1', QuotaCode = 'L-9D07B6EF') => {
    const credentials = { accessKeyId: administratorKey(account), secretAccessKey: 'local' };
    const client = new ServiceQuotasClient({
      region,
      credentials,
      requestHandler: inProcessHandler(platform, 'client'),
    });
    return (await client.send(new GetServiceQuotaCommand({ ServiceCode: 'codebuild', QuotaCode }))).Quota;
  };
  return { quotas, builds };
}

describe('Service Quotas', () => {
  it('tells how many builds may run at once', async () => {
    const { builds } = open();

    expect(await builds()).toEqual({
      ServiceCode: 'codebuild',
      ServiceName: 'AWS CodeBuild',
      QuotaArn: 'arn:aws:servicequotas:eu-west-1:200000000000:codebuild/L-9D07B6EF',
      QuotaCode: 'L-9D07B6EF',
      QuotaName: 'Concurrently running builds for Linux/Small environment',
      Value: 60,
      Unit: 'None',
      Adjustable: true,
      GlobalQuota: false,
    });
  });

  it('keeps a value for one account in one region', async () => {
    const { quotas, builds } = open();

    quotas.apply({ account: alice, region: 'eu-west-1', code: 'L-9D07B6EF', value: 0 });

    expect((await builds())?.Value).toBe(0);
    expect((await builds(bob))?.Value).toBe(60);
    expect((await builds(alice, 'us-east-1'))?.Value).toBe(60);
    expect((await builds(alice, 'eu-west-1', 'L-5ED1D25B'))?.Value).toBe(60);
  });

  it('refuses a quota that it does not know', async () => {
    const { builds } = open();

    await expect(builds(alice, 'eu-west-1', 'L-00000000')).rejects.toThrow(NoSuchResourceException);
  });
});
