import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assume, automation, everything, member, openIdentityWorld, trusting } from './support-identity.ts';

describe('when a session ends', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  function openSessions() {
    const world = openIdentityWorld();
    const trust = trusting({ AWS: automation });
    const role = world.createRole({ account: member, name: 'Manager', trust, ...everything });
    return { ...world, role };
  }

  it('is refused with the names that each protocol has for it', async () => {
    const world = openSessions();
    const { credentials } = await assume(world.stsClient(undefined, 'function'), world.role);
    expect(credentials.expiration).toEqual(new Date('2026-11-22T13:00:00Z'));

    await world.passSeconds(3599);
    await world.stsClient(credentials).send(new GetCallerIdentityCommand({}));
    await world.passSeconds(1);

    const message = 'The security token included in the request is expired';
    await expect(world.stsClient(credentials).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      message,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(
      world.parameterClient(credentials).send(new GetParameterCommand({ Name: 'a' })),
    ).rejects.toMatchObject({ name: 'ExpiredTokenException', message, $metadata: { httpStatusCode: 400 } });
    const asked = new GetAccessKeyInfoCommand({ AccessKeyId: credentials.accessKeyId });
    expect(await world.stsClient().send(asked)).toMatchObject({ Account: member });
  });

  it('lasts an hour of real time for clients outside', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T00:00:00Z') });
    const world = openSessions();
    const { credentials } = await assume(world.stsClient(), world.role);
    expect(credentials.expiration).toEqual(new Date('2030-01-01T01:00:00Z'));

    await world.passSeconds(100_000);
    expect(world.identity.sessionOf(credentials.accessKeyId)?.account).toBe(member);

    vi.setSystemTime(new Date('2030-01-01T01:00:00Z'));
    expect(() => world.identity.sessionOf(credentials.accessKeyId)).toThrow(
      expect.objectContaining({ code: 'ExpiredToken' }),
    );
  });

  it('stays ended when thousands have come after it, and those that last are known still', async () => {
    const world = openSessions();
    const by = { service: 'lambda.amazonaws.com', account: member } as const;
    const role = world.createRole({
      account: member,
      name: 'Function',
      trust: trusting({ Service: by.service }),
    });
    const open = (seconds: number) =>
      world.identity.assume(role, 'x', by, { seconds, clock: 'simulated' }).accessKeyId;
    const ended = open(60);
    const lasting = open(100_000);

    await world.passSeconds(2000);
    for (let times = 0; times < 1500; times += 1) open(60);

    expect(() => world.identity.sessionOf(ended)).toThrow(expect.objectContaining({ code: 'ExpiredToken' }));
    expect(world.identity.sessionOf(lasting)?.account).toBe(member);
    expect(world.identity.accountOf(ended)).toBeUndefined();
  });

  it('is unknown, not ended, when it was never handed out', () => {
    const { identity } = openSessions();

    expect(identity.sessionOf('ASIAANYTHING')).toBeUndefined();
    expect(identity.sessionOf('ASIAIOSFODNN7EXAMPLE')).toBeUndefined();
  });
});
