import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Phase } from '#domain/lifecycle.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import type { SettingsSource } from '#ports/settings-source.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** A change of the settings is seen after this long by functions that are warm. */
const freshForMilliseconds = 60_000;

/** Parameters without the environment identifier that precedes them: `/{env}/Settings`. */
export const parameters = {
  settings: 'Settings',
  preparation: 'PreparationBuildspecTemplate',
  purge: 'PurgeBuildspecTemplate',
} as const;

/** Where the deployed settings are kept: one object, named after its content. */
export interface SettingsPointer {
  readonly bucket: string;
  readonly key: string;
}

/**
 * The deployed settings: a parameter names the object that holds them all, which is read once per version, so that
 * 10,000 accounts cost one small read a minute and no read per account.
 */
export function createSettingsStore(access: AwsAccess, environment: string): SettingsSource {
  const ssm = new SSMClient(clientConfig(access));
  const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
  const texts = new Map<string, { readonly text: Promise<string>; readonly readAt: number }>();
  let held: { readonly pointer: string; readonly book: Promise<SettingsBook> } | undefined;

  function parameter(name: string): Promise<string> {
    const now = access.clock.now().getTime();
    const known = texts.get(name);
    if (known && now - known.readAt < freshForMilliseconds) return known.text;
    const text = readParameter(name);
    texts.set(name, { text, readAt: now });
    text.catch(() => texts.delete(name));
    return text;
  }

  async function readParameter(name: string): Promise<string> {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `/${environment}/${name}` }));
    return Parameter?.Value ?? '';
  }

  async function readBook(pointer: string): Promise<SettingsBook> {
    const { bucket, key } = JSON.parse(pointer) as SettingsPointer;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? '') as SettingsBook;
  }

  return {
    async book() {
      const pointer = await parameter(parameters.settings);
      if (held?.pointer !== pointer) {
        const book = readBook(pointer);
        held = { pointer, book };
        book.catch(() => (held = undefined));
      }
      return held.book;
    },
    buildspec: (phase: Phase) => parameter(parameters[phase]),
  };
}
