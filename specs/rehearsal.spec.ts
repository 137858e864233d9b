import { fileURLToPath } from 'node:url';
import { CreateAccountCommand, MoveAccountCommand } from '@aws-sdk/client-organizations';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { accountId } from '#domain/account.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { BuildRun } from '#emulator/services/codebuild/build-behaviour.ts';
import { assemble, type Assembly } from '#local/deployed/assembly.ts';
import { fromAssembly } from '#local/deployed/from-assembly.ts';
import { managedAccountsOf } from '#local/managed-accounts.ts';
import type { OpeningOptions } from '#local/open-world.ts';
import { onboardAll, openWindowByHand, settle } from '#local/run-until-idle.ts';
import type { WorldAccount } from '#local/world/world.ts';
import { withoutGrant } from '#tests/rehearsal/without-grant.ts';
import { settingsFrom } from '#tests/infrastructure/settings-from.ts';
import { alice, anAccount, aReleasedAccount, aWorld, bob, tell, type Story } from '#tests/worlds.ts';

const at = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const example = await loadSettings(at('settings.example.yaml'), {});

const stories: Story[] = [];
const assemblies: Assembly[] = [];

afterEach(async () => {
  for (const story of stories.splice(0)) await story.close();
});
afterAll(async () => {
  for (const assembly of assemblies) await assembly.dispose();
});

async function assembled(settings: Settings): Promise<Assembly> {
  const assembly = await assemble(settings);
  assemblies.push(assembly);
  return assembly;
}

/** A story in an organization that the settings fit. */
async function tellIn(
  settings: Settings,
  accounts: readonly WorldAccount[],
  given: Partial<OpeningOptions> = {},
): Promise<Story> {
  const organization = {
    id: 'o-a1b2c3d4e5',
    managementAccount: settings.automation.managementAccount,
    root: 'r-ab12',
  };
  const units = ['ou-1234', 'ou-5678', 'ou-outside'].map((id) => ({ id, name: id, parent: 'r-ab12' }));
  const world = aWorld(accounts, { organization, units });
  const story = await tell([], { settings, world, ...given });
  stories.push(story);
  return story;
}

/** On-boards every account, and then opens the maintenance window. */
async function live(story: Story): Promise<Story> {
  await onboardAll(story);
  await settle(story);
  await openWindowByHand(story);
  await settle(story);
  return story;
}

/** Creates an account, as people do: it comes under the root, and is moved from there. Answers its number. */
async function createAccount(story: Story, name: string, unit: string): Promise<string> {
  const { organizations } = story.clients(story.settings.automation.managementAccount, 'us-east-1');
  const Email = `${name.toLowerCase()}@example.com`;
  await organizations.send(new CreateAccountCommand({ Email, AccountName: name }));
  await story.settle();
  const created = story.cloud.organizations.directory.members().find((member) => member.name === name);
  const AccountId = created?.id ?? '';
  const move = { AccountId, SourceParentId: 'r-ab12', DestinationParentId: unit };
  await organizations.send(new MoveAccountCommand(move));
  return AccountId;
}

/** What people see of a story when it is over. */
const outcomeOf = (story: Story) =>
  managedAccountsOf(story).map(({ id, state, holder }) => ({ id, state, holder, labels: story.labels(id) }));

const faultsIn = ({ log }: Story) =>
  log.filter(({ level }) => level === 'ERROR').map((line) => JSON.stringify(line));

const newcomer = (given: Partial<WorldAccount> = {}) => anAccount({ unit: 'ou-1234', ...given });
const veteran = (given: Partial<WorldAccount> = {}) => aReleasedAccount({ unit: 'ou-5678', ...given });

/** The purge of an account fails every time. */
const purgeNeverWorks = (account: string) => async (run: BuildRun) =>
  run.account === account && run.project.endsWith('Purge') ? ('FAILED' as const) : undefined;

describe('when the templates of the example are deployed in the local cloud', async () => {
  const assembly = await assembled(example);
  const accounts = [newcomer(), veteran({ id: bob, email: 'bob@example.com' })];

  it('lives the same life there as from its sources, failures included', async () => {
    const builds = purgeNeverWorks(bob);

    const deployed = await live(
      await tellIn(example, accounts, { builds, installation: fromAssembly(assembly) }),
    );
    const played = await live(await tellIn(example, accounts, { builds }));

    expect(outcomeOf(deployed)).toEqual(outcomeOf(played));
    expect(deployed.account(alice).state).toBe('released');
    expect(deployed.labels(bob)).toContain('FailedMaintenanceException');
    expect(faultsIn(deployed)).toEqual([]);
  });

  it.each([
    ['SpaDemoAutomation', 'OnVanillaAccountTag', 'dynamodb:PutItem'],
    ['SpaDemoManagement', 'SpaAccountsManagementRole', 'organizations:TagResource'],
  ])(
    'tells that a call is not authorized, when %s no longer grants to %s: %s',
    async (stack, role, action) => {
      const lessened = await withoutGrant(assembly, stack, role, action);

      const story = await tellIn(example, accounts, { installation: fromAssembly(lessened) });
      await onboardAll(story);
      await story.settle();
      await lessened.dispose();

      expect(story.account(alice).state).not.toBe('released');
      expect(faultsIn(story)).toContainEqual(
        expect.stringMatching(new RegExp(`is not authorized to perform: ${action} on resource`)),
      );
    },
  );

  it('does not come up, when a function may no longer take messages off its own queue', async () => {
    const lessened = await withoutGrant(
      assembly,
      'SpaDemoAutomation',
      'OnAssignedAccountFromQueue',
      'sqs:ReceiveMessage',
    );

    const opening = tellIn(example, accounts, { installation: fromAssembly(lessened) });

    await expect(opening).rejects.toThrow(
      /SpaDemoAutomation was not deployed \(ROLLBACK_COMPLETE\):[^]*does not have permissions to call ReceiveMessage/,
    );
    await lessened.dispose();
  });
});

describe('when there is no Control Tower', async () => {
  const predecessor = await loadSettings(at('tests/data/settings/settings.yaml'), {});
  const settings = {
    ...predecessor,
    automation: { ...predecessor.automation, memberRoleName: 'SpaRoleForAutomation' },
  };
  const assembly = await assembled(settings);

  it('works with the roles of its own templates: in listed units, outside of them, and in accounts that come later', async () => {
    const automation = newcomer({ id: accountId('123456789012'), email: 'spa@example.com', unit: 'r-ab12' });
    const listed = newcomer({ id: accountId('210987654321'), email: 'bob@example.com', unit: 'ou-outside' });
    const accounts = [newcomer(), listed, automation];

    const story = await live(await tellIn(settings, accounts, { installation: fromAssembly(assembly) }));
    const zoe = await createAccount(story, 'Zoe', 'ou-1234');
    await settle(story);

    expect(story.labels(alice)).toContain('PurgedAccount');
    expect(story.labels(zoe)).toContain('PreparedAccount');
    expect(new Set(managedAccountsOf(story).map(({ state }) => state))).toEqual(new Set(['released']));
    // Her account was there before its role: whoever came too early came again.
    const tooEarly = faultsIn(story).filter((fault) =>
      fault.includes(`${zoe}:role/SpaRoleForAutomation cannot be assumed`),
    );
    expect(faultsIn(story)).toEqual(tooEarly);
  });
});

describe('when 10,000 accounts are listed in a CSV file', async () => {
  const rows = Array.from(
    { length: 10_000 },
    (_, n) => `${200_000_000_000 + n},Team ${n % 50},${100 + (n % 9)}`,
  );
  const csv = ['Account,Tag: cost-center,Preparation: BUDGET_AMOUNT', ...rows].join('\n');
  const features =
    'defaults: { preparation: { feature: enabled } }\nfeatures: { with_csv_files: [many.csv] }';
  const settings = await settingsFrom(features, { 'many.csv': csv });
  const assembly = await assembled(settings);

  it('is deployed, and those that are there live by what their row says', async () => {
    const accounts = [
      newcomer({ id: accountId('200000000000') }),
      newcomer({ id: accountId('200000000051'), email: 'b@example.com' }),
    ];
    const budgets: (string | undefined)[] = [];
    const builds = async ({ environment }: BuildRun) => void budgets.push(environment['BUDGET_AMOUNT']);

    const story = await tellIn(settings, accounts, { builds, installation: fromAssembly(assembly) });
    await onboardAll(story);
    await settle(story);

    expect(managedAccountsOf(story).map(({ state }) => state)).toEqual(['released', 'released']);
    expect(budgets).toEqual(['100', '106']);
    expect(faultsIn(story)).toEqual([]);
  });
});
