import { CreateAccountCommand, MoveAccountCommand } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { BuildRun } from '#emulator/services/codebuild/build-behaviour.ts';
import { assemble, type Assembly } from '#local/deployed/assembly.ts';
import { fromAssembly } from '#local/deployed/from-assembly.ts';
import { managedAccountsOf } from '#local/managed-accounts.ts';
import type { OpeningOptions } from '#local/open-world.ts';
import { onboardAll, openWindowByHand, settle } from '#local/run-until-idle.ts';
import type { WorldAccount } from '#local/world/world.ts';
import { budgetMail } from '#tests/incidents/budget-mails.ts';
import { records } from '#tests/incidents/exception-stories.ts';
import {
  lessened,
  without,
  withoutGrant,
  withoutLeave,
  withoutTrust,
  type Cut,
} from '#tests/rehearsal/lessened.ts';
import {
  alice,
  alphaUnit,
  anAccount,
  automation,
  aWorld,
  management,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

/** Outside of the unit that is listed: managed by his row of the CSV file. */
const bob = accountId('200000000051');
const rows = Array.from({ length: 10_000 }, (_, n) => `${200_000_000_000 + n},${100 + (n % 9)}`);
const enabled = { preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } };
const settings = settingsOf(
  {
    automation: {
      account_id: automation,
      region: 'eu-west-1',
      role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/central/SpaManagement`,
      // None that Control Tower would have made.
      role_name_to_manage_codebuild: 'SpaRoleForAutomation',
    },
    defaults: enabled,
    organizational_units: [{ identifier: alphaUnit }],
    features: { with_csv_files: ['many.csv'] },
  },
  { 'many.csv': ['Account,Preparation: BUDGET_AMOUNT', `${automation},50`, ...rows].join('\n') },
);
const newcomers = [
  anAccount(),
  anAccount({ id: bob, email: 'bob@example.com', unit: 'ou-outside' }),
  anAccount({ id: automation, email: 'spa@example.com', unit: 'r-ab12' }),
];

let assembly: Assembly;
beforeAll(async () => {
  assembly = await assemble(settings);
});
afterAll(() => assembly.dispose());

const open = (accounts: readonly WorldAccount[], given: Partial<OpeningOptions>): Promise<Story> =>
  tell([], { settings, world: aWorld(accounts), ...given });

const faultsIn = ({ log }: Story) =>
  log.filter(({ level }) => level === 'ERROR').map((line) => JSON.stringify(line));

describe('when the templates are deployed in the local cloud, with 10,000 accounts and without Control Tower', () => {
  const stories: Story[] = [];
  afterAll(() => Promise.all(stories.map((story) => story.close())));

  /** On-boards everybody, and then opens the maintenance window; the purge of Bob fails every time. */
  async function live(given: Partial<OpeningOptions> = {}) {
    const budgets: (string | undefined)[] = [];
    const builds = async ({ account, project, environment }: BuildRun) => {
      budgets.push(environment['BUDGET_AMOUNT']);
      return account === bob && project.endsWith('Purge') ? ('FAILED' as const) : undefined;
    };
    const story = await open(newcomers, { builds, ...given });
    stories.push(story);
    await onboardAll(story);
    await settle(story);
    await openWindowByHand(story);
    await settle(story);
    const accounts = managedAccountsOf(story).map(({ id, state, holder }) => {
      return { id, state, holder, labels: story.labels(id) };
    });
    return { story, budgets, accounts };
  }

  it('lives the same life there as from its sources, failures included', async () => {
    const deployed = await live({ installation: fromAssembly(assembly) });
    const played = await live();

    expect(deployed.accounts).toEqual(played.accounts);
    expect(deployed.budgets).toEqual(played.budgets);
    expect(deployed.accounts.map(({ state }) => state)).toEqual(['released', 'released', 'released']);
    expect(deployed.story.labels(bob)).toContain('FailedMaintenanceException');
    expect(faultsIn(deployed.story)).toEqual([]);
  });

  it('serves an account that comes later', async () => {
    const [story] = stories;
    if (!story) throw new Error('the story was not opened');

    const zoe = await createAccount(story, 'Zoe');
    await settle(story);

    expect(story.labels(zoe)).toContain('PreparedAccount');
    expect(story.account(zoe).state).toBe('released');
    // Her account was there before its role: whoever came too early came again.
    const cause = `${zoe}:role/SpaRoleForAutomation cannot be assumed`;
    expect(faultsIn(story).filter((fault) => !fault.includes(cause))).toEqual([]);
  });

  it('tells people of a budget that is exceeded, with a link to the costs', async () => {
    const [story] = stories;
    if (!story) throw new Error('the story was not opened');

    const topic = `arn:aws:sns:eu-west-1:${alice}:SpaAlertTopic`;
    const budgets = { service: 'budgets.amazonaws.com', account: alice };
    story.cloud.topics.publish(topic, { message: budgetMail() }, budgets);
    await story.settle();
    const record = (await records(story)).find(({ title }) => title.startsWith('Budget alert'));
    const link = new URL(record?.data['Cost and Usage Report'] ?? '');

    expect(await follow(story, link)).toBe(200);
  });
});

/** Creates an account, as people do: it comes under the root, and is moved from there. Answers its number. */
async function createAccount(story: Story, AccountName: string): Promise<string> {
  const { organizations } = story.clients(management, 'us-east-1');
  const Email = `${AccountName.toLowerCase()}@example.com`;
  await organizations.send(new CreateAccountCommand({ Email, AccountName }));
  await story.settle();
  const created = story.cloud.organizations.directory.members().find(({ name }) => name === AccountName);
  const AccountId = created?.id ?? '';
  const move = { AccountId, SourceParentId: 'r-ab12', DestinationParentId: alphaUnit };
  await organizations.send(new MoveAccountCommand(move));
  return AccountId;
}

async function follow(story: Story, { pathname: path, searchParams: query }: URL): Promise<number> {
  let status: number | undefined;
  const request = { method: 'GET', path, query, headers: {}, body: new Uint8Array() };
  void story.cloud.answer(request, 'client').then((answer) => (status = answer.status));
  do await story.settle();
  while (status === undefined);
  return status;
}

describe('when something that a template allows is taken away', () => {
  const refused = (action: string) => new RegExp(`is not authorized to perform: ${action}`);

  it.each<[string, string, Cut, RegExp]>([
    [
      'a grant of a function',
      'Automation',
      withoutGrant('SpaTestOnVanillaAccountTag', 'dynamodb:PutItem'),
      refused('dynamodb:PutItem'),
    ],
    [
      'a grant of the management role',
      'Management',
      withoutGrant('SpaManagement', 'organizations:TagResource'),
      refused('organizations:TagResource'),
    ],
    [
      'the trust of the management role in functions',
      'Management',
      withoutTrust('SpaManagement'),
      refused('sts:AssumeRole'),
    ],
    [
      'the trust of the member role in the management role',
      'Member',
      withoutTrust('SpaRoleForAutomation'),
      /role\/SpaRoleForAutomation cannot be assumed/,
    ],
  ])('tells of a call that is refused: %s', async (_, stack, cut, reason) => {
    const { faults } = await onboard(stack, cut);

    expect(faults).toContainEqual(expect.stringMatching(reason));
  });

  it.each<[string, string, Cut, readonly string[]]>([
    ['other accounts may put events on the bus', 'Automation', without('OrganizationBusPolicy'), []],
    [
      'the forwarding rule may put events on the bus',
      'Management',
      withoutGrant('SpaTestOrganizationEvents', 'events:PutEvents'),
      [],
    ],
    ['the rule may run its function', 'Automation', without('OnVanillaAccountTagPermission'), []],
    [
      'the rule may send to the queue of its function',
      'Automation',
      withoutLeave('OnAssignedAccountFromQueueQueuePolicy'),
      ['CreatedAccount'],
    ],
  ])('goes no further, unless %s', async (_, stack, cut, expected) => {
    expect(await onboard(stack, cut)).toEqual({ labels: expected, faults: [] });
  });

  it('goes on without what only people look at', async () => {
    const { labels } = await onboard('Automation', without('Cockpit'));

    expect(labels).toEqual(['CreatedAccount', 'AssignedAccount']);
  });

  it('does not come up, when a function may no longer take messages off its own queue', async () => {
    const cut = withoutGrant('SpaTestOnAssignedAccountFromQueue', 'sqs:ReceiveMessage');

    await expect(onboard('Automation', cut)).rejects.toThrow(
      /SpaTestAutomation was not deployed \(ROLLBACK_COMPLETE\):[^]*does not have permissions to call ReceiveMessage/,
    );
  });

  /** On-boards an account with what is left. */
  async function onboard(stack: string, cut: Cut) {
    const less = await lessened(assembly, `SpaTest${stack}`, cut);
    try {
      const story = await open([anAccount({ id: bob, unit: 'ou-outside' })], {
        installation: fromAssembly(less),
      });
      await onboardAll(story);
      await story.pass(0.5);
      const faults = faultsIn(story);
      await story.close();
      return { labels: story.labels(bob), faults };
    } finally {
      await less.dispose();
    }
  }
});
