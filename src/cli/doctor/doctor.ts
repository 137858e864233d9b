import type { AwsAccess } from '#adapters/aws/access.ts';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import type { SettingsEnvironment } from '#domain/settings/deployment-target.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { ownAccess } from '../own-access.ts';
import { asJson, type CommandOutcome } from '../settings/command-outcome.ts';
import { beginVisit, type VisitOptions } from './begin-visit.ts';
import { checkAccess } from './check-access.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkDeployment } from './check-deployment.ts';
import { checkEvents } from './check-events.ts';
import { checkMessages } from './check-messages.ts';
import { doctorLines, type Chapter } from './doctor-lines.ts';

export interface DoctorOptions extends VisitOptions {
  /** Path of the settings file. */
  readonly settings: string;
  readonly json: boolean;
  /** Whether people read this on a terminal. */
  readonly colours: boolean;
  readonly environment?: SettingsEnvironment;
}

const connectionTimeoutInMilliseconds = 5000;

/** A service that does not answer is told of, and not waited for. */
const impatientAccess = (region: string): AwsAccess => ({
  ...ownAccess(region),
  client: { requestHandler: { connectionTimeout: connectionTimeoutInMilliseconds } },
});

/** `spa doctor`: looks at AWS, changes nothing, and says what is missing and how to mend it. Throws InvalidSettings. */
export async function doctor(options: DoctorOptions): Promise<CommandOutcome> {
  const settings = await loadSettings(options.settings, options.environment);
  const chapters = await examine(settings, impatientAccess(settings.automation.region), options);
  return outcomeOf(chapters, options);
}

/** Looks at everything, in chapters as people read them. A check that cannot look says so, and hides no other. */
export async function examine(
  settings: Settings,
  own: AwsAccess,
  options: VisitOptions,
): Promise<readonly Chapter[]> {
  const visit = await beginVisit(settings, own, options);
  return Promise.all([
    chapter('Access', checkAccess(visit)),
    chapter('Deployment', checkDeployment(visit)),
    chapter('Events', checkEvents(visit)),
    chapter('Accounts', checkAccounts(visit)),
    chapter('Messages', checkMessages(visit)),
  ]);
}

export function outcomeOf(
  chapters: readonly Chapter[],
  { json, colours }: Pick<DoctorOptions, 'json' | 'colours'>,
): CommandOutcome {
  const diagnoses = chapters.flatMap((one) => Object.entries(one.diagnoses));
  const exitStatus = diagnoses.some(([, { status }]) => status === 'finding') ? 1 : 0;
  if (!json) return { exitStatus, stdout: '', stderr: doctorLines(chapters, colours) };
  const checks = diagnoses.map(([name, { status, found, remedy = null }]) => ({
    name,
    status,
    found,
    remedy,
  }));
  return { exitStatus, stdout: asJson({ checks }), stderr: '' };
}

const chapter = async (title: string, diagnoses: Promise<Chapter['diagnoses']>): Promise<Chapter> => ({
  title,
  diagnoses: await diagnoses,
});
