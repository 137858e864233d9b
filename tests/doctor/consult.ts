import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsAccess } from '#adapters/aws/access.ts';
import { examine } from '#cli/doctor/doctor.ts';
import type { Diagnosis } from '#domain/doctor/diagnosis.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import { automation, management, type Story } from '#tests/worlds.ts';

/** Profile of an administrator of the management account, in a file that the SDK reads. */
export const managementProfile = 'management';

const credentialsFile = join(mkdtempSync(join(tmpdir(), 'spa-doctor-')), 'credentials');
writeFileSync(
  credentialsFile,
  `[${managementProfile}]\naws_access_key_id = ${administratorKey(management)}\naws_secret_access_key = local\n`,
);
process.env['AWS_SHARED_CREDENTIALS_FILE'] = credentialsFile;

export interface Consultation {
  /** Settings of the file at hand; those of the story unless given. */
  readonly settings?: Settings;
  readonly credentials?: AwsAccess['credentials'];
  readonly profiles?: readonly string[];
  readonly sampleSize?: number;
}

/** What the doctor says of a story, by the names of checks. Administrators of the automation account ask, unless others do. */
export async function consult(
  { cloud, settings }: Pick<Story, 'cloud' | 'settings'>,
  given: Consultation = {},
): Promise<Readonly<Record<string, Diagnosis>>> {
  const access: AwsAccess = {
    region: settings.automation.region,
    clock: { now: () => new Date(), sleep: async () => {} },
    client: { requestHandler: inProcessHandler(cloud, 'client') },
    credentials: given.credentials ?? { accessKeyId: administratorKey(automation), secretAccessKey: 'local' },
  };
  const chapters = await examine(given.settings ?? settings, access, {
    profiles: given.profiles ?? [],
    sampleSize: given.sampleSize ?? 5,
    identityCenterRegions: [],
  });
  return Object.fromEntries(chapters.flatMap(({ diagnoses }) => Object.entries(diagnoses)));
}

/** Names of the checks that are not well. */
export const notWell = (diagnoses: Readonly<Record<string, Diagnosis>>): readonly string[] =>
  Object.entries(diagnoses)
    .filter(([, { status }]) => status !== 'ok')
    .map(([name, { status }]) => `${name}: ${status}`);
