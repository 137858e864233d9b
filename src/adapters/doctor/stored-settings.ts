import { GetObjectCommand, NoSuchBucket, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { parsedJson } from '#domain/parsed-json.ts';
import { textMember } from '#events/shape.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { atATime } from './at-a-time.ts';

const most = { names: 10, atATime: 4 } as const;

/** Texts of parameters by name, of those that are there. Secrets stay encrypted. One call ten names. */
export async function parameterTexts(
  access: AwsAccess,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const client = new SSMClient(clientConfig(access));
  const tens = Array.from({ length: Math.ceil(names.length / most.names) }, (_, index) =>
    names.slice(index * most.names, (index + 1) * most.names),
  );
  const answers = await atATime(most.atATime, tens, (Names) =>
    client.send(new GetParametersCommand({ Names })),
  );
  const found = answers.flatMap(({ Parameters = [] }) => Parameters);
  return Object.fromEntries(found.map(({ Name = '', Value = '' }) => [Name, Value]));
}

/** The settings that a pointer of Parameter Store names; undefined where it names nothing that can be read as such. One call. */
export async function readBook(access: AwsAccess, pointer: string | undefined): Promise<unknown> {
  const place = parsedJson(pointer);
  const [Bucket, Key] = [textMember(place, 'bucket'), textMember(place, 'key')];
  if (Bucket === undefined || Key === undefined) return undefined;
  const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return parsedJson(await Body?.transformToString());
  } catch (fault) {
    if (fault instanceof NoSuchKey || fault instanceof NoSuchBucket) return undefined;
    throw fault;
  }
}
