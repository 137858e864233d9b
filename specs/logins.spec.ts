import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { signIn, type SignIn } from '#emulator/console-sign-in.ts';
import { recordsIn, shadowOf } from '#tests/metering/records.ts';
import { recordedEvent } from '#tests/recorded-events.ts';
import { alice, aReleasedAccount, bob, tell, type Story } from '#tests/worlds.ts';

const alicesRole = {
  type: 'AssumedRole',
  role: 'AWSReservedSSO_AWSAdministratorAccess_eb3123a7cb85ea0b',
  session: 'alice@example.com',
} as const;

async function logIn(story: Story, by: SignIn['by'], given: Partial<SignIn> = {}): Promise<void> {
  signIn(story.cloud, { account: alice, region: 'eu-west-1', by, ...given });
  await story.settle();
}

const ofRole = (holder = 'alice@example.com') =>
  recordedEvent('signin-console-login-for-assumed-role-template', {
    account_id: alice,
    account_holder: holder,
  });

/** An account that has been prepared, so that its logins are forwarded. */
async function aPreparedAccount(): Promise<Story> {
  const story = await tell([aReleasedAccount()]);
  await story.tag(alice, 'assigned');
  await story.settle();
  return story;
}

describe('when a holder logs in on the console', () => {
  it('is on the shadow of the account, and an activity', async () => {
    const story = await aPreparedAccount();

    await logIn(story, alicesRole);

    expect(await shadowOf(story, alice)).toMatchObject({
      stamps: { ConsoleLogin: expect.stringMatching(/^2026-11-16T09:\d\d:\d\d$/) as string },
      identity_of_last_console_login: 'alice@example.com',
    });
    expect(story.activities(alice).at(-1)).toEqual({
      label: 'ConsoleLoginEvent',
      account: alice,
      transaction: 'console-login',
      identifier: expect.stringMatching(
        /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
      ) as string,
      begin: expect.any(Number) as number,
      end: expect.any(Number) as number,
      duration: 0,
      'cost-center': 'Alpha',
      'account-state': 'released',
      'account-holder': 'alice@example.com',
    });
    const logins = (await recordsIn(story, 'activities')).filter(
      ({ value }) => value['transaction'] === 'console-login',
    );
    expect(logins).toHaveLength(1);
    expect(await recordsIn(story, 'transactions')).toEqual([]);
    expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([]);
  });

  it('counts once, although two accounts forward it', async () => {
    const story = await tell([aReleasedAccount()]);
    const fromMember = ofRole();
    const fromManagement = {
      ...(ofRole() as Record<string, unknown>),
      id: 'another-envelope',
      account: '111111111111',
    };

    await Promise.all([
      story.invoke('OnConsoleLogin', fromMember),
      story.invoke('OnConsoleLogin', fromManagement),
    ]);
    await story.invoke('OnConsoleLogin', fromMember);

    expect(story.activities(alice).map(({ label }) => label)).toEqual(['ConsoleLoginEvent']);
    expect(await recordsIn(story, 'activities')).toHaveLength(1);
  });

  it('counts each of two people who log in at the same second', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke('OnConsoleLogin', ofRole('alice@example.com'));
    await story.invoke('OnConsoleLogin', ofRole('eve@example.com'));

    expect(await recordsIn(story, 'activities')).toHaveLength(2);
  });

  it('keeps the last one on the shadow, when an older one is heard of later', async () => {
    const story = await aPreparedAccount();
    await logIn(story, alicesRole);
    const stamp = (await shadowOf(story, alice))?.['stamps'];

    await story.invoke('OnConsoleLogin', ofRole('eve@example.com'));

    expect(await shadowOf(story, alice)).toMatchObject({
      stamps: stamp,
      identity_of_last_console_login: 'alice@example.com',
    });
  });

  it('may come through a federation', async () => {
    const story = await aPreparedAccount();

    await logIn(story, { type: 'FederatedUser', user: 'zoe' });

    expect(await shadowOf(story, alice)).toMatchObject({ identity_of_last_console_login: 'zoe' });
    expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([]);
  });
});

describe('when somebody logs in with credentials that nobody should use', () => {
  const exceptionsOf = (story: Story) =>
    story.told
      .filter(({ label }) => label.endsWith('Exception'))
      .map(({ label, detail }) => ({ label, detail }));

  it('tells people of the root of the account, once', async () => {
    const story = await tell([aReleasedAccount()]);
    const event = recordedEvent('signin-console-login-for-account-root-template', { account_id: alice });

    await story.invoke('OnConsoleLogin', event);
    await story.invoke('OnConsoleLogin', event);

    expect(exceptionsOf(story)).toMatchObject([
      {
        label: 'ConsoleLoginWithRootException',
        detail: {
          ContentType: 'application/json',
          Environment: 'SpaTest',
          Payload: {
            account: alice,
            title: `Console login on account Alice (${alice}) with account root credentials`,
            message: expect.stringContaining('2023-04-30T05:59:20Z') as string,
          },
        },
      },
    ]);
  });

  it('tells people of an IAM user, by name', async () => {
    const story = await tell([aReleasedAccount()]);

    await story.invoke(
      'OnConsoleLogin',
      recordedEvent('signin-console-login-for-iam-user-template', {
        account_id: alice,
        account_holder: 'mallory',
      }),
    );

    expect(exceptionsOf(story)).toMatchObject([
      {
        label: 'ConsoleLoginWithIamUserException',
        detail: {
          Payload: {
            account: alice,
            title: `Console login on account Alice (${alice}) with IAM user mallory credentials`,
          },
        },
      },
    ]);
    expect(await shadowOf(story, alice)).toMatchObject({ identity_of_last_console_login: 'mallory' });
  });
});

describe('when a login is none of ours', () => {
  it('is not recorded in an account that is not managed, whoever logs in', async () => {
    const story = await tell([aReleasedAccount({ id: bob, unit: 'ou-outside' })]);

    for (const template of ['assumed-role', 'account-root', 'iam-user']) {
      const values = { account_id: bob, account_holder: 'bob' };
      const event = recordedEvent(`signin-console-login-for-${template}-template`, values);
      expect(await story.invoke('OnConsoleLogin', event)).toMatchObject({ outcome: 'left alone' });
    }

    expect(story.told).toEqual([]);
    expect(await recordsIn(story, 'shadows')).toEqual([]);
    expect(await recordsIn(story, 'activities')).toEqual([]);
  });

  it('is not recorded when it did not succeed', async () => {
    const story = await aPreparedAccount();

    await logIn(story, { type: 'Root' }, { succeeds: false });

    expect(story.activities(alice).map(({ label }) => label)).not.toContain('ConsoleLoginEvent');
    expect(story.labels(alice)).not.toContain('ConsoleLoginWithRootException');
  });

  it.each([
    null,
    {},
    { detail: { eventName: 'ConsoleLogin' } },
    {
      detail: {
        eventName: 'ConsoleLogin',
        responseElements: { ConsoleLogin: 'Success' },
        userIdentity: { type: 'AWSService' },
      },
    },
    {
      detail: {
        eventName: 'ConsoleLogin',
        responseElements: { ConsoleLogin: 'Success' },
        userIdentity: { type: 'Root' },
      },
    },
    {
      detail: {
        eventName: 'ConsoleLogin',
        responseElements: { ConsoleLogin: 'Failure' },
        userIdentity: { type: 'Root', accountId: alice },
      },
    },
    { detail: { eventName: 'SwitchRole', responseElements: { ConsoleLogin: 'Success' } } },
  ])('is ignored, of whatever shape: %j', async (event) => {
    const story = await tell([aReleasedAccount()]);

    expect(await story.invoke('OnConsoleLogin', event)).toMatchObject({ outcome: 'ignored' });
  });
});

describe('when recording a login fails half-way', () => {
  it('is recorded when it is tried again, and once', async () => {
    const patience = 10;
    let refusals = 0;
    const story = await tell([aReleasedAccount()], {
      events: {
        accepted: (event) => {
          if (refusals < patience && JSON.stringify(event).includes('ConsoleLoginEvent')) {
            refusals += 1;
            throw new Error('the bus is down for a moment');
          }
        },
      },
    });
    const { InvokeCommand } = await import('@aws-sdk/client-lambda');
    const Payload = Buffer.from(JSON.stringify(ofRole()));

    await story
      .clients()
      .lambda.send(
        new InvokeCommand({ FunctionName: 'SpaTestOnConsoleLogin', InvocationType: 'Event', Payload }),
      );
    await story.settle();

    const logins = (await recordsIn(story, 'activities')).filter(
      ({ value }) => value['account'] === accountId(alice),
    );
    expect(logins).toHaveLength(1);
    expect(story.log.filter(({ level }) => level === 'ERROR')).toHaveLength(1);
  });
});

describe('when somebody plays with the local cloud', () => {
  const post = (story: Story, query: string, method = 'POST') =>
    story.cloud.answer(
      {
        method,
        path: '/console/login',
        query: new URLSearchParams(query),
        headers: {},
        body: new Uint8Array(),
      },
      'client',
    );

  it.each([
    ['role=Administrator&session=alice@example.com', 'alice@example.com'],
    ['federated=zoe', 'zoe'],
    ['user=joe', 'joe'],
    ['user=root', 'root'],
  ])('logs in on the console of an account by one request, with %s', async (who, identity) => {
    const story = await aPreparedAccount();

    const answer = await post(story, `account=${alice}&${who}`);
    await story.settle();

    expect(answer.status).toBe(200);
    expect(await shadowOf(story, alice)).toMatchObject({ identity_of_last_console_login: identity });
  });

  it('is told what to write, and which accounts are open', async () => {
    const story = await aPreparedAccount();

    expect(await post(story, `account=${alice}`)).toMatchObject({ status: 400 });
    expect(await post(story, `account=${alice}&user=root`, 'GET')).toMatchObject({ status: 400 });
    expect(await post(story, 'account=999999999999&user=root')).toMatchObject({ status: 404 });
  });
});
