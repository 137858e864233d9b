import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a channel's server has received it. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ChannelServer {
  readonly url: string;
  readonly received: readonly Received[];
  close(): void;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server on this machine that stands for Teams or Slack: it gives the replies in turn, the last one for ever. */
export async function openChannelServer(...replies: readonly Reply[]): Promise<ChannelServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const reply = replies[Math.min(received.length, replies.length - 1)] ?? { status: 202 };
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(reply.status, reply.headers).end(reply.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?sig=very-secret`,
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
