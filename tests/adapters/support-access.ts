import type { AwsAccess } from '#adapters/aws/access.ts';
import { accountId } from '#domain/account.ts';
import { AwsError } from '#emulator/aws-error.ts';
import { createClock } from '#emulator/clock.ts';
import { openCloud } from '#emulator/cloud.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessClient } from '#emulator/in-process-client.ts';

export const management = accountId('111111111111');
export const automation = accountId('123456789012');
export const alice = accountId('200000000000');

/** Stands between a call and its operation: answers in its place, throws, or lets it run. */
export type Answer = (input: Readonly<Record<string, unknown>>, run: () => unknown) => unknown;

export const throttled = new AwsError('ThrottlingException', 'Rate exceeded');

/**
 * A small cloud, an administrator's access to it, and what came to pass: calls by name, and sleeps, in which time flies.
 * `answers` by name of the call (`sqs.SendMessageBatch`) interfere with it.
 */
export function openAccess(answers: Readonly<Record<string, Answer>> = {}) {
  const calls: { readonly name: string; readonly input: Readonly<Record<string, unknown>> }[] = [];
  const sleeps: number[] = [];
  const clock = createClock(Date.UTC(2026, 10, 16, 9));
  const cloud = openCloud({
    automationAccount: automation,
    clock,
    builds: { behaviour: async () => ({ status: 'SUCCEEDED' }) },
    interfere({ service, call, input }, run) {
      const name = `${service}.${call.operation}`;
      calls.push({ name, input });
      return answers[name] ? answers[name](input, run) : run();
    },
    organization: {
      seed: {
        id: 'o-a1b2c3d4e5',
        root: 'r-ab12',
        managementAccount: management,
        units: [],
        accounts: [management, automation, alice].map((id) => ({
          id,
          name: id,
          email: `${id}@example.com`,
          parent: 'r-ab12',
          state: 'ACTIVE',
          tags: { 'account-state': 'released' },
        })),
      },
    },
  });
  const access: AwsAccess = {
    region: 'eu-west-1',
    clock: {
      now: () => new Date(clock.now()),
      async sleep(milliseconds) {
        sleeps.push(milliseconds);
        await clock.runUntilIdle(clock.now() + milliseconds);
      },
    },
    random: () => 0.5,
    // As functions do: sessions of clients outside last an hour of real time.
    client: inProcessClient(cloud, 'function'),
    credentials: { accessKeyId: administratorKey(automation), secretAccessKey: 'local' },
  };
  const named = (name: string) => calls.filter((call) => call.name === name);
  return {
    cloud,
    access,
    sleeps,
    inputsOf: (name: string) => named(name).map(({ input }) => input),
    count: (name: string) => named(name).length,
    /** What has been called since the last time that somebody asked. */
    callsSince: () => calls.splice(0).map(({ name }) => name),
    pass: (minutes: number) => clock.runUntilIdle(clock.now() + minutes * 60_000),
  };
}

const trusting = (account: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' },
    ],
  });

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

export const roles = {
  managementRoleArn: `arn:aws:iam::${management}:role/Manager`,
  memberRoleName: 'Door',
};

/** The chain of two roles: from the automation account to the management account, and on to Alice's. */
export async function openDoors({ cloud, pass }: ReturnType<typeof openAccess>): Promise<void> {
  cloud.iam.createRole({
    account: management,
    name: 'Manager',
    trust: trusting(automation),
    inlinePolicies: { Needs: everything },
  });
  cloud.iam.createRole({ account: alice, name: 'Door', trust: trusting(management) });
  await pass(1);
}
