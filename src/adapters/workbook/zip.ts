import { constants, crc32, deflateRawSync } from 'node:zlib';
import { utf8Pieces } from '#adapters/csv/utf8-pieces.ts';

/** A file inside of an archive; its text comes in pieces, so that it never stands in memory as a whole. */
export interface ZipPart {
  /** ASCII, with forward slashes. */
  readonly path: string;
  readonly content: Iterable<string>;
}

/** A zip archive, up to 4 GB. The same parts give the same bytes: no dates are kept. */
export function zip(parts: Iterable<ZipPart>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content } of parts) {
    const name = Buffer.from(path, 'ascii');
    const { pieces, sizes } = deflated(content);
    const file = [localHeader(name, sizes), name, ...pieces];
    directory.push(directoryEntry(name, sizes, offset), name);
    files.push(...file);
    offset += lengthOf(file);
  }
  return Buffer.concat([...files, ...directory, endOfDirectory(directory, offset)]);
}

interface Sizes {
  readonly crc: number;
  readonly compressed: number;
  readonly plain: number;
}

/** Pieces are compressed one by one and flushed to whole bytes; one after the other they make a single stream. */
function deflated(content: Iterable<string>): { readonly pieces: readonly Buffer[]; readonly sizes: Sizes } {
  const pieces: Buffer[] = [];
  let crc = 0;
  let plain = 0;
  for (const bytes of utf8Pieces(content)) {
    crc = crc32(bytes, crc);
    plain += bytes.length;
    pieces.push(
      deflateRawSync(bytes, { level: constants.Z_BEST_SPEED, finishFlush: constants.Z_SYNC_FLUSH }),
    );
  }
  pieces.push(deflateRawSync(''));
  return { pieces, sizes: { crc, compressed: lengthOf(pieces), plain } };
}

const lengthOf = (buffers: readonly Buffer[]) => buffers.reduce((sum, { length }) => sum + length, 0);

const version = 20;
const deflateMethod = 8;
/** 1 January 1980, the first day that the format knows. */
const noDate = 0x21;

/** The fields that both headers of a file share, from the version needed to the length of its name. */
function writeFileFields(header: Buffer, at: number, name: Buffer, { crc, compressed, plain }: Sizes): void {
  header.writeUInt16LE(version, at);
  header.writeUInt16LE(deflateMethod, at + 4);
  header.writeUInt16LE(noDate, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(compressed, at + 14);
  header.writeUInt32LE(plain, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

function localHeader(name: Buffer, sizes: Sizes): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeFileFields(header, 4, name, sizes);
  return header;
}

function directoryEntry(name: Buffer, sizes: Sizes, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(version, 4);
  writeFileFields(header, 6, name, sizes);
  header.writeUInt32LE(offset, 42);
  return header;
}

function endOfDirectory(directory: readonly Buffer[], offset: number): Buffer {
  const entries = directory.length / 2;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(lengthOf(directory), 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
