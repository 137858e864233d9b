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
