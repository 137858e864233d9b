import { describe, expect, it } from 'vitest';
import { createSessions, RoleNotAssumable } from '#adapters/aws/sessions.ts';
import { accountId } from '#domain/account.ts';
import { AwsError } from '#emulator/aws-error.ts';
import { alice, openAccess, openDoors, roles, type Answer } from './support-access.ts';

async function aChain(answers: Readonly<Record<string, Answer>> = {}) {
  const opened = openAccess(answers);
  await openDoors(opened);
  return { ...opened, sessions: createSessions(opened.access, roles) };
}

describe('when work in a member account goes on', () => {
  it('takes two roles once, however much is done', async () => {
    const { sessions, inputsOf } = await aChain();

    for (let time = 0; time < 5; time += 1) await sessions.member(alice);

    expect(inputsOf('sts.AssumeRole')).toMatchObject([
      { RoleArn: roles.managementRoleArn, RoleSessionName: 'SPA-organization' },
      { RoleArn: `arn:aws:iam::${alice}:role/Door`, RoleSessionName: `SPA-${alice}` },
    ]);
  });

  it('takes them once also for many who come at the same moment', async () => {
    const { sessions, count } = await aChain();

    await Promise.all(Array.from({ length: 10 }, () => sessions.member(alice)));

    expect(count('sts.AssumeRole')).toBe(2);
  });

  it('renews them before their hour is over, once for all who come then', async () => {
    const { sessions, count, pass } = await aChain();
    const first = await sessions.management();

    await pass(54);
    expect(await sessions.management()).toBe(first);
    await pass(2);
    const [second, third] = await Promise.all([sessions.management(), sessions.management()]);

    expect(second).not.toBe(first);
    expect(third).toBe(second);
    expect(count('sts.AssumeRole')).toBe(2);
  });

  it('forgets those it has not needed for long, and holds 200 at most', async () => {
    const { sessions, count } = await aChain({
      'sts.AssumeRole': () => ({
        Credentials: {
          AccessKeyId: 'A',
          SecretAccessKey: 'S',
          SessionToken: 'T',
          Expiration: new Date(Date.UTC(2026, 10, 16, 12)),
        },
      }),
    });
    const members = Array.from({ length: 250 }, (_, index) => accountId(String(300_000_000_000 + index)));
    for (const member of members) await sessions.member(member);
    const before = count('sts.AssumeRole');

    await sessions.member(members[249] ?? alice);
    expect(count('sts.AssumeRole')).toBe(before);
    await sessions.member(members[0] ?? alice);
    expect(count('sts.AssumeRole')).toBeGreaterThan(before);
  });
});

describe('when a role cannot be assumed', () => {
  it('says which, and what to look at', async () => {
    const { sessions } = await aChain();
    const stranger = sessions.member(accountId('999999999999'));

    await expect(stranger).rejects.toThrow(RoleNotAssumable);
    await expect(stranger).rejects.toThrow(
      'role arn:aws:iam::999999999999:role/Door cannot be assumed: check that it exists, and whom it trusts',
    );
  });

  it('asks again next time, since somebody may have mended it', async () => {
    let denied = true;
    const { sessions } = await aChain({
      'sts.AssumeRole': (_, run) => {
        if (denied) throw new AwsError('AccessDenied', 'not today', 403);
        return run();
      },
    });

    await expect(sessions.management()).rejects.toThrow(RoleNotAssumable);
    denied = false;

    expect(await sessions.management()).toHaveProperty('credentials');
  });

  it('is another fault than one that passes', async () => {
    const { sessions } = await aChain({
      'sts.AssumeRole': () => {
        throw new AwsError('RegionDisabledException', 'STS is not activated', 403);
      },
    });

    await expect(sessions.management()).rejects.toMatchObject({ name: 'RegionDisabledException' });
  });
});
