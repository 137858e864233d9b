import { Readable } from 'node:stream';
import type { HttpHandlerOptions, HttpRequest as SdkRequest } from '@smithy/types';
import { HttpResponse as SdkResponse } from '@smithy/core/protocols';
import type { Origin, Sleep } from './service.ts';
import type { Platform } from './platform.ts';

/** A request handler for SDK clients that stay in this process: same bytes as over HTTP, without the network. */
export function inProcessHandler(platform: Pick<Platform, 'answer'>, origin: Origin, sleep?: Sleep) {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request: SdkRequest, _options?: HttpHandlerOptions) {
      const response = await platform.answer(
        {
          method: request.method,
          path: request.path,
          query: queryOf(request),
          headers: Object.fromEntries(
            Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
          ),
          body: await bodyOf(request.body),
        },
        origin,
        sleep,
      );
      const bytes = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
      const body = isStreamed(request) ? Readable.from([bytes]) : bytes;
      return {
        response: new SdkResponse({ statusCode: response.status, headers: { ...response.headers }, body }),
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/** S3's client wants its bodies as streams; all others read bytes, which is faster. */
const isStreamed = (request: SdkRequest) =>
  request.headers['authorization']?.includes('/s3/aws4_request') === true;

function queryOf(request: SdkRequest): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) query.append(name, one);
  }
  return query;
}

/** Bodies arrive as text, as bytes (also of other realms), or as a stream. */
async function bodyOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
