import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { accountId, type AccountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { openCloud } from '#emulator/cloud.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import type { Credentials } from '#emulator/platform.ts';

export const opensAt = Date.UTC(2026, 10, 22, 9, 0, 0);
export const automation = accountId('123456789012');
export const member = accountId('200000000000');
export const bucket = 'spa-reports';

const accountIn = (id: AccountId) => ({
  id,
  name: id,
  email: `${id}@example.com`,
  parent: 'r-ab12',
  state: 'ACTIVE' as const,
  tags: {},
});

/** The whole cloud, with clients of S3 for two accounts and for roles whose policies are given. */
export async function openS3() {
  const cloud = openCloud({
    organization: {
      seed: {
        id: 'o-a1b2c3d4e5',
        root: 'r-ab12',
        managementAccount: accountId('111111111111'),
        units: [],
        accounts: [accountIn(accountId('111111111111')), accountIn(automation), accountIn(member)],
      },
    },
    automationAccount: automation,
    clock: createClock(opensAt),
    builds: { behaviour: () => Promise.resolve({ status: 'SUCCEEDED' }) },
  });

  const clientWith = (
    credentials: Pick<Credentials, 'accessKeyId' | 'secretAccessKey'>,
    options: { readonly region?: string; readonly endpoint?: string } = {},
  ) =>
    new S3Client({
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:4566',
      maxAttempts: 1,
      ...options,
      credentials,
      requestHandler: inProcessHandler(cloud, 'client'),
    });

  const administratorOf = (account: AccountId, options: Parameters<typeof clientWith>[1] = {}) =>
    clientWith({ accessKeyId: administratorKey(account), secretAccessKey: 'x' }, options);

  /** A client that may do what is said, as `{ 's3:GetObject': arn }`, and nothing else. */
  async function clientThatMay(permissions: Readonly<Record<string, string>>, account = automation) {
    const trusting = { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' };
    const role = cloud.iam.createRole({
      account,
      name: 'Reader',
      trust: JSON.stringify({ Version: '2012-10-17', Statement: [trusting] }),
      inlinePolicies: { all: policyOf(permissions) },
    });
    await cloud.clock.runUntilIdle(cloud.clock.now() + 60_000);
    const arn = `arn:aws:iam::${account}:user/administrator`;
    return clientWith(cloud.identity.assume(role, 'test', { account, arn, userId: 'AIDAADMINISTRATOR' }));
  }

  const client = administratorOf(automation);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { cloud, client, administratorOf, clientThatMay };
}

function policyOf(permissions: Readonly<Record<string, string>>): string {
  const Statement = Object.entries(permissions).map(([Action, Resource]) => ({
    Effect: 'Allow',
    Action,
    Resource,
  }));
  const nothing = { Effect: 'Allow', Action: 'none:None', Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [...Statement, nothing] });
}

export async function put(client: S3Client, ...keys: readonly string[]) {
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `at ${Key}` }));
}

export async function textAt(client: S3Client, Key: string, VersionId?: string) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key, VersionId }));
  return Body?.transformToString();
}
