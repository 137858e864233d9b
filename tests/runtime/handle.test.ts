import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { revisitAsked } from '#events/errand.ts';
import { byHand } from '#events/schedule.ts';
import { accountTagged } from '#events/account-tagged.ts';
import { accountTold } from '#events/account-told.ts';
import { gathered, withinAMinute } from '#events/gathered.ts';
import { defineFunction } from '#functions/define-function.ts';
import type { Ports } from '#ports/ports.ts';
import { handle, type Setting } from '#runtime/handle.ts';
import { createLog } from '#runtime/log.ts';
import type { Level } from '#runtime/environment.ts';

const alice = accountId('200000000000');
const bob = accountId('200000000001');
const mallory = accountId('200000000002');

const described = { purpose: 'Be handled', whenItFails: 'nothing', needs: [] } as const;

/** Visits accounts, and fails at Mallory's. */
function aVisitor() {
  const visited: string[] = [];
  const declaration = defineFunction({
    ...described,
    name: 'OnVisit',
    trigger: revisitAsked,
    async run({ account }) {
      if (account === mallory) throw new Error('the door is shut', { cause: new Error('no key') });
      visited.push(account);
      return { outcome: 'visited', account };
    },
  });
  return { declaration, visited };
}

function aSetting(verbosity: Level = 'INFO') {
  const lines: Record<string, unknown>[] = [];
  const setting: Setting = {
    wiring: { environment: 'SpaTest', tagPrefix: 'account-', maintenanceWindow: undefined },
    // The functions of these tests use none.
    ports: {} as Ports,
    log: createLog(verbosity, (line) => void lines.push(JSON.parse(line) as Record<string, unknown>)),
  };
  return { setting, lines };
}

const message = (messageId: string, body: string) => ({ eventSource: 'aws:sqs', messageId, body });
const about = (account: string) => JSON.stringify({ account });

/** Receives visitors together, unless Mallory is among them. */
function aHost() {
  const visits: (readonly string[])[] = [];
  const declaration = defineFunction({
    ...described,
    name: 'OnVisits',
    trigger: gathered(accountTold, withinAMinute),
    async run(told) {
      const accounts = told.map(({ account }) => account);
      if (accounts.includes(mallory)) throw new Error('the door is shut');
      visits.push(accounts);
      return { outcome: 'received', accounts };
    },
  });
  return { declaration, visits };
}

const released = (account: string) =>
  JSON.stringify({
    source: 'SustainablePersonalAccounts',
    'detail-type': 'ReleasedAccount',
    detail: { Account: account, Environment: 'SpaTest' },
  });

describe('when events are gathered', () => {
  it('hands over all of them in one run, but those that are none of ours', async () => {
    const { declaration, visits } = aHost();
    const { setting, lines } = aSetting();
    const Records = [message('1', released(alice)), message('2', '{}'), message('3', released(bob))];

    expect(await handle(declaration, { Records }, setting)).toEqual({ batchItemFailures: [] });

    expect(visits).toEqual([[alice, bob]]);
    expect(lines).toMatchObject([{ outcome: 'received', ignored: ['no account event'] }]);
  });

  it('hands them over one by one when that has failed, and names those that fail again', async () => {
    const { declaration, visits } = aHost();
    const { setting, lines } = aSetting();
    const Records = [alice, mallory, bob].map((account, index) => message(`${index}`, released(account)));

    expect(await handle(declaration, { Records }, setting)).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });

    expect(visits).toEqual([[alice], [bob]]);
    expect(lines.map(({ level }) => level)).toEqual(['WARNING', 'INFO', 'ERROR', 'INFO']);
  });

  it('takes one that somebody hands over by hand', async () => {
    const { declaration, visits } = aHost();

    await handle(declaration, JSON.parse(released(alice)), aSetting().setting);

    expect(visits).toEqual([[alice]]);
  });

  it('does nothing where none of them is ours', async () => {
    const { declaration, visits } = aHost();
    const Records = [message('1', '{}'), message('2', 'no JSON')];

    expect(await handle(declaration, { Records }, aSetting().setting)).toEqual({ batchItemFailures: [] });

    expect(visits).toEqual([]);
  });
});

describe('when a batch of messages comes', () => {
  it('names those that failed, and no others: one bad message makes none disappear', async () => {
    const { declaration, visited } = aVisitor();
    const { setting, lines } = aSetting();

    const answer = await handle(
      declaration,
      {
        Records: [
          message('1', about(alice)),
          message('2', about(mallory)),
          message('3', '{ broken'),
          message('4', about('not a number')),
          message('5', about(bob)),
        ],
      },
      setting,
    );

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(visited).toEqual([alice, bob]);
    expect(lines.map(({ outcome, fault }) => outcome ?? (fault as { message: string }).message)).toEqual([
      'visited',
      'the door is shut',
      'ignored',
      'ignored',
      'visited',
    ]);
  });
});

describe('when a function fails', () => {
  it('logs the fault once, with its cause and what it was about, and throws it again', async () => {
    const { declaration } = aVisitor();
    const { setting, lines } = aSetting('CRITICAL');
    const quiet = handle(declaration, { account: mallory }, setting);
    await expect(quiet).rejects.toThrow('the door is shut');
    expect(lines).toEqual([]);

    const { setting: loud, lines: told } = aSetting('ERROR');
    await expect(handle(declaration, { account: mallory }, loud)).rejects.toThrow('the door is shut');

    expect(told).toMatchObject([
      {
        level: 'ERROR',
        function: 'OnVisit',
        fault: { name: 'Error', message: 'the door is shut', cause: { message: 'no key' } },
        happened: { account: mallory },
      },
    ]);
  });
});

describe('when an event is none of ours', () => {
  it('succeeds, and says why', async () => {
    const { declaration, visited } = aVisitor();
    const { setting, lines } = aSetting();

    const answer = await handle(declaration, { account: 42 }, setting);

    expect(answer).toEqual({ outcome: 'ignored', reason: 'names no account' });
    expect(lines).toEqual([
      { level: 'INFO', function: 'OnVisit', outcome: 'ignored', reason: 'names no account' },
    ]);
    expect(visited).toEqual([]);
  });
});

describe('when somebody invokes a function by hand', () => {
  it.each([undefined, null, {}, [], 'text', { Records: [] }, { Records: 'x' }])(
    'runs whatever is given: %j',
    async (payload) => {
      const run = async () => 'done';
      const declaration = defineFunction({ ...described, name: 'ByHand', trigger: byHand, run });

      expect(await handle(declaration, payload, aSetting().setting)).toBe('done');
    },
  );
});

describe('when an event is the detail alone, as rules of older deployments send it', () => {
  it('is read like the whole', async () => {
    const trigger = accountTagged('expired');
    const run = async ({ account }: { readonly account: string }) => account;
    const declaration = defineFunction({ ...described, name: 'OnExpired', trigger, run });
    const detail = {
      eventName: 'TagResource',
      eventID: 'e-1',
      requestParameters: { resourceId: alice, tags: [{ key: 'account-state', value: 'expired' }] },
    };

    for (const event of [detail, { detail }]) {
      expect(await handle(declaration, event, aSetting().setting)).toBe(alice);
    }
  });
});
