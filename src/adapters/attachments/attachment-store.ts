import type { AccountId } from '#domain/account.ts';
import { pathOfKey } from '#domain/attachments/attachment-key.ts';
import { signedLink } from '#domain/attachments/signed-link.ts';
import type { Attachments } from '#ports/attachments.ts';
import type { AwsAccess } from '../aws/access.ts';
import { createReportsBucket, reportsBucketName } from '../reports-bucket/reports-bucket.ts';
import { createParameterReader } from '../secrets/parameter-reader.ts';
import { secretNames } from '../secrets/secret-names.ts';
import { workbook } from '../workbook/workbook.ts';
import { DownloadsNotDeployed } from './downloads-not-deployed.ts';
import { downloadEndpoint, webEndpoints } from './web-endpoints.ts';

export interface AttachmentPlace {
  readonly environment: string;
  readonly account: AccountId;
}

/** Attachments in the bucket of reports, with links that are signed by a key of ours. Throws DownloadsNotDeployed. */
export function createAttachmentStore(
  access: AwsAccess,
  { environment, account }: AttachmentPlace,
): Attachments {
  const bucket = createReportsBucket(access, reportsBucketName(environment, account));
  const parameter = createParameterReader(access, environment);

  async function linkTo(path: string): Promise<string> {
    const [key, endpoints] = await Promise.all([parameter(secretNames.downloadKey), parameter(webEndpoints)]);
    const endpoint = endpoints && (JSON.parse(endpoints) as Record<string, string>)[downloadEndpoint];
    if (!key) throw new DownloadsNotDeployed(`the secret ${secretNames.downloadKey}`);
    if (!endpoint) throw new DownloadsNotDeployed(`the web endpoint ${downloadEndpoint}`);
    return signedLink(endpoint, path, key, Math.floor(access.clock.now().getTime() / 1000));
  }

  return {
    formats: { workbook },
    async keep(file, prefix) {
      await bucket.keep(file);
      return linkTo(pathOfKey(file.key, prefix));
    },
  };
}
