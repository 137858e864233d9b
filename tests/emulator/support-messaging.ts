import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { accountId, type AccountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { createDispatcher } from '#emulator/dispatch.ts';
import { createIdentifiers } from '#emulator/identifiers.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import type { Credentials, Platform } from '#emulator/platform.ts';
import type { Origin } from '#emulator/service.ts';
import { createEvents, type EventsOptions } from '#emulator/services/events/create-events.ts';
import { createIam } from '#emulator/services/iam/create-iam.ts';
import { createLambda, type LambdaOptions } from '#emulator/services/lambda/create-lambda.ts';
import { createSns, type SnsOptions } from '#emulator/services/sns/create-sns.ts';
import { createSqs } from '#emulator/services/sqs/create-sqs.ts';

export const management = accountId('111111111111');
export const automation = accountId('222222222222');
export const member = accountId('333333333333');
export const region = 'eu-west-1';
export const opensAt = Date.parse('2026-11-22T12:00:00Z');

interface MessagingOptions {
  readonly events?: EventsOptions;
  readonly sns?: SnsOptions;
  readonly lambda?: LambdaOptions;
}

/** A cloud of three accounts that only sends messages, under real policies. */
export function openMessagingCloud(options: MessagingOptions = {}) {
  const clock = createClock(opensAt);
  const members = new Set<string>([management, automation, member]);
  const platform: Platform = {
    clock,
    organizationId: 'o-a1b2c3d4e5',
    managementAccount: management,
    automationAccount: automation,
    endpoint: () => 'http://127.0.0.1:4566',
    isMember: (account) => members.has(account),
    nextId: createIdentifiers(1),
    get identity() {
      return iam.identity;
    },
    get events() {
      return events.delivery;
    },
    get queues() {
      return sqs.delivery;
    },
    get topics() {
      return sns.delivery;
    },
    get functions() {
      return lambda.invocation;
    },
    answer: (request, origin) => dispatcher.answer(request, origin),
  };
  const iam = createIam(platform);
  const events = createEvents(platform, options.events);
  const sqs = createSqs(platform);
  const sns = createSns(platform, options.sns);
  const lambda = createLambda(platform, sqs, options.lambda);
  const services = [iam, events, sqs, sns, lambda].map(({ service }) => service);
  const dispatcher = createDispatcher({ platform, services, gate: () => {}, observe: () => {} });

  const administrators = new Map<string, Credentials>();

  /** Of the administrator of an account, or of a role that trusts the automation account. */
  function credentialsFor(account: AccountId): Credentials {
    const known = administrators.get(account);
    if (known) return known;
    const managedPolicies = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    const arn = iam.createRole({
      account,
      name: 'Administrator',
      trust: trusting({ AWS: automation }),
      managedPolicies,
    });
    const credentials = sessionOf(arn);
    administrators.set(account, credentials);
    return credentials;
  }

  function sessionOf(role: string): Credentials {
    const arn = `arn:aws:iam::${automation}:user/administrator`;
    const lifetime = { seconds: 366 * 86_400, clock: 'simulated' } as const;
    const caller = { account: automation, arn, userId: 'AIDAADMINISTRATOR' };
    return iam.identity.assume(role, 'test', caller, { ...lifetime, seconds: 3600 });
  }

  const configuration = (
    by: AccountId | Credentials = automation,
    origin: Origin = 'client',
    place = region,
  ) => ({
    region: place,
    endpoint: platform.endpoint(),
    credentials:
      typeof by === 'string' && by === automation
        ? anybody
        : typeof by === 'string'
          ? credentialsFor(by)
          : by,
    requestHandler: inProcessHandler(platform, origin),
    maxAttempts: 1,
  });

  return {
    platform,
    clock,
    sns,
    lambda,
    leave: (account: string) => members.delete(account),
    now: () => clock.now() - opensAt,
    /** Runs until only background is left. */
    settle: () => clock.runUntilIdle(),
    pass: (seconds: number) => clock.runUntilIdle(clock.now() + seconds * 1000),
    role: (account: AccountId, name: string, trust: unknown, policy?: string) =>
      iam.createRole({
        account,
        name,
        trust: trusting(trust),
        inlinePolicies: policy === undefined ? {} : { permissions: policy },
      }),
    sessionOf,
    events: (...by: Parameters<typeof configuration>) => new EventBridgeClient(configuration(...by)),
    queues: (...by: Parameters<typeof configuration>) => new SQSClient(configuration(...by)),
    topics: (...by: Parameters<typeof configuration>) => new SNSClient(configuration(...by)),
    functions: (...by: Parameters<typeof configuration>) => new LambdaClient(configuration(...by)),
  };
}

const anybody = { accessKeyId: 'x', secretAccessKey: 'x' };

export const trusting = (principal: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  });

export const permitting = (action: string | string[], resource: string | string[] = '*') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  });

/** A resource policy that lets a service in, on behalf of one source if that is given. */
export const lettingIn = (principal: unknown, action: string, resource: string, source?: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: action,
        Resource: resource,
        ...(source === undefined ? {} : { Condition: { ArnEquals: { 'aws:SourceArn': source } } }),
      },
    ],
  });

/** A fault as the SDK throws it. */
export const refusal = (name: string, message?: string): unknown =>
  expect.objectContaining({
    name,
    ...(message === undefined ? {} : { message: expect.stringContaining(message) }),
  });
