import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { phaseOfProject } from '#domain/lifecycle.ts';
import { simulatePurge } from '#domain/purge/simulate-purge.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { detailOf, source, type AccountLabel } from '#events/system-event.ts';
import type { SimulatedClock } from '#emulator/clock.ts';
import { inProcessClient } from '#emulator/in-process-client.ts';
import type { Platform } from '#emulator/platform.ts';
import type { BuildBehaviour, BuildRun } from '#emulator/services/codebuild/build-behaviour.ts';
import type { PurgeTally } from './purge-tally.ts';
import type { World, WorldResource } from './world/world.ts';

export interface Stage {
  readonly world: Pick<World, 'resources'>;
  readonly settings: Settings;
  readonly purge: PurgeTally;
  readonly platform: Pick<Platform, 'answer'>;
  readonly clock: SimulatedClock;
}

/**
 * Plays what the build specifications do: a preparation reports, a purge judges the resources of the world by the
 * model of the engine, deletes what it may, and reports. Only this knows of the engine; the cloud does not.
 */
export function playBuilds({ world, settings, purge, platform, clock }: Stage): BuildBehaviour {
  const held = new Map<string, readonly WorldResource[]>();
  for (const resource of world.resources) {
    held.set(resource.account, [...(held.get(resource.account) ?? []), resource]);
  }

  async function report(run: BuildRun, label: AccountLabel, message: string): Promise<void> {
    const client = new EventBridgeClient({
      region: run.region,
      ...inProcessClient(platform, 'build'),
      credentials: run.credentials,
      maxAttempts: 1,
    });
    const environment = run.environment['ENVIRONMENT_IDENTIFIER'] ?? '';
    const detail = detailOf({ label, account: run.account, message }, environment);
    const entry = { Source: source, DetailType: label, Detail: JSON.stringify(detail) };
    const EventBusName = run.environment['EVENT_BUS_ARN'] ?? '';
    await client.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName }] }));
  }

  async function prepare(run: BuildRun) {
    const { BUDGET_AMOUNT: amount, BUDGET_EMAIL: holder } = run.environment;
    await report(
      run,
      'PreparationReport',
      `Preparation of account ${run.account}\nBudget of ${amount} USD, told to ${holder}\n`,
    );
    return { status: 'SUCCEEDED' as const };
  }

  async function purgeAccount(run: BuildRun) {
    const outcome = simulatePurge({
      account: run.account,
      variables: run.environment,
      resources: held.get(run.account) ?? [],
      protectedAccounts: [...settings.book.protectedAccounts, settings.book.automationAccount],
      now: new Date(clock.now()),
    });
    held.set(run.account, [...outcome.planned, ...outcome.kept]);
    purge.add({ account: run.account, ...outcome });
    await report(run, 'PurgeReport', outcome.report);
    return { status: outcome.status, reason: outcome.reason };
  }

  return async (run) => (phaseOfProject(run.project) === 'purge' ? purgeAccount(run) : prepare(run));
}
