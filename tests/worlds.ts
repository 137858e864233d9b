import { expect } from 'vitest';
import type { Account } from '#domain/account.ts';
import { readSettings } from '#domain/settings/read-settings.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { createClock } from '#emulator/clock.ts';
import type { AccountState } from '#domain/account.ts';
import { member } from '#events/shape.ts';
import { activityLabels } from '#events/system-event.ts';
import { accountFrom, accountId } from '#domain/account.ts';
import { clientsOf } from '#local/account-clients.ts';
import { openWorld, type OpeningOptions, type OpenWorld } from '#local/open-world.ts';
import type { World, WorldAccount } from '#local/world/world.ts';

/** Numbers that stories are told with. */
export const management = accountId('111111111111');
export const automation = accountId('123456789012');
export const alice = accountId('200000000000');
export const bob = accountId('200000000001');

export const alphaUnit = 'ou-alpha';
export const gammaUnit = 'ou-gamma';
const opensAt = Date.UTC(2026, 10, 16, 9, 0, 0);

/** Settings in the words of the file, with two units that prepare and purge, unless a test says otherwise. */
export function settingsOf(
  sections: Readonly<Record<string, unknown>> = {},
  files: Readonly<Record<string, string>> = {},
): Settings {
  const enabled = { preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } };
  const text = JSON.stringify({
    environment_identifier: 'SpaTest',
    automation: {
      account_id: automation,
      region: 'eu-west-1',
      role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/SpaAccountsManagementRole`,
    },
    organizational_units: [
      { identifier: alphaUnit, note: 'Alpha', account_tags: { 'cost-center': 'Alpha' }, ...enabled },
      { identifier: gammaUnit, note: 'Gamma', account_tags: { 'cost-center': 'Gamma' }, ...enabled },
    ],
    ...sections,
  });
  const reading = readSettings({
    path: 'test.yaml',
    text,
    readFile: (name) => {
      const text = files[name];
      return text === undefined ? { problem: 'is not there' } : { path: name, text };
    },
    environment: {},
  });
  if ('faults' in reading) throw new Error(reading.faults.map(({ message }) => message).join('\n'));
  return reading.settings;
}

export function anAccount(given: Partial<WorldAccount> = {}): WorldAccount {
  return {
    id: alice,
    name: 'Alice',
    email: 'alice@example.com',
    unit: alphaUnit,
    state: 'ACTIVE',
    tags: {},
    ...given,
  };
}

/** An account that has been through its on-boarding. */
export const aReleasedAccount = (given: Partial<WorldAccount> = {}): WorldAccount =>
  anAccount({
    ...given,
    tags: {
      'account-state': 'released',
      'account-holder': 'alice@example.com',
      'cost-center': 'Alpha',
      ...given.tags,
    },
  });

export function aWorld(accounts: readonly WorldAccount[], given: Partial<World> = {}): World {
  return {
    organization: { id: 'o-a1b2c3d4e5', managementAccount: management, root: 'r-ab12' },
    units: [
      { id: alphaUnit, name: 'Alpha Sandboxes', parent: 'r-ab12' },
      { id: 'ou-nested', name: 'Nested', parent: alphaUnit },
      { id: gammaUnit, name: 'Gamma Sandboxes', parent: 'r-ab12' },
      { id: 'ou-outside', name: 'Outside', parent: 'r-ab12' },
    ],
    costs: [],
    rates: {},
    resources: [],
    ...given,
    accounts,
  };
}

/** An event of the system as it was put on the bus. */
export interface Told {
  readonly label: string;
  readonly detail: unknown;
}

/** A world in which a story is played, and what one may ask of it afterwards. */
export interface Story extends OpenWorld {
  readonly told: readonly Told[];
  readonly log: readonly Record<string, unknown>[];
  /** Clients of an administrator of an account; of the automation account unless another is named. */
  clients(account?: string, region?: string): ReturnType<typeof clientsOf>;
  /** Lets time pass until nothing moves. */
  settle(): Promise<void>;
  /** Lets time pass, schedules included. */
  pass(minutes: number): Promise<void>;
  account(id: string): Account;
  /** Labels of the account events and exceptions about an account, in order. */
  labels(id: string): readonly string[];
  /** Payloads of the activities of an account, in order. */
  activities(id: string): readonly Readonly<Record<string, unknown>>[];
  tag(id: string, state: AccountState | (string & {})): Promise<void>;
  invoke(name: string, payload?: unknown): Promise<unknown>;
}

const isActivity = (label: string) => activityLabels.some((known) => known === label);

export async function tell(
  accounts: readonly WorldAccount[],
  given: Partial<OpeningOptions> & { readonly settings?: Settings; readonly world?: World } = {},
): Promise<Story> {
  const told: Told[] = [];
  const log: Record<string, unknown>[] = [];
  const world = await openWorld({
    clock: createClock(opensAt),
    log: (line) => void log.push(JSON.parse(line) as Record<string, unknown>),
    events: {
      accepted(event) {
        const label = String(member(event, 'detail-type'));
        if (member(event, 'source') === 'SustainablePersonalAccounts')
          told.push({ label, detail: member(event, 'detail') });
      },
    },
    ...given,
    world: given.world ?? aWorld(accounts),
    settings: given.settings ?? settingsOf(),
  });
  const { cloud, settings } = world;
  const { clock, organizations } = cloud;
  const clients = (account: string = automation, region = 'eu-west-1') =>
    clientsOf(cloud, accountId(account), region);
  const administrator = clients(management, 'us-east-1');

  return {
    ...world,
    told,
    log,
    clients,
    settle: () => clock.runUntilIdle(),
    pass: (minutes) => clock.runUntilIdle(clock.now() + minutes * 60_000),
    account(id) {
      const { name, email, parent, state } = organizations.directory.member(id);
      const path = organizations.directory.pathTo(parent);
      const attributes = { id: accountId(id), arn: '', name, email, isActive: state === 'ACTIVE', path };
      return accountFrom(attributes, organizations.tags.of(id), settings.features.tagPrefix);
    },
    labels: (id) =>
      told
        .filter(
          ({ detail }) => member(detail, 'Account') === id || member(detail, 'Payload', 'account') === id,
        )
        .map(({ label }) => label)
        .filter((label) => !isActivity(label)),
    activities: (id) =>
      told
        .filter(({ label, detail }) => isActivity(label) && member(detail, 'Payload', 'account') === id)
        .map(({ label, detail }) => ({ label, ...(member(detail, 'Payload') as object) })),
    async tag(id, state) {
      const { TagResourceCommand } = await import('@aws-sdk/client-organizations');
      const Tags = [{ Key: 'account-state', Value: state }];
      await administrator.organizations.send(new TagResourceCommand({ ResourceId: id, Tags }));
    },
    async invoke(name, payload = {}) {
      const { InvokeCommand } = await import('@aws-sdk/client-lambda');
      const { lambda } = clients();
      const FunctionName = `${settings.environment}${name}`;
      let answered = false;
      const sent = lambda
        .send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(payload)) }))
        .finally(() => (answered = true));
      do await clock.runUntilIdle();
      while (!answered);
      const { Payload, FunctionError } = await sent;
      const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
      expect(FunctionError, JSON.stringify(answer)).toBeUndefined();
      return answer;
    },
  };
}
