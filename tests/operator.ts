import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsAccess } from '#adapters/aws/access.ts';
import { inProcessClient } from '#emulator/in-process-client.ts';
import { alphaUnit, automation, gammaUnit, management, type Story } from './worlds.ts';

const settings = {
  environment_identifier: 'SpaTest',
  automation: {
    account_id: automation,
    region: 'eu-west-1',
    role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/SpaAccountsManagementRole`,
  },
  organizational_units: [{ identifier: alphaUnit }, { identifier: gammaUnit }],
};

/** A settings file of the environment that stories are told in, as an operator has it at hand. */
export async function settingsFile(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'spa-')), 'settings.yaml');
  await writeFile(file, JSON.stringify(settings));
  return file;
}

/** How the commands of an operator reach the automation account of a story. */
export const operatorAccess =
  ({ cloud }: Story) =>
  (region: string): AwsAccess => ({
    region,
    clock: { now: () => new Date(cloud.clock.now()), sleep: async () => {} },
    client: inProcessClient(cloud, 'client'),
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
