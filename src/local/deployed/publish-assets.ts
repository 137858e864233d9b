import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { zip } from '#adapters/workbook/zip.ts';
import { assetsBucket } from '#infrastructure/deployment-of.ts';
import type { AccountClients } from '../account-clients.ts';
import { createBucket } from '../create-bucket.ts';
import type { Place } from './call-cloudformation.ts';

/** Files of an assembly in the bucket of their account: objects by bucket and key, with the path that they come from. */
export type Published = ReadonlyMap<string, string>;

const manifestShape = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string(), packaging: z.enum(['file', 'zip']) }),
      destinations: z.record(z.string(), z.object({ bucketName: z.string(), objectKey: z.string() })),
    }),
  ),
});

/** The version of `cdk bootstrap` that is in use these days. */
const bootstrapVersion = '28';

/** Makes what `cdk bootstrap` makes in an account, as far as our stacks need it. */
export async function bootstrap({ s3, ssm }: AccountClients, place: Place): Promise<void> {
  await createBucket(s3, assetsBucket(place), place.region);
  const Name = '/cdk-bootstrap/hnb659fds/version';
  await ssm.send(new PutParameterCommand({ Name, Value: bootstrapVersion, Type: 'String' }));
}

/** Uploads the files that belong to a stack: code as archives, settings and the template as they are. */
export async function publishAssets(
  { s3 }: Pick<AccountClients, 's3'>,
  folder: string,
  stackName: string,
): Promise<Published> {
  const manifest = await readManifest(path.join(folder, `${stackName}.assets.json`));
  const published = new Map<string, string>();
  for (const { source, destinations } of Object.values(manifest.files)) {
    const file = path.join(folder, source.path);
    const Body = source.packaging === 'zip' ? await archiveOf(file) : await readFile(file);
    for (const { bucketName, objectKey } of Object.values(destinations)) {
      await upload(s3, bucketName, objectKey, Body);
      published.set(`${bucketName}/${objectKey}`, file);
    }
  }
  return published;
}

const upload = (s3: S3Client, Bucket: string, Key: string, Body: Buffer) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));

/** A stack without files has no manifest of them. */
async function readManifest(file: string): Promise<z.infer<typeof manifestShape>> {
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return '{"files":{}}';
    throw fault;
  });
  return manifestShape.parse(JSON.parse(text));
}

/** By name: folders of assets are named after what is in them. */
const archives = new Map<string, Promise<Buffer>>();

function archiveOf(folder: string): Promise<Buffer> {
  const name = path.basename(folder);
  const archive = archives.get(name) ?? pack(folder);
  archives.set(name, archive);
  return archive;
}

async function pack(folder: string): Promise<Buffer> {
  const names = await readdir(folder);
  const texts = names.map(async (name) => ({
    path: name,
    content: [await readFile(path.join(folder, name), 'utf8')],
  }));
  return zip(await Promise.all(texts));
}
