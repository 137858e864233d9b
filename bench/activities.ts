import { performance } from 'node:perf_hooks';
import { createCsvReports } from '#adapters/reports-bucket/csv-reports.ts';
import { accountFrom, accountId, type Account } from '#domain/account.ts';
import { stampAt } from '#domain/activities/stamp.ts';
import { shadowFrom } from '#domain/shadows/shadow-from.ts';
import { functionEnvironmentOf } from '#infrastructure/deployment-of.ts';
import type { AccountDirectory } from '#ports/account-directory.ts';
import type { ActivityRecord, ActivityStore } from '#ports/activity-store.ts';
import type { Given } from '#ports/ports.ts';
import type { SettingsSource } from '#ports/settings-source.ts';
import type { ShadowStore } from '#ports/shadow-store.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { reportPastActivities } from '#workflows/report-activities.ts';
import { reportInventory } from '#workflows/report-inventory.ts';
import { benchSettings } from './worlds.ts';

const month = '2026-10';
const days = 31;
const costCenters = 97;
const activitiesPerAccount = 100;
/** What DynamoDB hands over at a time, 1 MB: activities with their tags, or shadows with two long logs. */
const activitiesPerPage = 2000;
const shadowsPerPage = 5;
const logLength = 100_000;

/** A month of activities and an inventory, from the texts of records to the bytes of files. Memory counts everything. */
export async function benchActivities({ accounts }: { readonly accounts: number }): Promise<object> {
  let bytes = 0;
  let files = 0;
  const csvReports = createCsvReports({
    keep: async ({ body }) => {
      bytes += body.length;
      files += 1;
    },
  });
  const ports = { ...given, csvReports, settings };
  const total = accounts * activitiesPerAccount;
  const began = performance.now();
  await reportPastActivities({ month, occasion: undefined }, { ...ports, activities: manyActivities(total) });
  const reported = performance.now();
  const activitiesMemoryMB = peakMemoryMB();
  const activityFiles = files;
  const organization = Array.from({ length: accounts }, (_, n) => account(n));
  await reportInventory(
    {},
    { ...ports, shadows: manyShadows(organization), accounts: directoryOf(organization) },
  );
  return {
    benchmark: 'activities',
    accounts,
    activities: total,
    files: activityFiles,
    megabytes: Math.round(bytes / 1e6),
    activitiesSeconds: seconds(reported - began),
    activitiesMemoryMB,
    inventorySeconds: seconds(performance.now() - reported),
    peakMemoryMB: peakMemoryMB(),
  };
}

const { book } = benchSettings();
const settings: SettingsSource = { book: async () => book, buildspec: async () => '' };
const { central, wiring } = readEnvironment(functionEnvironmentOf(benchSettings()));
const given: Given = {
  central,
  clock: { now: () => new Date(`${month}-31T23:00:00Z`), sleep: async () => {} },
  metrics: { record() {} },
  tagPrefix: wiring.tagPrefix,
};

function manyActivities(total: number): ActivityStore {
  const perDay = Math.ceil(total / days);
  return {
    record: async (activities) => activities.map(() => true),
    async *of(day) {
      const midnight = Date.parse(`${day}T00:00:00Z`) * 1000;
      for (let from = 0; from < perDay; from += activitiesPerPage) {
        const count = Math.min(activitiesPerPage, perDay - from);
        yield Array.from({ length: count }, (_, index) => parsed(activity(midnight, from + index)));
      }
    },
  };
}

function activity(midnight: number, n: number): ActivityRecord {
  const { stamp } = stampAt(midnight + n * 1_000_003);
  return {
    'account-holder': `holder-${n}@example.com`,
    'account-state': 'released',
    'cost-owner': `owner-${n % costCenters}@example.com`,
    account: String(300_000_000_000 + (n % 10_000)),
    'cost-center': `Center ${n % costCenters}`,
    transaction: n % 3 === 0 ? 'maintenance' : 'console-login',
    identifier: `e740cfd8-918c-4aad-a7cf-${String(n).padStart(12, '0')}`,
    begin: midnight / 1e6,
    end: midnight / 1e6 + n / 1000,
    duration: n / 1000,
    stamp,
  };
}

function manyShadows(organization: readonly Account[]): ShadowStore {
  const log = 'line of a log\n'.repeat(logLength / 14);
  return {
    find: async () => undefined,
    findAll: async () => new Map(),
    change: async () => undefined,
    changeAll: async () => new Map(),
    async *all() {
      for (let from = 0; from < organization.length; from += shadowsPerPage) {
        yield organization.slice(from, from + shadowsPerPage).map(({ id, ...rest }) =>
          shadowFrom(
            id,
            parsed({
              ...rest,
              id,
              is_active: true,
              stamps: {},
              last_purge_log: log,
              last_preparation_log: log,
            }),
          ),
        );
      }
    },
  };
}

/** As records are read: each is a text of its own. */
const parsed = (value: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

const directoryOf = (organization: readonly Account[]): AccountDirectory => ({
  find: async () => undefined,
  glance: async () => undefined,
  nameOf: async () => undefined,
  stateOf: async () => undefined,
  list: async () => organization,
  listByState: async () => [],
  pathOf: async () => [],
  unitNames: async () => new Map([['ou-1', 'Unit 1']]),
  tag: async () => {},
  untag: async () => {},
});

function account(n: number): Account {
  const id = accountId(String(300_000_000_000 + n));
  const email = `holder-${n}@example.com`;
  const attributes = { id, arn: `arn:aws:organizations::1:account/o/${id}`, name: `Account ${n}`, email };
  const tags = {
    'account-state': 'released',
    'cost-center': `Center ${n % costCenters}`,
    'cost-owner': email,
  };
  return accountFrom({ ...attributes, isActive: true, path: ['ou-1'] }, tags, 'account-');
}

const peakMemoryMB = () => Math.round(process.resourceUsage().maxRSS / 1024);

const seconds = (milliseconds: number) => Math.round(milliseconds) / 1000;
