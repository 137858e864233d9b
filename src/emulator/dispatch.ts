import { isAccountId, type AccountId } from '#domain/account.ts';
import { AwsError, notImplemented } from './aws-error.ts';
import type { Door } from './door.ts';
import type { Platform } from './platform.ts';
import type { Access, Call, Caller, HttpRequest, HttpResponse, Origin, Service, Sleep } from './service.ts';
import { read, writeError } from './wire/protocols.ts';
import { refuseUnknown } from './wire/refuse-unknown.ts';

export interface Dispatcher {
  answer(request: HttpRequest, origin: Origin, sleep?: Sleep): Promise<HttpResponse>;
  operate(order: Order): Promise<unknown>;
}

/** What an administrator of an account wants done, in the words of the SDK. */
export interface Order {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly account: AccountId;
  readonly region: string;
}

/** Told of each call that has been answered, for whoever counts them. */
export type Observer = (service: string, call: Call, error: AwsError | undefined) => void;

/** Refuses a call before it runs, by throwing: quotas do so. */
export type Gate = (service: string, call: Call) => void;

/** A call that is about to run, by somebody who can perhaps wait. */
export interface Attempt {
  readonly service: string;
  readonly call: Call;
  readonly input: Readonly<Record<string, unknown>>;
  readonly sleep: Sleep | undefined;
}

/** Stands between a call and its operation, to refuse it, delay it or answer otherwise: faults come in here. */
export type Interference = (attempt: Attempt, run: () => unknown) => unknown;

const undisturbed: Interference = (_attempt, run) => run();

/** From a signed request to the operation of a service and back, with permission asked in between. */
export function createDispatcher(options: {
  readonly platform: Platform;
  readonly services: readonly Service[];
  readonly gate: Gate;
  readonly observe: Observer;
  readonly interfere?: Interference | undefined;
  /** Asked in turn for requests that are not signed. */
  readonly doors?: readonly Door[];
}): Dispatcher {
  const { platform, gate, observe, interfere = undisturbed, doors = [] } = options;
  const services = new Map(options.services.map((service) => [service.name, service]));

  async function answer(http: HttpRequest, origin: Origin, sleep?: Sleep): Promise<HttpResponse> {
    const signed = signatureOf(http);
    const service = services.get(signed?.service ?? '');
    const requestId = platform.nextId();
    if (!signed) {
      for (const door of doors) {
        const response = door(http);
        if (response) return withId(await response, requestId);
      }
    }
    if (!signed || !service) return withId(refuseUnknown(http, signed?.service, requestId), requestId);
    let call: Call | undefined;
    try {
      const caller =
        platform.identity.sessionOf(signed.accessKeyId) ??
        administrator(platform, service.name, signed.accessKeyId);
      const { operation, input, write } = read(service, http, requestId);
      call = { operation, account: caller.account, region: signed.region, caller, origin, requestId, http };
      const output = await run(service, call, input, sleep);
      observe(service.name, call, undefined);
      return withId(write(output), requestId);
    } catch (thrown) {
      const error = thrown instanceof AwsError ? thrown : internalFailure(service.name, thrown);
      if (call) observe(service.name, call, error);
      return withId(writeError(service, error, http, requestId), requestId);
    }
  }

  async function operate({ service: name, operation, input, account, region }: Order): Promise<unknown> {
    const service = services.get(name);
    if (!service) throw notImplemented(name, 'the whole service');
    const caller = administratorOf(account);
    const requestId = platform.nextId();
    const call: Call = { operation, account, region, caller, origin: 'client', requestId, http: nothingSent };
    const output = await run(service, call, { ...input }, undefined);
    observe(name, call, undefined);
    return output;
  }

  async function run(
    service: Service,
    call: Call,
    input: Record<string, unknown>,
    sleep: Sleep | undefined,
  ): Promise<unknown> {
    const operation = own(service.operations, call.operation);
    if (!operation) throw notImplemented(service.name, `operation ${call.operation}`);
    authorize(service, call, input);
    gate(service.name, call);
    const attempt: Attempt = { service: service.name, call, input, sleep };
    return interfere(attempt, () => operation(input as never, call));
  }

  function authorize(service: Service, call: Call, input: Record<string, unknown>) {
    const rule = service.access && own(service.access, call.operation);
    if (rule === 'everybody') return;
    const access: Access = rule?.(input as never, call) ?? {};
    const action = `${service.prefix ?? service.name}:${call.operation}`;
    platform.identity.authorize(call.caller, {
      ...access,
      action: access.action ?? action,
      resource: access.resource ?? '*',
      context: { 'aws:RequestedRegion': call.region, ...access.context },
    });
  }

  return { answer, operate };
}

/** Clients may ask for an operation by any name, that of a method of all objects too. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** The scope of the signature names caller, region and service; the signature itself is not checked on a laptop. */
function signatureOf(http: HttpRequest): Signature | undefined {
  const header = /Credential=([^,\s]+)/.exec(http.headers['authorization'] ?? '')?.[1];
  const scope = (header ?? http.query.get('X-Amz-Credential') ?? '').split('/');
  const [accessKeyId, , region, service] = scope;
  // Links that older clients presign name their key alone, and are for S3.
  const linkKey = http.query.has('Signature') ? http.query.get('AWSAccessKeyId') : null;
  if (linkKey) return { accessKeyId: linkKey, region: 'us-east-1', service: 's3' };
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

const managementServices = new Set(['organizations', 'tagging', 'ce']);

/** An access key that opens the administrator's door of one account: `LOCAL` and its number. */
export const administratorKey = (account: AccountId) => `LOCAL${account}`;

/** Clients outside with keys of their own act as administrators of the account where the service has its home. */
function administrator(platform: Platform, service: string, accessKeyId: string): Caller {
  const named = accessKeyId.startsWith('LOCAL') ? accessKeyId.slice('LOCAL'.length) : undefined;
  const home = managementServices.has(service) ? platform.managementAccount : platform.automationAccount;
  return administratorOf(isAccountId(named) ? named : home);
}

const administratorOf = (account: AccountId): Caller => ({
  account,
  arn: `arn:aws:iam::${account}:user/administrator`,
  userId: 'AIDAADMINISTRATOR',
});

/** Where no request has been on the wire. */
const nothingSent: HttpRequest = {
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: {},
  body: new Uint8Array(),
};

function withId(response: HttpResponse, requestId: string): HttpResponse {
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
}

/** A fault of the local cloud itself is told in full, since whoever reads it can mend it. */
function internalFailure(service: string, thrown: unknown): AwsError {
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new AwsError('InternalFailure', `The local cloud failed in ${service}: ${detail}`, 500);
}
