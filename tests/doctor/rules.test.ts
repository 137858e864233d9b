import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountFrom, accountId } from '#domain/account.ts';
import { buildsMayRun } from '#domain/doctor/build-quota.ts';
import { eventsAreForwarded } from '#domain/doctor/forwarding.ts';
import { functionsAreDeployed } from '#domain/doctor/functions.ts';
import { incidentsCanBeOpened } from '#domain/doctor/incidents.ts';
import { mailsAreWanted, mailsCanBeSent } from '#domain/doctor/mail.ts';
import { managedAccounts, sampleOf } from '#domain/doctor/managed-account.ts';
import { memberRoleOpens } from '#domain/doctor/member-role.ts';
import { systemsAreApart } from '#domain/doctor/other-systems.ts';
import { noAlarms } from '#domain/doctor/trouble.ts';
import { countOf, listOf } from '#domain/doctor/wording.ts';
import { alice, alphaUnit, gammaUnit, settingsOf } from '#tests/worlds.ts';

const { book, automation } = settingsOf();

describe('the sample of accounts', () => {
  const numbered = (index: number, unit: string, isActive = true) =>
    accountFrom(
      {
        id: accountId(String(300_000_000_000 + index)),
        arn: '',
        name: '',
        email: '',
        isActive,
        path: [unit],
      },
      {},
      'account-',
    );
  const units = fc.array(fc.tuple(fc.constantFrom(alphaUnit, gammaUnit, 'ou-outside'), fc.boolean()), {
    maxLength: 40,
  });

  it('is as large as asked for, or as there are active managed accounts', () => {
    fc.assert(
      fc.property(units, fc.nat(12), (places, size) => {
        const managed = managedAccounts(
          book,
          places.map(([unit, isActive], index) => numbered(index, unit, isActive)),
        );
        const active = managed.filter(({ account }) => account.isActive);
        const sample = sampleOf(managed, size);
        expect(sample).toHaveLength(Math.min(size, active.length));
        expect(new Set(sample).size).toBe(sample.length);
        expect(sample.every((one) => active.includes(one))).toBe(true);
      }),
    );
  });

  it('is spread over units', () => {
    const alphas = Array.from({ length: 20 }, (_, index) => numbered(index, alphaUnit));
    const managed = managedAccounts(book, [...alphas, numbered(50, gammaUnit)]);

    expect(sampleOf(managed, 2).map(({ settings }) => settings.unit)).toEqual([alphaUnit, gammaUnit]);
    expect(sampleOf(managed, Infinity)).toHaveLength(21);
  });
});

describe('the quota of builds', () => {
  const seen = (account: string, builds: number) => ({ account, builds: { seen: builds } });
  const place = { region: 'eu-west-1', architecture: 'arm' } as const;

  it('is asked for by the machine that builds run on', () => {
    expect(buildsMayRun([seen(alice, 0)], place).remedy).toContain('L-5ED1D25B');
    expect(buildsMayRun([seen(alice, 0)], { ...place, architecture: 'intel' }).remedy).toContain(
      'L-9D07B6EF',
    );
  });

  it('is not looked at where no account tells it, and right where one does', () => {
    const untold = { account: alice, builds: { unseen: 'AccessDenied' } };

    expect(buildsMayRun([untold], place)).toEqual({ status: 'unseen', found: 'not looked at: AccessDenied' });
    expect(buildsMayRun([untold, seen(alice, 1)], place)).toEqual({
      status: 'ok',
      found: 'builds may run in 1 account',
    });
    expect(buildsMayRun([], place).status).toBe('ok');
  });
});

describe('the member role', () => {
  it('is no finding where it may be closed to these credentials on purpose', () => {
    const visits = [{ account: alice, refused: 'AccessDenied' }];

    expect(memberRoleOpens({ isConclusive: true, visits }, automation).status).toBe('finding');
    expect(memberRoleOpens({ isConclusive: false, visits }, automation).status).toBe('unseen');
  });
});

describe('functions', () => {
  const deployed = {
    name: 'A',
    state: 'Active',
    lastUpdate: 'Successful',
    roleArn: undefined,
    variables: {},
  };
  const told = (given: Partial<typeof deployed>) =>
    functionsAreDeployed({ wanted: ['A'], deployed: [{ ...deployed, ...given }] }, automation.accountId)
      .status;

  it('are well when their last update has succeeded', () => {
    expect(told({})).toBe('ok');
    expect(told({ lastUpdate: 'Failed' })).toBe('finding');
    expect(told({ state: 'Failed' })).toBe('finding');
    expect(told({ lastUpdate: 'InProgress' })).toBe('hint');
  });
});

describe('forwarding', () => {
  const bus = 'arn:aws:events:eu-west-1:123456789012:event-bus/default';
  const rule = { name: 'R', isEnabled: true, targets: [{ arn: bus, roleArn: 'role' }] };

  it('may be shared among rules', () => {
    const first = { ...rule, lets: ['MoveAccount', 'CreateAccountResult'] };
    const second = { ...rule, name: 'S', lets: ['TagResource'] };

    expect(eventsAreForwarded([first, second], bus, automation).status).toBe('ok');
    expect(eventsAreForwarded([first, { ...second, isEnabled: false }], bus, automation)).toMatchObject({
      status: 'finding',
      found: 'TagResource is not forwarded by R and S',
    });
  });

  it('wants a role', () => {
    const lets = ['MoveAccount', 'CreateAccountResult', 'TagResource'];
    const mute = { ...rule, lets, targets: [{ arn: bus, roleArn: undefined }] };

    expect(eventsAreForwarded([mute], bus, automation).status).toBe('hint');
  });
});

describe('alarms', () => {
  it('are told with their sentence, those of the environment only', () => {
    const rings = (name: string) => ({ name, says: 'accounts wait' });

    expect(noAlarms([], 'Spa').status).toBe('ok');
    expect(noAlarms([rings('Spa2OnException')], 'Spa').status).toBe('ok');
    expect(noAlarms([rings('SpaOnException')], 'Spa')).toMatchObject({
      status: 'finding',
      found: 'in alarm: SpaOnException (accounts wait)',
    });
  });
});

describe('mails', () => {
  const features = { originEmailRecipient: 'spa@example.com', costEmailRecipients: ['boss@example.com'] };

  it('go to nobody in the sandbox', () => {
    const verified = 'example.com';

    expect(mailsCanBeSent({ verified, isInSandbox: { seen: true } }, features, 'eu-west-1').status).toBe(
      'hint',
    );
    expect(mailsCanBeSent({ verified, isInSandbox: { seen: false } }, features, 'eu-west-1').status).toBe(
      'ok',
    );
    expect(mailsCanBeSent({ verified, isInSandbox: { unseen: '?' } }, features, 'eu-west-1').status).toBe(
      'ok',
    );
  });

  it('need an address to be sent from', () => {
    const none = { ...features, originEmailRecipient: undefined };

    expect(mailsAreWanted(none)?.status).toBe('hint');
    expect(mailsAreWanted({ ...none, costEmailRecipients: [] })?.status).toBe('ok');
    expect(mailsAreWanted(features)).toBeUndefined();
  });
});

describe('incidents', () => {
  const plan = { arn: 'arn:plan', isNamed: true };

  it('need the response plan that is named', () => {
    const having = (...plans: readonly string[]) =>
      incidentsCanBeOpened(
        { backend: 'incident-manager', isEnabled: true, plans },
        plan,
        automation.accountId,
      );

    expect(having('arn:plan').status).toBe('ok');
    expect(having('arn:other')).toMatchObject({
      status: 'finding',
      remedy: 'correct features.with_response_plan_arn',
    });
  });
});

describe('other systems, where accounts cannot be listed', () => {
  it('are judged by what both list', () => {
    const other = {
      environment: 'SpaOther',
      accounts: new Set<string>(),
      protectedAccounts: new Set<string>(),
    };
    const unseen = { unseen: 'denied' };
    const told = (unit: string) =>
      systemsAreApart(book, {
        systems: [{ ...other, units: new Set([unit]) }],
        accounts: unseen,
        otherBuses: unseen,
      });

    expect(told(alphaUnit)).toMatchObject({ status: 'finding', found: `SpaOther manages ${alphaUnit} too` });
    expect(told('ou-outside').status).toBe('ok');
  });
});

describe('lists', () => {
  it('name five, and count the rest', () => {
    const names = Array.from({ length: 1234 }, (_, index) => `n${index}`);

    expect(listOf(['a'])).toBe('a');
    expect(listOf(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listOf(names)).toBe('n0, n1, n2, n3, n4 and 1,229 more');
    expect(countOf(10_000, 'account')).toBe('10,000 accounts');
  });
});
