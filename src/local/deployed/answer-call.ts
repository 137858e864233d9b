import type { Platform } from '#emulator/platform.ts';
import type { HttpRequest, HttpResponse, Sleep } from '#emulator/service.ts';
import type { Outside } from '../play-functions.ts';
import type { ContainerRequest } from './container.ts';

/** What a function reaches: the local cloud with what it signs for AWS, and otherwise the web as this machine plays it. */
export async function answerCall(
  platform: Pick<Platform, 'answer'>,
  outside: Pick<Outside, 'sendWeb' | 'fetchPage'>,
  request: ContainerRequest,
  sleep: Sleep,
): Promise<HttpResponse> {
  const call = httpRequest(request);
  if (isSigned(call)) return platform.answer(call, 'function', sleep);
  const { url, headers, body } = request;
  if (request.method === 'GET') {
    const { status, text } = await outside.fetchPage(url);
    return { status, headers: {}, body: text };
  }
  const reply = await outside.sendWeb({ url, headers, body: Buffer.from(body).toString() });
  const told = webHeaders.flatMap((name) => {
    const value = reply.header(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { status: reply.status, headers: Object.fromEntries(told), body: reply.body };
}

/** What functions may want to know of an answer of the web. */
const webHeaders = ['content-type', 'location', 'retry-after'] as const;

const isSigned = ({ headers, query }: HttpRequest): boolean =>
  headers['authorization']?.startsWith('AWS4-HMAC-SHA256') === true || query.has('X-Amz-Credential');

function httpRequest({ method, url, headers, body }: ContainerRequest): HttpRequest {
  // The raw path: keys of S3 arrive percent-encoded, and a URL object would normalise `..` away.
  const [address = '', query = ''] = url.split(/\?(.*)/s);
  const path = address.replace(/^https?:\/\/[^/]*/, '');
  return { method, path: path || '/', query: new URLSearchParams(query), headers, body };
}
