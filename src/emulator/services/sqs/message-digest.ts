import { createHash } from 'node:crypto';
import type { MessageAttribute, MessageAttributes } from './message.ts';

/** MD5 in hexadecimal, by which clients check what they have sent and received. */
export function digestOf(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/** By which FIFO queues know a message again when its sender gives it no identifier. */
export function contentIdOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** MD5 over names, types and values, each after its length, in the order of the names. */
export function digestOfAttributes(attributes: MessageAttributes): string {
  const hash = createHash('md5');
  const part = (bytes: Uint8Array) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.byteLength);
    hash.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name] ?? {};
    const isBinary = attribute.BinaryValue !== undefined;
    part(Buffer.from(name));
    part(Buffer.from(attribute.DataType ?? ''));
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    part(valueOf(attribute));
  }
  return hash.digest('hex');
}

/** Bytes of a message, as they count against the limit of a queue. */
export function sizeOf(body: string, attributes: MessageAttributes = {}): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType ?? '');
    bytes += valueOf(attribute).byteLength;
  }
  return bytes;
}

function valueOf({ BinaryValue, StringValue = '' }: MessageAttribute): Uint8Array {
  return BinaryValue === undefined ? Buffer.from(StringValue) : Buffer.from(BinaryValue, 'base64');
}
