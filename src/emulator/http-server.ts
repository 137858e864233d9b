import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest, HttpResponse } from './service.ts';

export interface Endpoint {
  readonly port: number;
  close(): Promise<void>;
}

const whyPortsAreNot = { EADDRINUSE: 'is in use', EACCES: 'is kept for administrators of this machine' };

export class PortNotFree extends Error {
  override readonly name = 'PortNotFree';
  readonly port: number;
  constructor(port: number, code: keyof typeof whyPortsAreNot, cause: unknown) {
    super(`port ${port} ${whyPortsAreNot[code]}: give another one with --port, or 0 for any that is free`, {
      cause,
    });
    this.port = port;
  }
}

/** Serves AWS clients on this machine only. Port 0 picks a free one. Throws PortNotFree. */
export async function serve(
  port: number,
  answer: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<Endpoint> {
  const server = createServer((incoming, outgoing) => void respond(incoming, outgoing, answer));
  await listening(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { code } = error;
      reject(code === 'EADDRINUSE' || code === 'EACCES' ? new PortNotFree(port, code, error) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: HttpRequest) => Promise<HttpResponse>,
) {
  try {
    const response = await answer(await read(incoming));
    const body = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
    outgoing.writeHead(response.status, { ...response.headers, ...lengthOf(response, incoming, body) });
    outgoing.end(incoming.method === 'HEAD' ? undefined : body);
  } catch (fault) {
    if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' });
    outgoing.end(`The local cloud failed: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  }
}

/** The answer to HEAD tells a length of its own, that of the body that it leaves out. */
function lengthOf(response: HttpResponse, incoming: IncomingMessage, body: Uint8Array) {
  if (response.status === 204 || response.status === 304) return {};
  const told = response.headers['content-length'];
  return { 'content-length': incoming.method === 'HEAD' && told ? told : String(body.byteLength) };
}

async function read(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  // The raw path: keys of S3 arrive percent-encoded, and a URL object would normalise `..` away.
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body: Buffer.concat(chunks),
  };
}
