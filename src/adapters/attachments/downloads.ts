import { GetObjectCommand, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Downloads } from '#ports/attachments.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { reportsBucketName } from '../reports-bucket/reports-bucket.ts';
import { createParameterReader } from '../secrets/parameter-reader.ts';
import { secretNames } from '../secrets/secret-names.ts';
import type { AttachmentPlace } from './attachment-store.ts';
import { DownloadsNotDeployed } from './downloads-not-deployed.ts';

/** The files behind links, and the key that links are signed with. */
export function createDownloads(access: AwsAccess, { environment, account }: AttachmentPlace): Downloads {
  const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
  const Bucket = reportsBucketName(environment, account);
  const parameter = createParameterReader(access, environment);
  return {
    async key() {
      const key = await parameter(secretNames.downloadKey);
      if (!key) throw new DownloadsNotDeployed(`the secret ${secretNames.downloadKey}`);
      return key;
    },
    async open(key) {
      try {
        const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
        const body = (await Body?.transformToByteArray()) ?? new Uint8Array();
        return { contentType: ContentType ?? 'application/octet-stream', body };
      } catch (fault) {
        if (isMissing(fault)) return undefined;
        throw fault;
      }
    },
  };
}

/** Whoever may not list a bucket is not told that a key is missing: S3 says 403 then. */
const isMissing = (fault: unknown) =>
  fault instanceof NoSuchKey ||
  (fault instanceof S3ServiceException && fault.$metadata.httpStatusCode === 403);
