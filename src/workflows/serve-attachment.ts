import { contentDisposition, keyOfPath } from '#domain/attachments/attachment-key.ts';
import { isGoodLink } from '#domain/attachments/signed-link.ts';
import { onlyParameter, type WebRequest } from '#events/web-request.ts';
import type { Outcome, WebAnswer } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { epochSeconds } from './undertake.ts';

/** Lambda answers with 6 MB at most, in base64; a report of one account has some kilobytes. */
const mostBytes = 4_000_000;

/** Gives a file to whoever holds a good link, and nothing to anybody else. */
export async function serveAttachment(
  request: WebRequest,
  { downloads, settings, clock }: Ports<'downloads' | 'settings'>,
): Promise<Outcome> {
  const { path, method } = request;
  const link = {
    path: path ?? '',
    expires: onlyParameter(request, 'expires'),
    signature: onlyParameter(request, 'signature'),
  };
  if (path === undefined || !isGoodLink(link, await downloads.key(), epochSeconds(clock))) return refused;
  if (method !== 'GET' && method !== 'HEAD')
    return { outcome: 'wrong method', answer: plain(405, 'Method Not Allowed', { allow: 'GET, HEAD' }) };
  const key = keyOfPath(path, (await settings.book()).reporting.exceptionsPrefix);
  if (key === undefined) return refused;
  const file = await downloads.open(key);
  if (!file) return { outcome: 'not found', key, answer: plain(404, 'Not Found') };
  if (file.body.byteLength > mostBytes)
    return { outcome: 'too large', key, answer: plain(413, 'Content Too Large') };
  const headers = {
    ...guards,
    'content-type': file.contentType,
    'content-disposition': contentDisposition(key),
    'content-length': String(file.body.byteLength),
  };
  return {
    outcome: 'served',
    key,
    answer: { status: 200, headers, body: method === 'HEAD' ? '' : file.body },
  };
}

/** Neither kept by caches, nor taken for a page, nor told to other sites. */
const guards = {
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const plain = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): WebAnswer => ({
  status,
  headers: { ...guards, 'content-type': 'text/plain', ...headers },
  body,
});

const refused: Outcome = { outcome: 'refused', answer: plain(403, 'Forbidden') };
