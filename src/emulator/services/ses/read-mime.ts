import { decodedWords, quotedPrintable, readHeader } from './mime-header.ts';

/** A mail as its reader sees it. */
export interface ReadMail {
  /** By name in lower case, decoded. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly attachments: readonly ReadAttachment[];
}

export interface ReadAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly body: Buffer;
}

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly attachment: string | undefined;
  readonly body: Buffer;
}

/** Takes a MIME message apart. Parts of kinds that it does not know are attachments without a name. */
export function readMime(bytes: Uint8Array): ReadMail {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const parts = [...partsOf(message)];
  const inline = (kind: string) =>
    parts.find(({ contentType, attachment }) => contentType === kind && attachment === undefined);
  const isShown = (part: Part) => part === inline('text/plain') || part === inline('text/html');
  return {
    headers: headersOf(split(message)[0]),
    text: inline('text/plain')?.body.toString(),
    html: inline('text/html')?.body.toString(),
    attachments: parts
      .filter((part) => !isShown(part))
      .map(({ attachment = '', contentType, body }) => ({ name: attachment, contentType, body })),
  };
}

/** The leaves of a message, from top to bottom. */
function* partsOf(entity: string): Generator<Part> {
  const [head, body] = split(entity);
  const headers = headersOf(head);
  const { value, parameters } = readHeader(headers['content-type'] ?? 'text/plain');
  const { boundary } = parameters;
  if (value.startsWith('multipart/') && boundary !== undefined) {
    for (const part of between(body, boundary)) yield* partsOf(part);
    return;
  }
  const disposition = readHeader(headers['content-disposition']);
  const isAttached = disposition.value === 'attachment';
  const attachment = isAttached
    ? (disposition.parameters['filename'] ?? parameters['name'] ?? '')
    : undefined;
  const encoding = headers['content-transfer-encoding']?.toLowerCase();
  yield { headers, contentType: value, attachment, body: decoded(body, encoding) };
}

function decoded(body: string, encoding: string | undefined): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  return encoding === 'quoted-printable' ? quotedPrintable(body) : Buffer.from(body, 'latin1');
}

function split(entity: string): readonly [head: string, body: string] {
  const blank = /\r?\n\r?\n/.exec(entity);
  return blank ? [entity.slice(0, blank.index), entity.slice(blank.index + blank[0].length)] : [entity, ''];
}

/** Lines that begin with a blank go on with the header before them. */
function headersOf(head: string): Readonly<Record<string, string>> {
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const pairs = lines.flatMap((line) => {
    const at = line.indexOf(':');
    return at < 1 ? [] : [[line.slice(0, at).toLowerCase(), decodedWords(line.slice(at + 1).trim())]];
  });
  return Object.fromEntries(pairs);
}

function between(body: string, boundary: string): readonly string[] {
  const literal = boundary.replaceAll(/\W/g, String.raw`\$&`);
  const pieces = `\r\n${body}`.split(new RegExp(`\\r?\\n--${literal}`));
  return pieces
    .slice(1)
    .filter((piece) => !piece.startsWith('--'))
    .map((piece) => piece.replace(/^[ \t]*\r?\n/, ''));
}
