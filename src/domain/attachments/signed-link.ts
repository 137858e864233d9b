import { createHmac } from 'node:crypto';
import { isSameText } from './same-text.ts';

/** Whoever handles an incident has this long to open what is attached to it. */
export const linkLastsInSeconds = 7 * 24 * 60 * 60;

/** What a link says, as it arrives with a request. */
export interface LinkParts {
  /** Decoded, beginning with a slash. */
  readonly path: string;
  readonly expires: string | undefined;
  readonly signature: string | undefined;
}

/** A link that opens one path until it expires, for whoever knows it. `now` in epoch seconds. */
export function signedLink(endpoint: string, path: string, key: string, now: number): string {
  const expires = String(now + linkLastsInSeconds);
  const query = new URLSearchParams({ expires, signature: signatureOf(path, expires, key) });
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return `${endpoint.replace(/\/+$/, '')}${encoded}?${query.toString()}`;
}

/** Whether a link was signed with the key, for this very path, and is still good. */
export function isGoodLink(
  { path, expires = '', signature = '' }: LinkParts,
  key: string,
  now: number,
): boolean {
  const isTimely = /^\d{1,12}$/.test(expires) && Number(expires) > now;
  // Compared in any case, so that time tells nothing of what was wrong.
  return isSameText(signature, signatureOf(path, expires, key)) && isTimely;
}

/** Neither part can hold a line break, so that no two pairs sign alike. */
function signatureOf(path: string, expires: string, key: string): string {
  return createHmac('sha256', key).update(`${expires}\n${path}`).digest('base64url');
}
