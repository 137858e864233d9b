import http, { type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { Readable, Writable } from 'node:stream';

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Asks the host, which is all the network that a container has. Rejects where nobody answers. */
export type Ask = (exchange: Exchange) => Promise<Answer>;

/** Puts the host in the place of the network: under Node's HTTP, which the SDK speaks, and under `fetch`. */
export function installVirtualNetwork(ask: Ask): void {
  for (const [module, scheme] of [
    [http, 'http:'],
    [https, 'https:'],
  ] as const) {
    const request = (...given: unknown[]) => openRequest(ask, scheme, given);
    const get = (...given: unknown[]) => openRequest(ask, scheme, given).end();
    Object.assign(module, { request, get });
  }
  globalThis.fetch = (input, init) => fetchFrom(ask, new Request(input, init));
  syncBuiltinESMExports();
}

/** A request of Node's HTTP client that has no socket: it ends with an answer of the host. */
function openRequest(ask: Ask, scheme: string, given: readonly unknown[]): ClientRequest {
  const { url, method, headers, onResponse } = readArguments(scheme, given);
  const chunks: Buffer[] = [];
  const request = new Writable({
    // It lives on until it is answered.
    autoDestroy: false,
    write(chunk: Buffer, _encoding, written) {
      chunks.push(chunk);
      written();
    },
    final(finished) {
      finished();
      const body = new Uint8Array(Buffer.concat(chunks));
      ask({ method, url, headers, body }).then(respond, (fault: unknown) =>
        request.destroy(fault instanceof Error ? fault : new Error(String(fault))),
      );
    },
  });
  if (onResponse) request.once('response', onResponse);

  function respond({ status, headers: told, body }: Answer): void {
    if (request.destroyed) return;
    const response = Object.assign(Readable.from(body.byteLength > 0 ? [Buffer.from(body)] : []), {
      statusCode: status,
      statusMessage: http.STATUS_CODES[status] ?? '',
      headers: { ...told },
      complete: true,
    });
    request.emit('response', response);
    // What waits for the end of the connection, such as timers, is let go.
    request.emit('close');
  }

  const inert = { setTimeout: () => request, setNoDelay: () => {}, setSocketKeepAlive: () => {} };
  return Object.assign(request, inert, { abort: () => request.destroy() }) as unknown as ClientRequest;
}

interface ReadRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly onResponse: ((...given: unknown[]) => void) | undefined;
}

/** Node takes an address, options, or both, and perhaps a listener for the response. */
function readArguments(scheme: string, given: readonly unknown[]): ReadRequest {
  const onResponse = given.find((one) => typeof one === 'function') as ReadRequest['onResponse'];
  const address = given.find((one) => typeof one === 'string' || one instanceof URL);
  const options = (given.find((one) => typeof one === 'object' && !(one instanceof URL)) ??
    {}) as RequestOptions;
  const url = address === undefined ? addressOf(scheme, options) : String(address);
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const { host } = new URL(url);
  return { url, method: options.method ?? 'GET', headers: { host, ...headers }, onResponse };
}

function addressOf(scheme: string, { host, hostname, port, path = '/' }: RequestOptions): string {
  const place = hostname ?? host ?? 'localhost';
  return `${scheme}//${place}${port ? `:${port}` : ''}${path ?? '/'}`;
}

const withoutBody = new Set([101, 204, 205, 304]);

async function fetchFrom(ask: Ask, request: Request): Promise<Response> {
  const { status, headers, body } = await ask({
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  }).catch((cause: unknown) => {
    throw new TypeError('fetch failed', { cause });
  });
  return new Response(withoutBody.has(status) ? null : Buffer.from(body), { status, headers });
}
