import { CreateRoleCommand, IAMClient, type CreateRoleCommandInput } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { expect } from 'vitest';
import { accountId, type AccountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { createDispatcher } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import type { Credentials, Platform } from '#emulator/platform.ts';
import type { Caller, Origin, Service } from '#emulator/service.ts';
import { createIam, type IamOptions } from '#emulator/services/iam/create-iam.ts';
import { createSts } from '#emulator/services/sts/create-sts.ts';

export const management = accountId('111111111111');
export const automation = accountId('222222222222');
export const member = accountId('333333333333');
export const stranger = accountId('999999999999');

export const trusting = (principal: unknown, condition?: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 'sts:AssumeRole',
        ...(condition ? { Condition: condition } : {}),
      },
    ],
  });

export const permitting = (action: string | string[], resource: string | string[] = '*') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  });

/** A service of the JSON kind with one operation, to see how permission is asked and refused there. */
const parameters: Service = {
  name: 'ssm',
  protocol: { kind: 'json', version: '1.1', target: 'AmazonSSM' },
  operations: { GetParameter: () => ({ Parameter: { Name: 'seen', Value: 'yes' } }) },
  access: {
    GetParameter: (input: { Name: string }, { account, region }) => ({
      resource: `arn:aws:ssm:${region}:${account}:parameter/${input.Name}`,
    }),
  },
};

/** A cloud of three accounts with nothing in it but IAM, STS and a shelf of parameters. */
export function openIdentityWorld(options?: IamOptions) {
  const clock = createClock(Date.parse('2026-11-22T12:00:00Z'));
  const members = new Set<string>([management, automation, member]);
  let ids = 0;
  const world = {
    clock,
    organizationId: 'o-a1b2c3d4e5',
    managementAccount: management,
    automationAccount: automation,
    isMember: (account: string) => members.has(account),
    nextId: () => `id-${(ids += 1)}`,
  };
  const iam = createIam(world, options);
  const unused = () => {
    throw new Error('nothing is delivered in this world');
  };
  const platform: Platform = {
    ...world,
    endpoint: () => 'http://127.0.0.1:4566',
    identity: iam.identity,
    events: { accept: unused },
    queues: { deliver: unused },
    topics: { publish: unused },
    functions: { invokeLater: unused },
    answer: (request, origin) => dispatcher.answer(request, origin),
  };
  const dispatcher = createDispatcher({
    platform,
    services: [iam.service, createSts(platform, iam.identity).service, parameters],
    gate: () => {},
    observe: () => {},
  });

  const clientOptions = (credentials?: Credentials, origin: Origin = 'client') => ({
    region: 'eu-west-1',
    credentials: credentials ?? { accessKeyId: 'x', secretAccessKey: 'x' },
    requestHandler: inProcessHandler(platform, origin),
    maxAttempts: 1,
  });

  const administrator: Caller = {
    account: automation,
    arn: `arn:aws:iam::${automation}:user/administrator`,
    userId: 'AIDAADMINISTRATOR',
  };

  function administratorOf(account: AccountId): Credentials {
    const role = iam.createRole({
      account,
      name: 'Administrator',
      trust: trusting({ AWS: automation }),
      managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    });
    return iam.identity.assume(role, 'test', administrator);
  }

  return {
    ...iam,
    clock,
    administrator,
    administratorOf,
    suspend: (account: string) => members.delete(account),
    passSeconds: (seconds: number) => clock.runUntilIdle(clock.now() + seconds * 1000),
    iamClient: (credentials?: Credentials, origin?: Origin) =>
      new IAMClient(clientOptions(credentials, origin)),
    stsClient: (credentials?: Credentials, origin?: Origin) =>
      new STSClient(clientOptions(credentials, origin)),
    parameterClient: (credentials?: Credentials, origin?: Origin) =>
      new SSMClient(clientOptions(credentials, origin)),
  };
}

export const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const codebuildTrust = trusting({ Service: 'codebuild.amazonaws.com' });

/** The same, with a client of IAM in the automation account. */
export function openIam() {
  const world = openIdentityWorld();
  const iam = world.iamClient();
  const createRole = (RoleName: string, more: Partial<CreateRoleCommandInput> = {}) =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: codebuildTrust, ...more }));
  return { ...world, openRole: world.createRole, iam, createRole };
}

/** A fault as the SDK throws it. */
export const refusal = (name: string, message?: string): unknown =>
  expect.objectContaining({ name, ...(message === undefined ? {} : { message }) });

export const administratorArn = `arn:aws:iam::${automation}:user/administrator`;
export const everything = { managedPolicies: [administratorAccess] };

/** A session as a client gets it. */
export async function assume(sts: STSClient, RoleArn: string, more: Partial<AssumeRoleCommandInput> = {}) {
  const answer = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'SPA-1', ...more }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = answer.Credentials ?? {};
  const credentials: Credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration ?? new Date(Number.NaN),
  };
  return { ...answer, credentials };
}
