import { CloseAccountCommand } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { putRecord, recorded, reportsIn, shadowOf } from '#tests/metering/records.ts';
import {
  alice,
  alphaUnit,
  anAccount,
  aReleasedAccount,
  aWorld,
  bob,
  gammaUnit,
  management,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

interface Sample {
  readonly hash: string;
  readonly range: string;
  readonly value: { readonly name: string; readonly email: string; readonly tags: Record<string, string> };
}

const samples = JSON.parse(recorded('shadows.json')) as readonly Sample[];
const key = 'SpaReports/Inventories/2026/11/2026-11-16-inventory.csv';
const headings = 'Cost Center,Cost Owner,Organizational Unit,Account,Name,Email,State,Console Login';

const report = async (story: Story) => (await reportsIn(story))[key]?.split('\r\n').slice(0, -1) ?? [];
const lines = async (story: Story) => (await report(story)).slice(1);

/** The organization of the samples, as it is now: one of the accounts is gone. */
async function theSamples(tags: (sample: Sample) => Record<string, string>): Promise<Story> {
  const units = new Map([
    ['222222222222', 'ou-1234-12345678'],
    ['012345678901', 'ou-1234-12345678'],
    ['333333333333', 'ou-1234-87654321'],
    ['444444444444', 'r-ab12'],
  ]);
  const accounts = samples.flatMap((sample) => {
    const unit = units.get(sample.hash);
    const { name, email } = sample.value;
    const id = accountId(sample.hash);
    return unit ? [anAccount({ id, name, email, unit, tags: tags(sample) })] : [];
  });
  const world = aWorld(accounts, {
    units: [
      { id: 'ou-1234-12345678', name: 'Sandbox', parent: 'r-ab12' },
      { id: 'ou-1234-87654321', name: 'Équipe, Paris', parent: 'r-ab12' },
    ],
  });
  const settings = settingsOf({ organizational_units: [{ identifier: 'ou-1234-12345678' }] });
  const story = await tell([], { world, settings });
  for (const sample of samples) await putRecord(story, 'shadows', sample);
  return story;
}

/** The unit of the account that is gone is the one that its shadow names. */
const expected = recorded('inventory.csv')
  .replace('東京,,Unknown', '東京,,Sandbox')
  .split('\r\n')
  .slice(0, -1);

describe('when the inventory of the samples is taken', () => {
  it('is as expected, whether tags are read from accounts or are those on record', async () => {
    for (const tags of [({ value }: Sample) => value.tags, () => ({})]) {
      const story = await theSamples(tags);

      await story.invoke('OnInventoryReport');

      const found = await report(story);
      expect(found[0]).toBe(headings);
      expect(found.toSorted()).toEqual(expected.toSorted());
    }
  });

  it('is sorted by cost center, in UTF-8, with lines that end with CR LF', async () => {
    const story = await theSamples(({ value }) => value.tags);

    await story.invoke('OnInventoryReport');

    const centers = (await lines(story)).map((line) => line.slice(0, 4));
    expect(centers).toEqual(['"A, ', 'Comp', 'DevO', 'NoCo', '東京,,']);
    expect((await reportsIn(story))[key]).toMatch(/\r\n$/);
  });
});

describe('when accounts have changed since', () => {
  it('tells the state, the unit and the tags of now, and mends the shadow', async () => {
    const story = await tell([
      aReleasedAccount({ unit: gammaUnit, tags: { 'cost-center': 'Gamma', 'account-state': 'expired' } }),
    ]);
    await putRecord(story, 'shadows', {
      hash: alice,
      range: '-',
      value: {
        id: alice,
        arn: 'arn',
        name: 'Former',
        tags: { 'account-state': 'released', 'cost-center': 'Alpha', 'cost-owner': 'eve@example.com' },
        unit: alphaUnit,
        unit_name: 'Alpha Sandboxes',
        last_purge_log: 'a log',
        stamps: { ConsoleLogin: '2026-11-01T10:00:00' },
      },
    });

    await story.invoke('OnInventoryReport');

    expect(await lines(story)).toEqual([
      `Gamma,,Gamma Sandboxes,${alice},Alice,alice@example.com,expired,2026-11-01T10:00:00`,
    ]);
    expect(await shadowOf(story, alice)).toMatchObject({
      name: 'Alice',
      unit: gammaUnit,
      unit_name: 'Gamma Sandboxes',
      last_purge_log: 'a log',
    });
  });

  it('lists a managed account that casts no shadow yet, and gives it one', async () => {
    const story = await tell([aReleasedAccount(), aReleasedAccount({ id: bob, unit: 'ou-outside' })]);

    await story.invoke('OnInventoryReport');

    expect(await lines(story)).toEqual([
      `Alpha,,Alpha Sandboxes,${alice},Alice,alice@example.com,released,-`,
    ]);
    expect(await shadowOf(story, alice)).toMatchObject({ name: 'Alice', unit_name: 'Alpha Sandboxes' });
    expect(await shadowOf(story, bob)).toBeUndefined();
  });

  it('lists a closed account no more', async () => {
    const story = await tell([aReleasedAccount()]);
    await story.invoke('OnInventoryReport');
    expect(await lines(story)).toHaveLength(1);

    const { organizations } = story.clients(management, 'us-east-1');
    await organizations.send(new CloseAccountCommand({ AccountId: alice }));
    await story.invoke('OnInventoryReport');

    expect(await lines(story)).toEqual([]);
  });

  it('lists an account that is out of sight once more, and then no more', async () => {
    const story = await theSamples(({ value }) => value.tags);

    await story.invoke('OnInventoryReport');
    expect(await lines(story)).toHaveLength(5);
    await story.invoke('OnInventoryReport');

    expect(await lines(story)).toHaveLength(4);
  });

  it('leaves cells empty where tags are missing', async () => {
    const story = await tell([aReleasedAccount({ tags: { 'account-state': '', 'cost-center': '' } })]);

    await story.invoke('OnInventoryReport');

    expect(await lines(story)).toEqual([`NoCostTag,,Alpha Sandboxes,${alice},Alice,alice@example.com,,-`]);
  });

  it('makes names harmless that a spreadsheet would run', async () => {
    const story = await tell([
      anAccount({ name: '=cmd|x', tags: { 'cost-owner': '@SUM', 'cost-center': '-' } }),
    ]);

    await story.invoke('OnInventoryReport');

    expect(await lines(story)).toEqual([`-,'@SUM,Alpha Sandboxes,${alice},'=cmd|x,alice@example.com,,-`]);
  });

  it('loses no report to a shadow that makes no sense', async () => {
    const story = await tell([aReleasedAccount()]);
    await putRecord(story, 'shadows', { hash: bob, range: '-', value: { stamps: 'none', tags: ['x'] } });
    await putRecord(story, 'shadows', { hash: 'no account', range: '-', value: {} });

    await story.invoke('OnInventoryReport');

    expect(await lines(story)).toEqual([
      `Alpha,,Alpha Sandboxes,${alice},Alice,alice@example.com,released,-`,
      `NoCostTag,,,${bob},,,,-`,
    ]);
  });
});

describe('when Saturday has come', () => {
  it('is taken by itself, at 03:23', async () => {
    const clock = createClock(Date.parse('2026-11-21T03:00:00Z'));
    const story = await tell([aReleasedAccount()], { clock });

    await story.pass(20);
    expect(await reportsIn(story)).not.toHaveProperty(
      'SpaReports/Inventories/2026/11/2026-11-21-inventory.csv',
    );
    await story.pass(5);

    expect(Object.keys(await reportsIn(story))).toEqual([
      'SpaReports/Inventories/2026/11/2026-11-21-inventory.csv',
    ]);
  });

  it('reads accounts in bulk, whatever their number', async () => {
    const calls = new Map<string, number>();
    const accounts = Array.from({ length: 45 }, (_, index) =>
      aReleasedAccount({ id: accountId(String(300_000_000_000 + index)), email: `a${index}@example.com` }),
    );
    const story = await tell(accounts, {
      observe: (_, { operation, origin }) => {
        if (origin === 'function') calls.set(operation, (calls.get(operation) ?? 0) + 1);
      },
    });
    await story.invoke('OnInventoryReport');
    calls.clear();

    await story.invoke('OnInventoryReport');

    expect(Object.fromEntries(calls)).toEqual({
      ListAccounts: 3,
      GetResources: 1,
      Scan: 1,
      PutObject: 1,
    });
  });
});
