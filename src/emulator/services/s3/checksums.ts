import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { HttpRequest } from '../../service.ts';
import type { Payload } from './aws-chunked.ts';
import { badDigest, invalidRequest } from './s3-errors.ts';

export const checksumAlgorithms = ['CRC32', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** A checksum in base64; that of an object in parts may be made of the checksums of its parts. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

const notValues = new Set(['x-amz-checksum-mode', 'x-amz-checksum-type', 'x-amz-checksum-algorithm']);

/** The checksum that came with an upload and fits it. Throws BadDigest, InvalidDigest or, for others, 501. */
export function checkedChecksum(http: HttpRequest, { body, trailers }: Payload): Checksum | undefined {
  checkMd5(http.headers['content-md5'], body);
  const given = Object.entries({ ...http.headers, ...trailers }).filter(
    ([name]) => name.startsWith('x-amz-checksum-') && !notValues.has(name),
  );
  const [found] = given;
  if (!found) return undefined;
  if (given.length > 1) throw invalidRequest('Expecting a single x-amz-checksum- header');
  const algorithm = checksumAlgorithm(found[0].slice('x-amz-checksum-'.length));
  const value = checksumOf(algorithm, body);
  if (value !== found[1]) throw badDigest(algorithm);
  return { algorithm, value, type: 'FULL_OBJECT' };
}

/** Throws NotImplemented for the algorithms that the local cloud does not know. */
export function checksumAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = checksumAlgorithms.find((known) => known === name.toUpperCase());
  if (!algorithm) throw notImplemented('s3', `checksum ${name}`);
  return algorithm;
}

export function checksumOf(algorithm: ChecksumAlgorithm, body: Uint8Array): string {
  if (algorithm !== 'CRC32') return createHash(algorithm.toLowerCase()).update(body).digest('base64');
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(body));
  return value.toString('base64');
}

/** Checksum of the checksums of the parts, with their number behind it. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly string[]): Checksum {
  const all = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
  return { algorithm, value: `${checksumOf(algorithm, all)}-${parts.length}`, type: 'COMPOSITE' };
}

export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  if (!checksum) return {};
  return {
    [`x-amz-checksum-${checksum.algorithm.toLowerCase()}`]: checksum.value,
    'x-amz-checksum-type': checksum.type,
  };
}

export function md5(body: Uint8Array): Buffer {
  return createHash('md5').update(body).digest();
}

function checkMd5(given: string | undefined, body: Uint8Array) {
  if (given === undefined) return;
  if (Buffer.from(given, 'base64').byteLength !== 16) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (given !== md5(body).toString('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}
