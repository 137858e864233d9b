import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AccountId } from '#domain/account.ts';
import type { ReportStore } from '#ports/report-store.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** Name of the bucket of reports: in lower case, and with the account, since the whole world shares bucket names. */
export const reportsBucketName = (environment: string, account: AccountId): string =>
  `${environment.toLowerCase()}-reports-${account}`;

export function createReportsBucket(access: AwsAccess, Bucket: string): ReportStore {
  const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
  return {
    async keep({ key, contentType, body }) {
      await s3.send(new PutObjectCommand({ Bucket, Key: key, ContentType: contentType, Body: body }));
    },
    async read(key) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
        return await Body?.transformToByteArray();
      } catch (fault) {
        if (fault instanceof NoSuchKey) return undefined;
        throw fault;
      }
    },
  };
}
