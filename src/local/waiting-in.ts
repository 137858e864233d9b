import { createProgressTable } from '#adapters/progress/progress-table.ts';
import { stateTag } from '#domain/account.ts';
import type { Passage } from '#domain/lifecycle.ts';
import { unreleasedAccounts, waitingAccounts, type WaitingAccount } from '#domain/waiting-account.ts';
import { inProcessClient } from '#emulator/in-process-client.ts';
import { managedAccountsOf } from './managed-accounts.ts';
import type { OpenWorld } from './open-world.ts';

/** What is on record of accounts in transit, read by an operator. */
export function passagesOf({ cloud, settings }: OpenWorld): Promise<readonly Passage[]> {
  const access = {
    region: settings.automation.region,
    clock: { now: () => new Date(cloud.clock.now()), sleep: async () => {} },
    client: inProcessClient(cloud, 'client'),
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return createProgressTable(access, settings.environment).list();
}

/** Which accounts of a world are not released, why, and what comes next. */
export async function waitingIn(world: OpenWorld): Promise<readonly WaitingAccount[]> {
  return waitingAccounts(unreleasedAccounts(managedAccountsOf(world)), await passagesOf(world), {
    epochSeconds: world.cloud.clock.now() / 1000,
    stateTag: stateTag(world.settings.features.tagPrefix),
  });
}
