import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { exceptionLabels } from '#events/system-event.ts';
import { textMember } from '#events/shape.ts';
import { loadFaultPlan } from '#local/faults/load-fault-plan.ts';
import { createClock } from '#emulator/clock.ts';
import { createCallCounter, createCounter } from '#local/counts.ts';
import { countByState, managedAccountsOf } from '#local/managed-accounts.ts';
import { openWorld, type OpeningOptions, type OpenWorld } from '#local/open-world.ts';
import { onboardAll, openWindowByHand, settle } from '#local/run-until-idle.ts';
import { summarize, type Summary } from '#local/summary.ts';
import { waitingIn } from '#local/waiting-in.ts';
import { loadWorld } from '#local/world/load-world.ts';
import { sampleWorld } from '#local/world/sample-world.ts';
import { waitingLines } from '../accounts/waiting-lines.ts';
import { openEndpoint, type LocalEndpoint } from './endpoint.ts';
import { createProgressView, type Output, type ProgressView } from './progress-view.ts';

export interface LocalOptions {
  readonly settings: string;
  readonly world: string | undefined;
  readonly port: number;
  readonly speed: number;
  readonly quotas: boolean;
  readonly untilIdle: boolean;
  readonly onboarding: boolean;
  /** Run the synthesized templates and bundles instead of the sources. */
  readonly deployed: boolean;
  /** File of what goes wrong. */
  readonly faults: string | undefined;
  readonly output: Output;
  /** Resolves when the person has seen enough. */
  readonly interruption: () => Promise<void>;
}

const glanceEveryMilliseconds = 250;

/** `spa local`: opens the local cloud, shows accounts move, and serves AWS clients until it is interrupted or idle. */
export async function runLocal(options: LocalOptions): Promise<Summary | undefined> {
  const settings = await loadSettings(options.settings);
  if (options.untilIdle) return runOnce(options, settings);
  const endpoint = await openEndpoint(options.port);
  try {
    await live(options, settings, endpoint);
  } finally {
    await endpoint.close();
  }
  return undefined;
}

async function runOnce(options: LocalOptions, settings: Settings): Promise<Summary> {
  const started = performance.now();
  const view = createProgressView(options.output);
  const labels = createCounter();
  const counter = createCallCounter();
  const opensAt = openingOf(options);
  const world = await openWorld({
    world: await worldFor(options, settings, opensAt),
    settings,
    clock: createClock(opensAt.getTime()),
    ...(await conditionsOf(options)),
    observe: counter.observe,
    events: { accepted: (event) => count(event, settings, labels.add, view) },
  });
  const opened = world.cloud.clock.now();
  try {
    await liveOnce(world, view, options);
  } finally {
    await world.close();
  }
  for (const line of waitingLines(await waitingIn(world))) view.tell(line);
  return summarize(world, {
    labels,
    ...counter,
    simulatedSeconds: (world.cloud.clock.now() - opened) / 1000,
    wallSeconds: (performance.now() - started) / 1000,
  });
}

/** Under which the product is to prove itself. The CDK is loaded only where something is deployed. */
async function conditionsOf({
  quotas,
  deployed,
  faults,
}: LocalOptions): Promise<Pick<OpeningOptions, 'quotas' | 'faults' | 'installation'>> {
  return {
    quotas,
    ...(faults === undefined ? {} : { faults: await loadFaultPlan(faults) }),
    ...(deployed ? { installation: (await import('#local/deployed/from-stacks.ts')).fromStacks } : {}),
  };
}

/** Chance hangs on the time of day too, by schedules: a run under faults begins at midnight, to be the same all day. */
function openingOf({ faults }: LocalOptions): Date {
  const now = new Date();
  return faults === undefined ? now : new Date(`${dayOf(now)}T00:00:00Z`);
}

async function worldFor({ world }: LocalOptions, settings: Settings, today = new Date()) {
  return world === undefined ? sampleWorld(settings, today) : loadWorld(world, settings);
}

/** Counts what the system puts on its bus, and tells people of exceptions. */
function count(
  event: unknown,
  { environment }: Settings,
  add: (label: string) => void,
  view: ProgressView,
): void {
  const label = textMember(event, 'detail-type');
  const ours = textMember(event, 'source') === 'SustainablePersonalAccounts';
  if (!ours || !label || textMember(event, 'detail', 'Environment') !== environment) return;
  add(label);
  if (exceptionLabels.some((known) => known === label)) {
    view.tell(`${label}: ${onOneLine(textMember(event, 'detail', 'Payload', 'title') ?? '')}`);
  }
}

/** Anybody may put an event on the bus: what it says must not move the cursor of a terminal. */
const onOneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ');

function glance(world: OpenWorld, view: ProgressView): void {
  view.show({ now: new Date(world.cloud.clock.now()), states: countByState(managedAccountsOf(world)) });
}

/** On-boards every account without a state, runs one window, and waits until nothing moves. */
async function liveOnce(
  world: OpenWorld,
  view: ProgressView,
  { onboarding, quotas }: LocalOptions,
): Promise<void> {
  const timer = setInterval(() => glance(world, view), glanceEveryMilliseconds);
  try {
    await Promise.all([onboarding && onboardAll(world, { paced: quotas }), settle(world)]);
    await openWindowByHand(world);
    await settle(world);
  } finally {
    clearInterval(timer);
  }
  glance(world, view);
}

/** What a newcomer wants to know: what is here, and what to do with it. */
function introduction(world: OpenWorld, settingsFile: string): string {
  const { environment } = world.settings;
  return [
    `${environment}: ${managedAccountsOf(world).length} managed accounts, by ${path.relative('', settingsFile)}. In another terminal:`,
    `  export AWS_ENDPOINT_URL=${world.cloud.endpoint()} AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_REGION=${world.settings.automation.region}`,
    `  aws lambda invoke --function-name ${environment}OnMaintenanceWindow out.json`,
    `What people receive: ${world.cloud.endpoint()}/inbox`,
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

async function live(options: LocalOptions, settings: Settings, endpoint: LocalEndpoint): Promise<void> {
  const view = createProgressView(options.output);
  const world = await openWorld({
    world: await worldFor(options, settings),
    settings,
    ...(await conditionsOf(options)),
    endpoint: endpoint.url,
    events: { accepted: (event) => count(event, settings, () => {}, view) },
  });
  const { cloud } = world;
  endpoint.lead(cloud);
  view.tell(`AWS endpoint ${endpoint.url}`);
  view.tell(introduction(world, options.settings));
  const interrupted = options.interruption();
  const running = cloud.clock.start(options.speed);
  const timer = setInterval(() => glance(world, view), glanceEveryMilliseconds);
  await Promise.race([options.onboarding && onboardAll(world, { paced: options.quotas }), interrupted]);
  await interrupted;
  clearInterval(timer);
  await running.stop();
  await world.close();
}
