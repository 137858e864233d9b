import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PutEventsCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DescribeAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { runLocal, type LocalOptions } from '#cli/local/run-local.ts';
import { InvalidFaultPlan } from '#local/faults/invalid-fault-plan.ts';
import { InvalidWorld } from '#local/world/invalid-world.ts';
import { PortNotFree } from '#emulator/http-server.ts';
import { alice, anAccount, aReleasedAccount, aWorld, bob } from '#tests/worlds.ts';

let folder = '';
const fileOf = (name: string, content: unknown) => {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
};

beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'spa-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const enabled = { preparation: { feature: 'enabled' }, purge: { feature: 'enabled' } };

function optionsFor(given: Partial<LocalOptions> = {}): LocalOptions & { readonly read: () => string } {
  let text = '';
  return {
    settings: fileOf('settings.yaml', {
      environment_identifier: 'SpaTest',
      automation: {
        account_id: '123456789012',
        region: 'eu-west-1',
        role_arn_to_manage_accounts: 'arn:aws:iam::111111111111:role/Manager',
      },
      organizational_units: [{ identifier: 'ou-alpha', ...enabled }],
    }),
    world: fileOf(
      'world.json',
      aWorld([anAccount(), aReleasedAccount({ id: bob, email: 'bob@example.com' })]),
    ),
    port: 0,
    speed: 600,
    quotas: false,
    untilIdle: false,
    deployed: false,
    faults: undefined,
    onboarding: true,
    output: { write: (more) => void (text += more) },
    interruption: async () => {},
    read: () => text,
    ...given,
  };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('when the local cloud is to run until nothing moves', () => {
  it('on-boards who bears no state, runs one window for all, and sums up', async () => {
    const summary = await runLocal(optionsFor({ untilIdle: true }));

    expect(summary).toMatchObject({
      accounts: { released: 2 },
      stuck: [],
      events: {
        CreatedAccount: 1,
        ExpiredAccount: 2,
        PurgedAccount: 2,
        PreparedAccount: 3,
        ReleasedAccount: 3,
      },
      exceptions: {},
      throttled: {},
      purge: { deleted: [], planned: [], kept: 0 },
      simulatedSeconds: expect.any(Number),
      wallSeconds: expect.any(Number),
    });
    expect(summary?.calls['organizations.TagResource']).toBe(8);
  });
});

describe('when things are to go wrong', () => {
  const unlucky = (seed: number) =>
    runLocal(
      optionsFor({
        untilIdle: true,
        faults: fileOf('faults.json', {
          seed,
          calls: [{ fault: 'throttled', share: 0.3 }],
          events: [{ fault: 'late', share: 0.3 }],
          functions: [{ fault: 'killed', share: 0.3 }],
        }),
      }),
    );
  const withoutWallTime = (summary: Awaited<ReturnType<typeof unlucky>>) => ({ ...summary, wallSeconds: 0 });

  it('gives accounts back all the same, and comes to the same summary with the same seed', async () => {
    const summary = await unlucky(7);

    expect(summary).toMatchObject({ accounts: { released: 2 }, stuck: [] });
    expect(Object.keys(summary?.throttled ?? {})).toContain('organizations.ListTagsForResource');
    expect(withoutWallTime(await unlucky(7))).toEqual(withoutWallTime(summary));
    expect(withoutWallTime(await unlucky(8))).not.toEqual(withoutWallTime(summary));
  });
});

describe('when the local cloud stays up', () => {
  it('tells where it answers, shows accounts move and exceptions on one line each, and ends when it is told to', async () => {
    const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
    const options = optionsFor({ interruption: () => interrupted });
    const ended = runLocal(options);
    await until(() => /^AWS endpoint http:\/\/127\.0\.0\.1:\d+$/m.test(options.read()));
    const endpoint = /AWS endpoint (\S+)/.exec(options.read())?.[1] ?? '';
    const client = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };

    const { Account } = await new OrganizationsClient(client).send(
      new DescribeAccountCommand({ AccountId: alice }),
    );
    const Payload = { title: 'Hello\u001b[2J\nworld', message: 'x' };
    const Detail = JSON.stringify({ ContentType: 'application/json', Environment: 'SpaTest', Payload });
    const entry = { Source: 'SustainablePersonalAccounts', DetailType: 'GenericException', Detail };
    await new EventBridgeClient(client).send(new PutEventsCommand({ Entries: [entry] }));
    await until(() => options.read().includes('GenericException'));
    await until(() => options.read().includes('released 2'));
    interrupt();

    expect(await ended).toBeUndefined();
    expect(Account?.Name).toBe('Alice');
    expect(options.read()).toContain('GenericException: Hello [2J world\n');
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  it('leaves accounts as the world has them, where it is told to', async () => {
    const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
    const options = optionsFor({ onboarding: false, interruption: () => interrupted });
    const ended = runLocal(options);

    await until(() => options.read().includes('none 1, released 1'));
    interrupt();
    await ended;

    expect(options.read()).not.toContain('assigned');
  });
});

describe('when the local cloud cannot open', () => {
  it('names the port that somebody else listens on', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;

    const opening = runLocal(optionsFor({ port }));

    await expect(opening).rejects.toThrow(PortNotFree);
    await expect(opening).rejects.toThrow(
      `port ${port} is in use: give another one with --port, or 0 for any that is free`,
    );
    other.close();
  });

  it('tells what is wrong with the world', async () => {
    const world = fileOf('faulty.json', { organization: 1 });

    await expect(runLocal(optionsFor({ world }))).rejects.toThrow(InvalidWorld);
  });

  it('tells what is wrong with the faults to play', async () => {
    const faults = fileOf('faults.json', { events: [{ fault: 'lost' }] });

    await expect(runLocal(optionsFor({ faults, untilIdle: true }))).rejects.toThrow(InvalidFaultPlan);
  });
});
