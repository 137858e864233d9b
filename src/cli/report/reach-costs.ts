import { S3ServiceException } from '@aws-sdk/client-s3';
import type { AwsAccess } from '#adapters/aws/access.ts';
import { createSessions, type Sessions } from '#adapters/aws/sessions.ts';
import { createOrganizationCosts } from '#adapters/cost-explorer/organization-costs.ts';
import { identityOf } from '#adapters/doctor/identity.ts';
import { createExchangeRates } from '#adapters/exchange-rates/exchange-rates.ts';
import { fetchOverNetwork, type FetchPage } from '#adapters/exchange-rates/fetch-page.ts';
import { createOrganizationDirectory } from '#adapters/organizations/organization-directory.ts';
import { createReportsBucket, reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { webPath } from '#local/rates-door.ts';
import type { ReportStore } from '#ports/report-store.ts';
import type { GatheringPorts } from '#workflows/gather-month.ts';
import { ownAccess } from '../own-access.ts';

/** AWS by the credentials at hand, and the web; that of the local cloud where AWS is played there. */
export const costAccess = (region: string, endpoint = process.env['AWS_ENDPOINT_URL']): AwsAccess => ({
  ...ownAccess(region),
  fetchPage: fetchNear(endpoint),
});

/** What it takes to report a month with the credentials at hand: of the management account, or those that may take its role. */
export async function reachCosts(
  settings: Settings,
  own: AwsAccess,
  onRequest: () => void,
): Promise<GatheringPorts> {
  const { automation, book, features, environment } = settings;
  const sessions = await managementSessions(settings, own);
  const bucket = createReportsBucket(own, reportsBucketName(environment, automation.accountId));
  return {
    accounts: createOrganizationDirectory(sessions, features.tagPrefix),
    settings: { book: async () => book },
    organizationCosts: createOrganizationCosts(sessions, onRequest),
    exchangeRates: createExchangeRates(own.fetchPage ?? fetchOverNetwork, readOnly(bucket), own.clock),
    clock: own.clock,
  };
}

async function managementSessions({ automation }: Settings, own: AwsAccess): Promise<Sessions> {
  const { account } = await identityOf(own);
  if (account !== automation.managementAccount) return createSessions(own, automation);
  return { management: async () => own, member: async () => own };
}

/** Reports on a laptop have the rates of those in the bucket, where these may be read, and leave nothing behind. */
const readOnly = (bucket: ReportStore): ReportStore => ({
  keep: async () => {},
  read: (key) =>
    bucket.read(key).catch((fault: unknown) => {
      if (fault instanceof S3ServiceException) return undefined;
      throw fault;
    }),
});

/** The local cloud knows pages of the web that tell what its world says. */
function fetchNear(endpoint: string | undefined): FetchPage {
  const isLocal = endpoint !== undefined && /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(endpoint);
  if (!isLocal) return fetchOverNetwork;
  return async (url) => {
    const address = endpoint.replace(/\/$/, '') + webPath + encodeURIComponent(url);
    const page = await fetchOverNetwork(address);
    return page.status === 200 ? page : fetchOverNetwork(url);
  };
}
