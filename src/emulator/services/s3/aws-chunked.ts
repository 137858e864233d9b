import { AwsError } from '../../aws-error.ts';
import type { HttpRequest } from '../../service.ts';

/** The body of an upload, with the headers that came behind it. */
export interface Payload {
  readonly body: Uint8Array;
  readonly trailers: Readonly<Record<string, string>>;
}

/** Takes the chunks of a streamed upload apart; other bodies are what they are. For keeping. Throws IncompleteBody. */
export function payloadOf({ headers, body }: HttpRequest): Payload {
  const streamed =
    headers['x-amz-content-sha256']?.startsWith('STREAMING-') ||
    /\baws-chunked\b/.test(headers['content-encoding'] ?? '');
  if (!streamed) return { body: apart(body), trailers: {} };
  const payload = decodeChunks(body);
  const expected = headers['x-amz-decoded-content-length'];
  if (expected !== undefined && Number(expected) !== payload.body.byteLength) throw incomplete();
  return payload;
}

/** Chunks are `size[;chunk-signature=…]`, a line end, bytes, a line end; the one of size 0 is the last. */
function decodeChunks(body: Uint8Array): Payload {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Uint8Array[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', position);
    if (lineEnd < 0) throw incomplete();
    const size = Number.parseInt(bytes.toString('latin1', position, lineEnd), 16);
    const start = lineEnd + 2;
    if (Number.isNaN(size) || start + size > bytes.byteLength) throw incomplete();
    if (size === 0)
      return { body: apart(joined(chunks)), trailers: trailersIn(bytes.toString('utf8', start)) };
    chunks.push(bytes.subarray(start, start + size));
    position = start + size + 2;
  }
}

/** One chunk, as small uploads have, needs no copy. */
function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return only && chunks.length === 1 ? only : Buffer.concat(chunks);
}

/** A few bytes of a request would keep the whole buffer in memory that Node shares out among many. */
function apart(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

function trailersIn(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function incomplete(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}
