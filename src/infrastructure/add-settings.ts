import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { parameters, type SettingsPointer } from '#adapters/settings-store/settings-store.ts';
import type { Deployment } from './grants.ts';
import type { Plan } from './plan.ts';
import { buildspecTexts } from './stored-texts.ts';

/** What functions decide by: one object for all accounts, the parameter that names it, and the build specifications. */
export function addSettings(stack: Stack, { deployment, settings, workFolder }: Plan): void {
  const path = join(workFolder, 'settings.json');
  writeFileSync(path, JSON.stringify(settings.book));
  const book = new Asset(stack, 'SettingsBook', { path });
  const pointer = { bucket: book.s3BucketName, key: book.s3ObjectKey } satisfies SettingsPointer;
  const texts = { [parameters.settings]: stack.toJsonString(pointer), ...buildspecTexts(settings) };
  for (const [name, value] of Object.entries(texts)) {
    addParameter(stack, `${name}Parameter`, deployment, name, value);
  }
}

/** Text that anybody with access to the account may read; above 4 KB, Parameter Store asks 0.05 USD a month for it. */
export function addParameter(
  scope: Construct,
  id: string,
  { environment }: Pick<Deployment, 'environment'>,
  name: string,
  value: string,
): CfnParameter {
  return new CfnParameter(scope, id, {
    name: `/${environment}/${name}`,
    type: 'String',
    tier: 'Intelligent-Tiering',
    value,
  });
}
