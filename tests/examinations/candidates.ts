import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions, HttpRequest } from '@smithy/types';
import { accountId, type AccountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { openCloud } from '#emulator/cloud.ts';
import { serve } from '#emulator/http-server.ts';
import type { AwsAccess } from '#adapters/aws/access.ts';

/** An AWS endpoint that sits the examinations of the ports. */
export interface Candidate {
  readonly name: string;
  readonly managementAccount: AccountId;
  /** As an administrator of the account that runs the system, over HTTP. */
  readonly access: AwsAccess;
  close(): Promise<void>;
}

/** Variable that names another endpoint to examine: moto's server, LocalStack, or AWS's own emulator. */
export const endpointVariable = 'SPA_EXAMINED_ENDPOINT';

const clock = {
  now: () => new Date(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

/** Sends whatever a client asks for to one endpoint, as `AWS_ENDPOINT_URL` does, but for this client only. */
function accessTo(endpoint: string): AwsAccess {
  const { protocol, hostname, port } = new URL(endpoint);
  const inner = new NodeHttpHandler();
  const requestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle(request: HttpRequest, options?: HttpHandlerOptions) {
      Object.assign(request, { protocol, hostname, port: Number(port) });
      request.headers['host'] = `${hostname}:${port}`;
      return inner.handle(request as Parameters<typeof inner.handle>[0], options);
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
  const credentials = { accessKeyId: 'examiner', secretAccessKey: 'examiner' };
  return { region: 'eu-west-1', clock, client: { requestHandler }, credentials };
}

async function localCloud(): Promise<Candidate> {
  const managementAccount = accountId('111111111111');
  const cloud = openCloud({
    automationAccount: accountId('123456789012'),
    clock: createClock(),
    builds: { behaviour: async () => ({ status: 'SUCCEEDED' }) },
    organization: {
      seed: {
        id: 'o-a1b2c3d4e5',
        root: 'r-ab12',
        managementAccount,
        units: [],
        accounts: [managementAccount, accountId('123456789012')].map((id) => ({
          id,
          name: id,
          email: `${id}@example.com`,
          parent: 'r-ab12',
          state: 'ACTIVE' as const,
          tags: {},
        })),
      },
    },
  });
  const trust = { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' };
  cloud.iam.createRole({
    account: managementAccount,
    name: 'Management',
    trust: JSON.stringify({
      Version: '2012-10-17',
      Statement: [trust],
    }),
    managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  });
  const endpoint = await serve(0, (request) => cloud.answer(request, 'client'));
  const running = cloud.clock.start(100);
  return {
    name: 'the local cloud',
    managementAccount,
    access: accessTo(`http://127.0.0.1:${endpoint.port}`),
    async close() {
      await running.stop();
      await endpoint.close();
    },
  };
}

/** Another endpoint is taken as it is; the account that it acts for owns the organization. */
const elsewhere = async (endpoint: string): Promise<Candidate> => ({
  name: endpoint,
  managementAccount: accountId('123456789012'),
  access: accessTo(endpoint),
  close: async () => {},
});

const other = process.env[endpointVariable];

/** The local cloud always; another endpoint when one is named in the environment. */
export const candidates: readonly (readonly [string, () => Promise<Candidate>])[] = [
  ['the local cloud', localCloud],
  ...(other ? ([[other, () => elsewhere(other)]] as const) : []),
];
