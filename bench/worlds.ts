import { accountId } from '#domain/account.ts';
import { readSettings } from '#domain/settings/read-settings.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { World, WorldAccount } from '#local/world/world.ts';

const management = accountId('111111111111');
const automation = accountId('123456789012');
const unitsInAll = 10;

/** Settings of an organization with ten units, all of them prepared and purged. */
export function benchSettings(): Settings {
  const text = JSON.stringify({
    environment_identifier: 'SpaBench',
    automation: {
      account_id: automation,
      region: 'eu-west-1',
      role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/SpaAccountsManagementRole`,
    },
    defaults: { preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } },
    organizational_units: Array.from({ length: unitsInAll }, (_, index) => ({
      identifier: `ou-${index}`,
      account_tags: { 'cost-center': `Center ${index}` },
    })),
  });
  const reading = readSettings({
    path: 'bench.yaml',
    text,
    readFile: () => ({ problem: 'is not there' }),
    environment: {},
  });
  if ('faults' in reading) throw new Error(reading.faults.map(({ message }) => message).join('\n'));
  return reading.settings;
}

/** An organization of so many accounts, new or released. */
export function benchWorld(accounts: number, state: 'new' | 'released'): World {
  return {
    organization: { id: 'o-a1b2c3d4e5', managementAccount: management, root: 'r-ab12' },
    units: Array.from({ length: unitsInAll }, (_, index) => ({
      id: `ou-${index}`,
      name: `Unit ${index}`,
      parent: 'r-ab12',
    })),
    accounts: Array.from({ length: accounts }, (_, index) => account(index, state)),
    costs: [],
    rates: {},
    resources: [],
  };
}

function account(index: number, state: 'new' | 'released'): WorldAccount {
  const unit = index % unitsInAll;
  const email = `holder-${index}@example.com`;
  const tags: Record<string, string> = {
    'account-state': 'released',
    'account-holder': email,
    'cost-center': `Center ${unit}`,
  };
  return {
    id: accountId(String(3e11 + index)),
    name: `Account ${index}`,
    email,
    unit: `ou-${unit}`,
    state: 'ACTIVE',
    tags: state === 'released' ? tags : {},
  };
}
