import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { BuildReports } from '#ports/build-reports.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { createReportsBucket } from './reports-bucket.ts';

export function createBuildReports(access: AwsAccess, Bucket: string): BuildReports {
  const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
  return {
    ...createReportsBucket(access, Bucket),
    async keysAfter(Prefix, StartAfter) {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, StartAfter }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
  };
}
