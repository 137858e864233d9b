import { AccountsNotChecked, checkedAccounts } from '#adapters/accounts/checked-accounts.ts';
import type { AwsAccess } from '#adapters/aws/access.ts';
import { look } from '#adapters/doctor/look.ts';
import { createProgressTable } from '#adapters/progress/progress-table.ts';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { stateTag } from '#domain/account.ts';
import { inALine } from '#domain/doctor/diagnosis.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { waitingAccounts, type WaitingAccount } from '#domain/waiting-account.ts';
import { asJson, type CommandOutcome } from '../settings/command-outcome.ts';
import { ownAccess } from '../own-access.ts';
import { waitingLines } from './waiting-lines.ts';

export interface ListOptions {
  /** Path of the settings file. */
  readonly settings: string;
  readonly json: boolean;
}

/** Managed accounts that are active. */
interface Listed {
  readonly accounts: number;
  readonly waiting: readonly WaitingAccount[];
}

/**
 * `spa accounts list`: the accounts that are not released, why, and what comes next; with status 1 where a person has to
 * act. Throws InvalidSettings.
 */
export async function listAccounts(
  options: ListOptions,
  accessTo: (region: string) => AwsAccess = ownAccess,
): Promise<CommandOutcome> {
  const settings = await loadSettings(options.settings);
  const access = accessTo(settings.automation.region);
  try {
    const sight = await look(() => list(settings, access));
    if ('seen' in sight) return told(sight.seen, options);
    return notListed(inALine(sight));
  } catch (fault) {
    if (fault instanceof AccountsNotChecked) return notListed(fault.message);
    throw fault;
  }
}

async function list({ environment, features }: Settings, access: AwsAccess): Promise<Listed> {
  const { accounts, unreleased } = await checkedAccounts(access, `${environment}CheckAccounts`);
  const passages = await createProgressTable(access, environment).list();
  const epochSeconds = access.clock.now().getTime() / 1000;
  const waiting = waitingAccounts(unreleased, passages, {
    epochSeconds,
    stateTag: stateTag(features.tagPrefix),
  });
  return { accounts, waiting };
}

function told({ accounts, waiting }: Listed, { json }: ListOptions): CommandOutcome {
  const exitStatus = waiting.some(({ turn }) => turn === 'person') ? 1 : 0;
  if (json) return { exitStatus, stdout: asJson({ accounts, waiting }), stderr: '' };
  const sum = `${accounts - waiting.length} of ${accounts} managed accounts are released.`;
  return { exitStatus, stdout: '', stderr: `${[...waitingLines(waiting), sum].join('\n')}\n` };
}

const notListed = (reason: string): CommandOutcome => ({
  exitStatus: 1,
  stdout: '',
  stderr: `Accounts are not listed: ${reason}\n`,
});
