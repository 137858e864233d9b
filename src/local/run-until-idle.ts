import { TagResourceCommand } from '@aws-sdk/client-organizations';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { stateTag } from '#domain/account.ts';
import { bulkWriters, millisecondsPerStateChange } from '#domain/pace.ts';
import { clientsOf } from './account-clients.ts';
import { managedAccountsOf, unreleased } from './managed-accounts.ts';
import type { OpenWorld } from './open-world.ts';
import { passagesOf } from './waiting-in.ts';

/** Sweeps come every five minutes; nobody waits for an account longer than this. */
const stepInMilliseconds = 5 * 60_000;
const patienceInMilliseconds = 12 * 60 * 60_000;

/**
 * Tags the managed accounts that bear no state `vanilla`, as an operator would: all at once, or `paced` where
 * Organizations counts its calls. Then it goes on while the clock runs.
 */
export async function onboardAll(
  world: OpenWorld,
  { paced }: { readonly paced: boolean } = { paced: false },
): Promise<number> {
  const { cloud, settings } = world;
  const pause = paced ? millisecondsPerStateChange('vanilla') / bulkWriters : 0;
  const { organizations } = clientsOf(cloud, cloud.managementAccount, 'us-east-1');
  const newcomers = managedAccountsOf(world).filter(({ state }) => state === undefined);
  const Tags = [{ Key: stateTag(settings.features.tagPrefix), Value: 'vanilla' }];
  await cloud.clock.work(async ({ sleep }) => {
    for (const { id } of newcomers) {
      await organizations.send(new TagResourceCommand({ ResourceId: id, Tags }));
      if (pause > 0) await sleep(pause);
    }
  });
  return newcomers.length;
}

/** Opens the maintenance window, as an operator would by hand. */
export async function openWindowByHand({ cloud, settings }: OpenWorld): Promise<void> {
  const { accountId, region } = settings.automation;
  const FunctionName = `${settings.environment}OnMaintenanceWindow`;
  await clientsOf(cloud, accountId, region).lambda.send(
    new InvokeCommand({ FunctionName, InvocationType: 'Event' }),
  );
}

/** Lets simulated time pass until every account is released or left to a person, and nothing else moves. */
export async function settle(world: OpenWorld): Promise<void> {
  const { clock } = world.cloud;
  await clock.runUntilIdle();
  const end = clock.now() + patienceInMilliseconds;
  while (clock.now() < end && (await somebodyIsUnderWay(world))) {
    await clock.runUntilIdle(clock.now() + stepInMilliseconds);
    await clock.runUntilIdle();
  }
}

async function somebodyIsUnderWay(world: OpenWorld): Promise<boolean> {
  const waiting = unreleased(managedAccountsOf(world));
  if (waiting.length === 0) return false;
  const passages = await passagesOf(world);
  const handedOver = new Set(
    passages.filter(({ status }) => status === 'given up').map(({ account }) => account),
  );
  return waiting.some(({ id }) => !handedOver.has(id));
}
