import type {
  GetServiceQuotaCommandInput,
  GetServiceQuotaCommandOutput,
} from '@aws-sdk/client-service-quotas';
import type { AccountId } from '#domain/account.ts';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Call, Service } from '../../service.ts';

/** What an account may have of something in a region, as AWS has applied it there. */
export interface AppliedQuota {
  readonly account: AccountId;
  readonly region: string;
  readonly code: string;
  readonly value: number;
}

export interface ServiceQuotas {
  readonly service: Service;
  /** From now on the account has that much, and not what accounts usually have. */
  apply(quota: AppliedQuota): void;
  /** Builds that may be under way at once, as CodeBuild asks. */
  concurrentBuilds(place: Pick<AppliedQuota, 'account' | 'region'>, machine: string): number;
}

interface KnownQuota {
  readonly serviceCode: string;
  readonly serviceName: string;
  readonly name: string;
  readonly value: number;
}

/** Quotas by code, with the value of an account that has been in use for a while. */
const known = {
  'L-9D07B6EF': concurrentBuilds('Linux/Small'),
  'L-5ED1D25B': concurrentBuilds('ARM/Small'),
} as const satisfies Readonly<Record<string, KnownQuota>>;

function concurrentBuilds(machine: string): KnownQuota {
  return {
    serviceCode: 'codebuild',
    serviceName: 'AWS CodeBuild',
    name: `Concurrently running builds for ${machine} environment`,
    value: 60,
  };
}

/** Service Quotas: how many builds may run at once, by account and region. */
export function createServiceQuotas(): ServiceQuotas {
  const applied = new Map<string, number>();
  const keyOf = (account: string, region: string, code: string) => `${account} ${region} ${code}`;

  function getServiceQuota(
    { ServiceCode, QuotaCode = '', ContextId }: GetServiceQuotaCommandInput,
    { account, region }: Call,
  ): Omit<GetServiceQuotaCommandOutput, '$metadata'> {
    if (ContextId !== undefined) throw notImplemented('servicequotas', 'quotas of a resource');
    const quota = Object.entries(known).find(([code]) => code === QuotaCode)?.[1];
    if (!quota || quota.serviceCode !== ServiceCode) throw noSuchResource();
    return {
      Quota: {
        ServiceCode,
        ServiceName: quota.serviceName,
        QuotaArn: `arn:aws:servicequotas:${region}:${account}:${ServiceCode}/${QuotaCode}`,
        QuotaCode,
        QuotaName: quota.name,
        Value: applied.get(keyOf(account, region, QuotaCode)) ?? quota.value,
        Unit: 'None',
        Adjustable: true,
        GlobalQuota: false,
      },
    };
  }

  return {
    service: {
      name: 'servicequotas',
      protocol: { kind: 'json', version: '1.1', target: 'ServiceQuotasV20190624' },
      operations: { GetServiceQuota: getServiceQuota },
    },
    concurrentBuilds({ account, region }, machine) {
      const code = machine.startsWith('ARM') ? 'L-5ED1D25B' : 'L-9D07B6EF';
      return applied.get(keyOf(account, region, code)) ?? known[code].value;
    },
    apply: ({ account, region, code, value }) => void applied.set(keyOf(account, region, code), value),
  };
}

const noSuchResource = () =>
  new AwsError(
    'NoSuchResourceException',
    'The request failed because the specified service or quota does not exist.',
  );
