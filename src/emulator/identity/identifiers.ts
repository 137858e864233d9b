import { createHash } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An identifier as IAM makes them, `AROA…` or `ASIA…`, out of an id of the cloud: the same at each run. */
export function iamIdentifier(prefix: string, id: string, length: number): string {
  const digest = createHash('sha256').update(id).digest();
  return prefix + Array.from(digest.subarray(0, length), (byte) => alphabet[byte % 32]).join('');
}

/** Secret text for credentials; on a laptop nobody checks it. */
export function secretText(id: string): string {
  return createHash('sha256').update(`secret of ${id}`).digest('base64').slice(0, 40);
}

const accessKeyLength = 20;
const sealLength = 4;

/** Access key of a session. Its last letters seal the others, so that it is known for one of ours without a list of all. */
export function sessionKey(id: string): string {
  const key = iamIdentifier('ASIA', id, accessKeyLength - 'ASIA'.length - sealLength);
  return key + sealOf(key);
}

/** Whether a key was made here; one of AWS's own passes for it once in a million. */
export function isSessionKey(text: string): boolean {
  const key = text.slice(0, -sealLength);
  return text.length === accessKeyLength && text.startsWith('ASIA') && text.endsWith(sealOf(key));
}

function sealOf(key: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1)
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193) >>> 0;
  return Array.from({ length: sealLength }, (_, place) => alphabet[(hash >>> (5 * place + 8)) % 32]).join('');
}
