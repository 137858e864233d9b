import type { FetchPage } from '#adapters/exchange-rates/fetch-page.ts';
import { accountId, type AccountId } from '#domain/account.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { createClock, type SimulatedClock } from '#emulator/clock.ts';
import { openCloud, type Cloud, type CloudOptions } from '#emulator/cloud.ts';
import type { BuildRun } from '#emulator/services/codebuild/build-behaviour.ts';
import type { FinalStatus } from '#emulator/services/codebuild/build-record.ts';
import { signInDoor } from '#emulator/sign-in-door.ts';
import type { OrganizationSeed } from '#emulator/services/organizations/directory.ts';
import { managementGrants, policyOf } from '#infrastructure/grants.ts';
import { inboxDoor, sendToInbox } from './inbox-door.ts';
import { createFaults } from './faults/create-faults.ts';
import { noFaults, type FaultPlan } from './faults/fault-plan.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { fromSources, type Installation } from './installation.ts';
import { playBuilds } from './play-builds.ts';
import { createPurgeTally, type PurgeTally } from './purge-tally.ts';
import { clientsOf } from './account-clients.ts';
import { consoleDoor } from './console-door.ts';
import { fetchFromDoor, ratesDoor } from './rates-door.ts';
import type { World } from './world/world.ts';

export interface OpeningOptions extends Pick<CloudOptions, 'endpoint' | 'observe' | 'events' | 'functions'> {
  readonly world: World;
  readonly settings: Settings;
  readonly clock?: SimulatedClock;
  /** Whether calls are throttled as AWS publishes it, once the system is installed. */
  readonly quotas?: boolean;
  /** Simulated seconds that a build takes: 60 unless set. */
  readonly buildSeconds?: number;
  /** Decides how a build ends, before it is played; undefined plays it. */
  readonly builds?: (run: BuildRun) => Promise<FinalStatus | undefined>;
  /** What goes wrong, once the system is installed; nothing unless set. */
  readonly faults?: FaultPlan;
  /** How functions read the web: exchange rates are those of the world, unless given. */
  readonly fetchPage?: FetchPage;
  /** Takes the lines that functions log. */
  readonly log?: (line: string) => void;
  /** How the product gets into the world: from its sources, unless set. */
  readonly installation?: Installation;
}

/** The local cloud with an organization in it, and the product installed in its automation account. */
export interface OpenWorld {
  readonly cloud: Cloud;
  readonly settings: Settings;
  readonly purge: PurgeTally;
  /** What people have received. */
  readonly inbox: Inbox;
  /** Gives back what the world has taken of the machine. */
  close(): Promise<void>;
}

export async function openWorld(options: OpeningOptions): Promise<OpenWorld> {
  const { world, settings, installation = fromSources } = options;
  const roles = installation.roles(settings);
  const purge = createPurgeTally();
  const clock = options.clock ?? createClock();
  const play = playBuilds({
    world,
    settings,
    purge,
    clock,
    platform: { answer: (...call) => cloud.answer(...call) },
  });
  const faults = createFaults(options.faults ?? noFaults, settings.environment, clock);
  const inbox = createInbox(clock.now, () => cloud.sns.outbox);
  const door = inboxDoor(inbox);
  const rates = ratesDoor(world.rates, clock.now);
  const { accountId: automationAccount, region } = settings.automation;
  const reportsDoor = consoleDoor(() => clientsOf(cloud, automationAccount, region));
  const seed = seedOf(world, settings);
  const cloud: Cloud = openCloud({
    ...options,
    interfere: faults.interfere,
    events: { intercept: faults.intercept, ...options.events },
    functions: { destiny: faults.destiny, ...options.functions },
    doors: [door, rates, reportsDoor, signInDoor(() => cloud, region)],
    costs: world.costs,
    incidents: {
      responsePlans: settings.features.responsePlanArn ? [settings.features.responsePlanArn] : [],
    },
    // Nobody is there to follow the link in the mail.
    sns: { autoConfirm: true },
    clock,
    automationAccount,
    organization: {
      seed,
      onCreated: ({ id }) => roles.members && openDoor(cloud, id, settings),
    },
    builds: {
      behaviour: async (run) => {
        const status = (await options.builds?.(run)) ?? faults.build(run);
        if (status === 'vanished') return status;
        return status ? { status } : play(run);
      },
      ...(options.buildSeconds === undefined ? {} : { buildSeconds: options.buildSeconds }),
    },
  });
  if (roles.management) createManagementRole(cloud, settings);
  if (roles.members) for (const id of membersOf(seed)) openDoor(cloud, id, settings);
  verifySender(cloud, settings);
  const outside = {
    write: options.log ?? (() => {}),
    sendWeb: sendToInbox(door),
    fetchPage: options.fetchPage ?? fetchFromDoor(rates),
  };
  const close = await installation.install({ cloud, settings, outside });
  if (options.quotas) cloud.enforceQuotas();
  faults.begin();
  return { cloud, settings, purge, inbox, close };
}

/** Mails come from an address that an operator has validated long before. */
function verifySender(cloud: Cloud, { automation, features }: Settings): void {
  const { accountId: account, region } = automation;
  if (features.originEmailRecipient) cloud.ses.verify(features.originEmailRecipient, { account, region });
}

/** The management and the automation account are there even when the world leaves them out. */
function seedOf(world: World, { automation }: Settings): OrganizationSeed {
  const { id, root } = world.organization;
  const listed = world.accounts.map((account) => ({
    id: accountId(account.id),
    name: account.name,
    email: account.email,
    parent: account.unit,
    state: account.state,
    tags: account.tags,
  }));
  const central = [
    [automation.managementAccount, 'Management'],
    [automation.accountId, 'Automation'],
  ] as const;
  const missing = central.filter(([id]) => !listed.some((account) => account.id === id));
  const added = missing.map(([id, name]) => ({
    id,
    name,
    email: `${name.toLowerCase()}@example.com`,
    parent: root,
    state: 'ACTIVE' as const,
    tags: {},
  }));
  return {
    id,
    root,
    managementAccount: automation.managementAccount,
    units: world.units,
    accounts: [...added, ...listed],
  };
}

const membersOf = ({ accounts, managementAccount }: OrganizationSeed): readonly AccountId[] =>
  accounts.map(({ id }) => id).filter((id) => id !== managementAccount);

const trusting = (account: AccountId) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' },
    ],
  });

function createManagementRole(cloud: Cloud, { automation }: Settings): void {
  cloud.iam.createRole({
    account: automation.managementAccount,
    ...nameAndPath(automation.managementRoleArn),
    trust: trusting(automation.accountId),
    inlinePolicies: { Needs: JSON.stringify(policyOf(managementGrants(automation))) },
  });
}

/** A role's ARN ends with its path and its name: `role/path/of/role/Name`. */
function nameAndPath(arn: string): { name: string; path: string } {
  const parts = arn.split('/').slice(1);
  const name = parts.pop() ?? '';
  return { name, path: parts.length > 0 ? `/${parts.join('/')}/` : '/' };
}

/** As Control Tower does, each account has a role that the management account may assume. */
function openDoor(cloud: Cloud, account: AccountId, { automation }: Settings): void {
  cloud.iam.createRole({
    account,
    name: automation.memberRoleName,
    trust: trusting(automation.managementAccount),
    managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  });
}
