import { accountId } from '#domain/account.ts';
import { AwsError } from '#emulator/aws-error.ts';
import { createClock } from '#emulator/clock.ts';
import { createDispatcher } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import type { CloudEvent, Credentials, Platform } from '#emulator/platform.ts';
import type { Access, Service } from '#emulator/service.ts';

export const opensAt = Date.UTC(2026, 10, 22, 9, 0, 0);
export const automation = accountId('123456789012');

/** A cloud of a few services, where roles are a list of those that trust a service. */
export function openSmallCloud(servicesOf: (platform: Platform) => readonly Service[]) {
  const clock = createClock(opensAt);
  const events: CloudEvent[] = [];
  const asked: (Access & { caller: string })[] = [];
  const trusting = new Set<string>();
  const closed = new Set<string>();
  let ids = 0;
  const platform: Platform = {
    clock,
    organizationId: 'o-a1b2c3d4e5',
    managementAccount: accountId('111111111111'),
    automationAccount: automation,
    endpoint: () => 'http://127.0.0.1:4566',
    isMember: (account) => !closed.has(account),
    nextId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    identity: {
      assume: (role, sessionName) => {
        if (!trusting.has(role)) throw new AwsError('AccessDenied', `not authorized to assume ${role}`, 403);
        return credentialsOf(`${role} ${sessionName}`);
      },
      sessionOf: (key) => {
        const account = /^ROLEIN(\d{12})$/.exec(key)?.[1];
        if (!account) return undefined;
        const arn = `arn:aws:sts::${account}:assumed-role/SpaRole/SPA-session`;
        return {
          account: accountId(account),
          arn,
          userId: 'AROA',
          role: `arn:aws:iam::${account}:role/SpaRole`,
        };
      },
      authorize: (caller, access) => void asked.push({ ...access, caller: caller.arn }),
      allows: () => true,
    },
    events: { accept: (event) => void events.push(event) },
    queues: { deliver: () => false },
    topics: { publish: () => false },
    functions: { invokeLater: () => false },
    answer: (request, origin) => dispatcher.answer(request, origin),
  };
  const dispatcher = createDispatcher({
    platform,
    services: servicesOf(platform),
    gate: () => {},
    observe: () => {},
  });
  return {
    platform,
    clock,
    events,
    asked,
    trust: (role: string) => trusting.add(role),
    distrust: (role: string) => trusting.delete(role),
    close: (account: string) => closed.add(account),
    clientConfig: (account: string = automation, region = 'eu-west-1') => ({
      region,
      endpoint: 'http://127.0.0.1:4566',
      maxAttempts: 1,
      credentials: { accessKeyId: account === automation ? 'x' : `ROLEIN${account}`, secretAccessKey: 'x' },
      requestHandler: inProcessHandler(platform, 'client'),
    }),
  };
}

function credentialsOf(sessionToken: string): Credentials {
  return { accessKeyId: 'ASIA', secretAccessKey: 'secret', sessionToken, expiration: new Date(opensAt) };
}
